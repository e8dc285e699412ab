"""Conflicts of interest: derived from what is known, named by the organiser, confirmed or dismissed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, insert, select, update

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..enums import (
    AssignmentState,
    ConflictSource,
    ConflictState,
    EconomyPolicy,
    JudgeState,
    RoundState,
    SeatReason,
)
from ..errors import JudgeRefused, ReasonMissing
from ..models import Assignment, Competition, Conflict, Entry, Judge, Round
from .conflict_index import ConflictIndex, entry_facts, people_of

DERIVED = (
    ConflictSource.ECONOMY,
    ConflictSource.ORGANISATION,
    ConflictSource.DOMAIN,
    ConflictSource.ENTRANT,
    ConflictSource.ENDORSER,
)
_OPEN_SEATS = (AssignmentState.RELEASED, AssignmentState.STARTED)


@dataclass(frozen=True)
class Derived:
    """How many conflicts a derivation found anew, and how many no longer hold."""

    added: int
    removed: int


def derive_conflicts(competition: Competition, *, actor: Account | None, now: datetime) -> Derived:
    """Find what ties judges to admitted entries; what somebody confirmed or dismissed stays as it is.

    Safe to repeat: what is there stays, what no longer holds and nobody decided on goes. Seats
    that a conflict forbids are taken back, but for those whose scorecard was submitted.

    Flushes; the caller commits.
    """
    _lock(competition)
    judges = db.session.scalars(
        select(Judge).where(
            Judge.competition_id == competition.id, Judge.state.in_([JudgeState.INVITED, JudgeState.ACCEPTED])
        )
    ).all()
    index, own_economy = ConflictIndex(entry_facts(competition)), forbids_own_economy(competition)
    found = {
        (judge_id, tie.entry_id, tie.source): tie.detail
        for judge_id, person in people_of(judges).items()
        for tie in index.ties_of(person, own_economy=own_economy)
    }
    there = _present(competition)
    new = [key for key in found if key not in there]
    stale = [row_id for key, (row_id, state) in there.items() if key not in found and state is ConflictState.PROPOSED]
    if new:
        db.session.execute(
            insert(Conflict),
            [
                {"judge_id": key[0], "entry_id": key[1], "source": key[2], "detail": found[key][:300], "noted_at": now}
                for key in new
            ],
        )
    for start in range(0, len(stale), 500):
        db.session.execute(delete(Conflict).where(Conflict.id.in_(stale[start : start + 500])))
    take_conflicted_seats_back(competition, now=now)
    if new or stale:
        changes = {"conflicts found": (None, len(new)), "conflicts that no longer hold": (None, len(stale))}
        record("conflicts derived", competition, actor=actor, now=now, scope=competition.scope, changes=changes)
    db.session.flush()
    return Derived(len(new), len(stale))


def forbids_own_economy(competition: Competition) -> bool:
    """Say whether the round that is next or open keeps judges from entries of their own economy."""
    statement = (
        select(Round.economy_policy)
        .where(Round.competition_id == competition.id, Round.state.in_([RoundState.PLANNED, RoundState.OPEN]))
        .order_by(Round.number)
        .limit(1)
    )
    return db.session.scalar(statement) in {None, EconomyPolicy.FORBID}


def confirm_conflict(conflict: Conflict, *, reason: str, actor: Account, now: datetime) -> None:
    """Say that a conflict holds; it outlives every derivation. Flushes; the caller commits."""
    _decide(conflict, ConflictState.CONFIRMED, reason, actor=actor, now=now)
    take_conflicted_seats_back(conflict.entry.competition, now=now)


def dismiss_conflict(conflict: Conflict, *, reason: str, actor: Account, now: datetime) -> None:
    """Say that a conflict does not hold, and let the judge read the entry.

    Raises:
        ReasonMissing: no reason is given.
        JudgeRefused: the judge named it; only a person who knows better than they do could dismiss it.

    Flushes; the caller commits.
    """
    if not reason.strip():
        raise ReasonMissing("Say why this is no conflict of interest.", field="reason")
    if conflict.source is ConflictSource.JUDGE:
        raise JudgeRefused("The judge named this conflict, so it stays.")
    _decide(conflict, ConflictState.DISMISSED, reason, actor=actor, now=now)


def name_conflict(judge: Judge, entry: Entry, *, reason: str, actor: Account, now: datetime) -> Conflict:
    """Keep a judge from an entry for a reason of the organiser's own.

    Raises:
        ReasonMissing: no reason is given.
        JudgeRefused: judge and entry are of different competitions.

    Flushes; the caller commits.
    """
    if not reason.strip():
        raise ReasonMissing("Say what ties the judge to the entry.", field="reason")
    if judge.competition_id != entry.competition_id:
        raise JudgeRefused("This judge is none of this competition.")
    _lock(judge.competition)
    conflict = db.session.scalar(
        select(Conflict).where(
            Conflict.judge_id == judge.id,
            Conflict.entry_id == entry.id,
            Conflict.source == ConflictSource.ORGANISER,
        )
    )
    if conflict is None:
        conflict = Conflict(judge=judge, entry=entry, source=ConflictSource.ORGANISER, noted_at=now)
        db.session.add(conflict)
        db.session.flush()
    _decide(conflict, ConflictState.CONFIRMED, reason, actor=actor, now=now)
    take_conflicted_seats_back(judge.competition, now=now)
    return conflict


def take_conflicted_seats_back(competition: Competition, *, now: datetime) -> None:
    """End the seats of undecided rounds that a conflict forbids, but for submitted ones: those are in the chain.

    Flushes.
    """
    forbidden = exists().where(
        Conflict.judge_id == Assignment.judge_id,
        Conflict.entry_id == Assignment.entry_id,
        Conflict.state != ConflictState.DISMISSED,
    )
    rounds = select(Round.id).where(
        Round.competition_id == competition.id, Round.state.in_([RoundState.PLANNED, RoundState.OPEN])
    )
    here = (Assignment.round_id.in_(rounds), forbidden)
    planned = delete(Assignment).where(*here, Assignment.state == AssignmentState.PLANNED)
    given = update(Assignment).where(*here, Assignment.state.in_(_OPEN_SEATS))
    values = {"state": AssignmentState.REMOVED, "state_changed_at": now, "reason": SeatReason.CONFLICT}
    db.session.flush()
    for statement in (planned, given.values(values)):
        db.session.execute(statement.execution_options(synchronize_session=False))
    for seat in db.session.identity_map.values():
        if isinstance(seat, Assignment):
            db.session.expire(seat)


def _lock(competition: Competition) -> None:
    # Two derivations at the same moment would both add the same conflicts.
    db.session.execute(select(Competition.id).where(Competition.id == competition.id).with_for_update(key_share=True))


def _present(competition: Competition) -> dict[tuple[int, int, ConflictSource], tuple[int, ConflictState]]:
    statement = (
        select(Conflict.judge_id, Conflict.entry_id, Conflict.source, Conflict.id, Conflict.state)
        .join(Judge, Judge.id == Conflict.judge_id)
        .where(Judge.competition_id == competition.id, Conflict.source.in_(DERIVED))
    )
    return {
        (judge_id, entry_id, source): (row_id, state)
        for judge_id, entry_id, source, row_id, state in db.session.execute(statement)
    }


def _decide(conflict: Conflict, state: ConflictState, reason: str, *, actor: Account, now: datetime) -> None:
    db.session.refresh(conflict, with_for_update={"of": Conflict, "key_share": True})
    before, scope = conflict.state, conflict.judge.scope
    conflict.state, conflict.reason = state, reason.strip()
    conflict.decided_at, conflict.decided_by_id = now, actor.id
    db.session.flush()
    changes = {"state": (before.value, state.value)}
    record("conflict decided", conflict, actor=actor, now=now, scope=scope, changes=changes, reason=reason or None)
