"""The running order of a live final: who pitches when, drawn by lot from a promised seed or arranged by hand."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.journal import record

from ..enums import SlotState
from ..errors import LiveRefused
from ..models import Entry, LiveFinal, LiveSlot, Round, RoundEntry
from ..queries.judging import LIVE_ENTRIES
from ..queries.live import live_final_of, slots_of
from ..results.lot import lot


def lock_final(final: LiveFinal, *, seen: int) -> None:
    """Read a live final afresh and let nobody else act, nor a vote come in, until the transaction ends.

    Args:
        seen: the ``lock_version`` that the page shows.

    Raises:
        Stale: somebody acted since.
    """
    db.session.refresh(final, with_for_update={"of": LiveFinal, "key_share": True})
    if final.lock_version != seen:
        raise Stale("Somebody else was quicker: the final has moved on. Look at it again, then repeat what you did.")


def touch(final: LiveFinal) -> None:
    """Count a change of the final although none of its own columns has changed."""
    flag_modified(final, "undo")


def fill_order(final: LiveFinal) -> None:
    """Put entries of the round that are not in the running order behind the others. Flushes."""
    there = select(LiveSlot.entry_id).where(LiveSlot.final_id == final.id)
    missing = (
        select(Entry.id)
        .join(RoundEntry, RoundEntry.entry_id == Entry.id)
        .where(RoundEntry.round_id == final.round_id, Entry.state.in_(LIVE_ENTRIES), Entry.id.not_in(there))
        .order_by(Entry.reference)
    )
    last = db.session.scalar(select(func.max(LiveSlot.position)).where(LiveSlot.final_id == final.id)) or 0
    ids = db.session.scalars(missing).all()
    db.session.add_all(
        LiveSlot(final_id=final.id, entry_id=each, position=number) for number, each in enumerate(ids, start=last + 1)
    )
    db.session.flush()


def fill_order_of(round_: Round) -> None:
    """Do the same for a round, if it is a live final. Flushes."""
    final = live_final_of(round_)
    if final is not None:
        fill_order(final)


def draw_order(final: LiveFinal, *, seen: int, actor: Account, now: datetime) -> None:
    """Put everybody in the order of the lots that the promised seed draws; see ``results.lot``.

    Raises:
        Stale: see ``lock_final``.
        LiveRefused: the first pitch was held.

    Flushes; the caller commits.
    """
    lock_final(final, seen=seen)
    if final.begun_at is not None:
        raise LiveRefused("The first pitch was held. The order can be changed by hand only.")
    fill_order(final)
    slots = slots_of(final)
    _arrange(sorted(slots, key=lambda slot: lot(final.order_seed, slot.entry.reference)))
    final.order_drawn_at, final.undo = now, {}
    _journal(final, "running order drawn", actor=actor, now=now)


def arrange_order(final: LiveFinal, slot_ids: Sequence[int], *, seen: int, actor: Account, now: datetime) -> None:
    """Put those who are still to come in an order by hand; who has pitched keeps their place before them.

    Args:
        slot_ids: ids of slots in their new order; those left out come behind, in their present order.

    Raises:
        Stale: see ``lock_final``.
        LiveRefused: the final is frozen.

    Flushes; the caller commits.
    """
    lock_final(final, seen=seen)
    if final.phase.is_frozen:
        raise LiveRefused("The final is frozen. Nobody pitches any more.")
    fill_order(final)
    slots = slots_of(final)
    wanted = {slot_id: number for number, slot_id in enumerate(slot_ids)}
    coming = [slot for slot in slots if slot.state is SlotState.WAITING]
    over = [slot for slot in slots if slot.state is not SlotState.WAITING]
    _arrange([*over, *sorted(coming, key=lambda slot: wanted.get(slot.id, len(wanted)))])
    final.order_drawn_at, final.undo = None, {}
    touch(final)
    _journal(final, "running order changed", actor=actor, now=now)


def moved(slots: Sequence[LiveSlot], slot_id: int, direction: str) -> list[int]:
    """Return the ids of those who are still to come with one of them moved up or down by a place."""
    ids = [slot.id for slot in slots if slot.state is SlotState.WAITING]
    if slot_id in ids:
        at = ids.index(slot_id)
        to = min(max(at + (-1 if direction == "up" else 1), 0), len(ids) - 1)
        ids.insert(to, ids.pop(at))
    return ids


def _arrange(slots: Sequence[LiveSlot]) -> None:
    for number, slot in enumerate(slots, start=1):
        slot.position = number


def _journal(final: LiveFinal, action: str, *, actor: Account, now: datetime) -> None:
    order = [slot.entry.reference for slot in sorted(slots_of(final), key=lambda slot: slot.position)]
    record(action, final.round, actor=actor, now=now, scope=final.scope, changes={"order": (None, ", ".join(order))})
    db.session.flush()
