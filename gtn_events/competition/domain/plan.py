"""Writing an assignment: a whole plan, a change by hand, and the release to the judges."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import insert, select, update

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..enums import AssignmentState, EntryState, JudgeState, RoundState, SeatReason
from ..errors import JudgeRefused, RoundRefused
from ..models import Assignment, Entry, Judge, Round
from ..notifications_judges import mail_released_entries
from .conflicts import derive_conflicts, take_conflicted_seats_back
from .panel_facts import Pair, PanelFacts, panel_facts
from .roots import record_call_root, record_seats_root
from .rounds import lock_round
from .seats_by_hand import refusals


def apply_plan(
    round_: Round, wanted: Mapping[Pair, bool], plan: dict[str, Any], *, actor: Account | None, now: datetime
) -> None:
    """Make the seats of a round those of a plan; scorecards that were begun stay whatever it says.

    Args:
        wanted: entry and judge of each seat, and whether it is an anchor.
        plan: what was found out, for ``Round.plan``.

    Raises:
        RoundRefused: the round takes no scores any more.

    Flushes; the caller commits.
    """
    require_assignable(round_)
    there = _seats_of(round_)
    for pair, seat in there.items():
        if pair in wanted and seat.state in {AssignmentState.PLANNED, AssignmentState.RELEASED}:
            seat.anchor = wanted[pair]
        elif pair not in wanted:
            _give_up(seat, reason=SeatReason.ASSIGNED_ANEW, now=now)
    db.session.flush()
    working = set(
        db.session.scalars(
            select(Judge.id).where(Judge.competition_id == round_.competition_id, Judge.state == JudgeState.ACCEPTED)
        )
    )
    _add(round_, {pair: anchor for pair, anchor in wanted.items() if pair not in there and pair[1] in working}, now=now)
    take_conflicted_seats_back(round_.competition, now=now)
    write_plan(round_, plan)
    changes = {"seats": (len(there), len(wanted))}
    record("assignment made", round_, actor=actor, now=now, scope=round_.scope, changes=changes)
    db.session.flush()


def write_plan(round_: Round, plan: dict[str, Any]) -> None:
    """Keep what was found out; it is no change of the round itself, so its version stays. Flushes."""
    db.session.execute(
        update(Round).where(Round.id == round_.id).values(plan=plan).execution_options(synchronize_session=False)
    )
    db.session.expire(round_, ["plan"])


def change_seats(
    round_: Round,
    *,
    give_up: Sequence[Pair] = (),
    take: Sequence[Pair] = (),
    actor: Account,
    now: datetime,
) -> None:
    """Give some seats up and take others by hand; all of it or nothing.

    Raises:
        JudgeRefused: it would break a rule; the text names every one.
        RoundRefused: the round takes no scores any more.

    Flushes; the caller commits.
    """
    require_assignable(round_)
    facts = panel_facts(round_)
    held = {seat.pair: seat for seat in facts.seats}
    if not all(pair in held for pair in give_up) or not all(_is_known(facts, pair) for pair in take):
        raise JudgeRefused(_("The panel was changed meanwhile. Load the page again."))
    if broken := refusals(facts, give_up=[held[pair] for pair in give_up], take=take):
        raise JudgeRefused(" ".join(broken))
    seats = _seats_of(round_)
    for pair in give_up:
        _give_up(seats[pair], reason=SeatReason.BY_HAND, now=now)
    db.session.flush()
    _add(round_, dict.fromkeys(take, False), now=now)
    changes = {"seats": (_words(facts, give_up), _words(facts, take))}
    record("seats changed", round_, actor=actor, now=now, scope=round_.scope, changes=changes)
    db.session.flush()


def release(round_: Round, *, actor: Account, now: datetime) -> int:
    """Show the planned seats to their judges, and mail each once how many they are; return the number of judges.

    The root of these seats is written down. Conflicts are looked for again before. A second release only concerns
    seats planned since; those of an entry that left meanwhile stay with nobody.

    Raises:
        RoundRefused: no seat is planned, there are no criteria, or the round takes no scores any more.

    Flushes; the caller commits.
    """
    require_assignable(round_)
    if round_.rubric is None:
        raise RoundRefused(_("%(round)s has no criteria yet. Set them before the judges begin.", round=round_.title))
    derive_conflicts(round_.competition, actor=actor, now=now)
    planned = list(
        db.session.scalars(
            select(Assignment)
            .join(Entry, Entry.id == Assignment.entry_id)
            .where(
                Assignment.round_id == round_.id,
                Assignment.state == AssignmentState.PLANNED,
                Entry.state == EntryState.ADMITTED,
            )
            .order_by(Assignment.id)
        )
    )
    if not planned:
        raise RoundRefused(_("No seat is planned, so there is nothing to release."))
    by_judge: dict[int, list[Assignment]] = {}
    for seat in planned:
        seat.state, seat.state_changed_at = AssignmentState.RELEASED, now
        by_judge.setdefault(seat.judge_id, []).append(seat)
    round_.released_at = round_.released_at or now
    db.session.flush()
    record_call_root(round_.competition, now=now)
    record_seats_root(round_, [seat.id for seat in planned], now=now)
    for judge in db.session.scalars(select(Judge).where(Judge.id.in_(by_judge)).order_by(Judge.number)):
        seats = by_judge[judge.id]
        mail_released_entries(judge, round_, count=len(seats), first=seats[0].id, now=now)
    changes = {"seats": (None, len(planned)), "judges": (None, len(by_judge))}
    record("entries released", round_, actor=actor, now=now, scope=round_.scope, changes=changes)
    return len(by_judge)


def require_assignable(round_: Round) -> None:
    """Lock the round.

    Raises:
        RoundRefused: it takes no scores any more.
    """
    lock_round(round_)
    if round_.state not in {RoundState.PLANNED, RoundState.OPEN}:
        raise RoundRefused(_("%(round)s is closed. Its panels stay as they are.", round=round_.title))


def _seats_of(round_: Round) -> dict[Pair, Assignment]:
    kept = [state for state in AssignmentState if state.is_seat]
    statement = (
        select(Assignment)
        .where(Assignment.round_id == round_.id, Assignment.state.in_(kept))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return {(seat.entry_id, seat.judge_id): seat for seat in db.session.scalars(statement)}


def _give_up(seat: Assignment, *, reason: SeatReason, now: datetime) -> None:
    if seat.state is AssignmentState.PLANNED:
        db.session.delete(seat)
    elif seat.state is AssignmentState.RELEASED:
        seat.state, seat.state_changed_at, seat.reason = AssignmentState.REMOVED, now, reason


def _add(round_: Round, pairs: Mapping[Pair, bool], *, now: datetime) -> None:
    if not pairs:
        return
    rows = [
        {
            "round_id": round_.id,
            "entry_id": entry_id,
            "judge_id": judge_id,
            "state": AssignmentState.PLANNED,
            "anchor": anchor,
            "position": _position(round_, entry_id, judge_id),
            "created_at": now,
            "state_changed_at": now,
        }
        for (entry_id, judge_id), anchor in pairs.items()
    ]
    db.session.execute(insert(Assignment), rows)


def _position(round_: Round, entry_id: int, judge_id: int) -> int:
    """Return a place in the judge's queue by lot: no entry is read first by everybody."""
    return int.from_bytes(sha256(f"{round_.id} {entry_id} {judge_id}".encode()).digest()[:3])


def _is_known(facts: PanelFacts, pair: Pair) -> bool:
    return pair[0] in facts.entries and pair[1] in facts.judges


def _words(facts: PanelFacts, pairs: Sequence[Pair]) -> str:
    return ", ".join(f"{facts.judges[judge].name}: {facts.entries[entry].reference}" for entry, judge in pairs)
