"""What an economy says of its entries: endorsed in an order, the first ones with a place, the others in reserve.

Every act locks the competition first, so that no two coordinators give away the same place.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.errors import Stale

from ..enums import Endorsement, EntryState
from ..errors import EndorsementRefused, ReasonMissing
from ..models import Competition, Entry
from ..notifications_endorsement import tell_of_endorsement
from ..queries.figures import LIVE, limit_of
from ..queries.places import places_of
from .endorsement_window import require_time, require_untied
from .locking import lock_entry

IN_ORDER = (Endorsement.ENDORSED, Endorsement.RESERVE)


class Direction(StrEnum):
    """Where an entry moves in the order of its economy."""

    UP = "up"
    DOWN = "down"


def endorse_entry(entry: Entry, *, actor: Account, now: datetime, seen: int | None = None) -> Endorsement:
    """Put an entry last into the order of its economy.

    Args:
        seen: the number of the version that the actor has read; None does not ask.

    Returns:
        ``ENDORSED`` while the economy has a place, otherwise ``RESERVE``.

    Raises:
        EndorsementRefused: the date is over, the actor has an interest, or it is endorsed or out already.
        Stale: another version was sent since.

    Flushes; the caller commits.
    """
    _lock(entry, actor=actor, now=now)
    _require_read(entry, seen)
    if entry.endorsement in IN_ORDER:
        raise EndorsementRefused("This entry is endorsed already.")
    _arrange(entry.competition, [*order_of(entry.competition, entry.economy_code), entry], actor=actor, now=now)
    return entry.endorsement


def decline_entry(entry: Entry, *, reason: str, actor: Account, now: datetime, seen: int | None = None) -> None:
    """Say that an economy does not endorse an entry; the entrant reads the reason, and the next one moves up.

    Raises:
        ReasonMissing: there is no reason.
        EndorsementRefused: the date is over, the actor has an interest, it is out, declined, or judged already.
        Stale: another version than ``seen`` was sent since.

    Flushes; the caller commits.
    """
    _lock(entry, actor=actor, now=now)
    _require_read(entry, seen)
    if entry.endorsement is Endorsement.DECLINED:
        raise EndorsementRefused("This entry was declined already.")
    if not reason.strip():
        raise ReasonMissing("Give a reason: the entrant will read it.", field="reason")
    _take_out(entry, Endorsement.DECLINED, reason=reason.strip(), actor=actor, now=now)


def take_back(entry: Entry, *, actor: Account, now: datetime) -> None:
    """Make what was said of an entry undecided again; the next one moves up.

    Raises:
        EndorsementRefused: the date is over, the actor has an interest, nothing was said, or it is judged already.

    Flushes; the caller commits.
    """
    _lock(entry, actor=actor, now=now)
    if entry.endorsement is Endorsement.WAITING:
        raise EndorsementRefused("Nobody has decided on this entry, so there is nothing to take back.")
    _take_out(entry, Endorsement.WAITING, reason=None, actor=actor, now=now)


def prefer(entry: Entry, direction: Direction, *, actor: Account, now: datetime) -> None:
    """Let an entry change places with its neighbour in the order; nothing happens at either end.

    Raises:
        EndorsementRefused: the date is over, the actor has an interest, it is not endorsed, or an entry that is
            judged already would lose its place.

    Flushes; the caller commits.
    """
    _lock(entry, actor=actor, now=now)
    if entry.endorsement not in IN_ORDER:
        raise EndorsementRefused("Only endorsed entries have an order.")
    order = order_of(entry.competition, entry.economy_code)
    here = order.index(entry)
    there = here + (1 if direction is Direction.DOWN else -1)
    if not 0 <= there < len(order):
        return
    require_untied(order[there], actor)
    order[here], order[there] = order[there], order[here]
    _arrange(entry.competition, order, actor=actor, now=now)


def order_of(competition: Competition, economy_code: str) -> list[Entry]:
    """Return the endorsed entries of an economy in its order, those in reserve last."""
    statement = (
        select(Entry)
        .where(
            Entry.competition_id == competition.id,
            Entry.economy_code == economy_code,
            Entry.state.in_(LIVE),
            Entry.preference.is_not(None),
        )
        .order_by(Entry.preference, Entry.id)
    )
    return list(db.session.scalars(statement))


def leave_order(entry: Entry, *, actor: Account | None, now: datetime) -> None:
    """Take an entry that is not live any more out of its economy's order; the next one moves up. Flushes."""
    if entry.preference is None:
        return
    entry.preference = None
    db.session.flush()
    _arrange(entry.competition, order_of(entry.competition, entry.economy_code), actor=actor, now=now)


def return_to_order(entry: Entry, *, actor: Account | None, now: datetime) -> None:
    """Put an endorsed entry that is live again last into the order; it keeps a place while there is one. Flushes."""
    if entry.endorsement in IN_ORDER:
        order = order_of(entry.competition, entry.economy_code)
        _arrange(entry.competition, [*order, entry], actor=actor, now=now)


def forget_endorsement(entry: Entry) -> None:
    """Leave an entry undecided that moves to another economy; ``fill_places`` of the old one has to follow."""
    _refuse_if_judged(entry)
    entry.endorsement, entry.endorsement_reason, entry.preference = Endorsement.WAITING, None, None


def seat_nominated(entry: Entry, *, actor: Account, now: datetime) -> None:
    """Endorse an entry that was nominated: behind those with a place, before those in reserve. Flushes."""
    order = order_of(entry.competition, entry.economy_code)
    seated = sum(each.endorsement is Endorsement.ENDORSED for each in order)
    _arrange(entry.competition, [*order[:seated], entry, *order[seated:]], actor=actor, now=now)


def fill_places(competition: Competition, economy_code: str, *, actor: Account | None, now: datetime) -> None:
    """Move the next ones of an economy's order up to places that are free. Flushes."""
    if order := order_of(competition, economy_code):
        _arrange(competition, order, actor=actor, now=now)


def _lock(entry: Entry, *, actor: Account, now: datetime) -> None:
    lock_entry(entry)
    require_time(entry.competition, now=now)
    if not entry.state.is_live:
        raise EndorsementRefused(f"This entry is {entry.state.label.lower()}; there is nothing to decide.")
    require_untied(entry, actor)


def _require_read(entry: Entry, seen: int | None) -> None:
    if seen is not None and seen != entry.newest_version:
        raise Stale("The entrant has sent another version meanwhile. Read it, then decide.")


def _take_out(entry: Entry, to: Endorsement, *, reason: str | None, actor: Account, now: datetime) -> None:
    held_place = entry.preference is not None
    _refuse_if_judged(entry)
    entry.preference = None
    _set(entry, to, reason=reason, actor=actor, now=now)
    if held_place:
        _arrange(entry.competition, order_of(entry.competition, entry.economy_code), actor=actor, now=now)


def _arrange(competition: Competition, order: list[Entry], *, actor: Account | None, now: datetime) -> None:
    """Number an order and give its first ones the places that no nominated firm holds."""
    if not order:
        return
    limit = limit_of(competition, order[0].economy_code)
    promised = places_of(competition, order[0].economy_code).promised
    for number, entry in enumerate(order, start=1):
        has_place = limit is None or number <= limit - promised
        to = Endorsement.ENDORSED if has_place else Endorsement.RESERVE
        if to is Endorsement.RESERVE:
            _refuse_if_judged(entry)
        entry.preference = number
        if entry.endorsement is not to:
            _set(entry, to, reason=None, actor=actor, now=now)
    db.session.flush()


def _refuse_if_judged(entry: Entry) -> None:
    needed = entry.competition.entry_path.needs_endorsement
    if needed and entry.state is EntryState.ADMITTED and entry.endorsement is Endorsement.ENDORSED:
        raise EndorsementRefused(
            f"“{entry.title}” is admitted already, so its endorsement stays. Write to the organiser."
        )


def _set(entry: Entry, to: Endorsement, *, reason: str | None, actor: Account | None, now: datetime) -> None:
    before, entry.endorsement = entry.endorsement, to
    entry.endorsement_reason, entry.endorsement_at = reason, now
    # Who moves up because another one left was chosen by whoever endorsed it.
    if before not in IN_ORDER or to not in IN_ORDER:
        entry.endorsement_by_id = actor.id if actor else None
    db.session.flush()
    journal.record(
        "endorsement changed",
        entry,
        actor=actor,
        now=now,
        scope=entry.scope,
        changes={"endorsement": (before.value, to.value)},
        reason=reason,
    )
    tell_of_endorsement(entry, now=now)
