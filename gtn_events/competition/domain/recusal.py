"""Giving a seat up for a conflict of interest, and what a judge signs before the first entry is seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.text import clean_text

from ..enums import AssignmentState, ConflictKind, ConflictSource, ConflictState, RoundState
from ..errors import JudgeRefused, ScoringClosed, TransitionRefused
from ..models import Assignment, Conflict, Judge, JudgeDeclaration, Round, Scorecard
from ..notifications_judging import tell_organiser_of_recusal
from ..queries.judging import SEEN_SEATS, declaration_of, seats_of
from .chain import lock_round
from .scoring_window import takes_scores

LONGEST_DETAIL = 200


@dataclass(frozen=True)
class Declared:
    """What ties a judge to an entry, in a word and in their own words."""

    kind: ConflictKind
    detail: str = ""

    @property
    def text(self) -> str:
        """Both together, as a mail says it."""
        return f"{self.kind.label}: {self._cleaned}" if self._cleaned else self.kind.label

    @property
    def stored(self) -> str:
        """Both together, the kind as its code; a page words it, see ``words.words_of_tie``."""
        return f"{self.kind.value}: {self._cleaned}" if self._cleaned else self.kind.value

    @property
    def _cleaned(self) -> str:
        return " ".join(clean_text(self.detail).split())[:LONGEST_DETAIL]


def recuse(assignment: Assignment, declared: Declared, *, actor: Account, now: datetime) -> Conflict:
    """Give a seat up; the entry is gone for the judge from now on, and the organiser is told by one mail.

    A scorecard that was submitted keeps its place in the chain and counts no more.

    Raises:
        ScoringClosed: the round is not open; write to the organiser then.
        TransitionRefused: the seat was given up or taken back already.
        JudgeRefused: another reason is not said in words.

    Flushes; the caller commits.
    """
    lock_round(assignment.round)
    if assignment.round.state is not RoundState.OPEN and not takes_scores(assignment, now=now):
        raise ScoringClosed("This round is closed. Write to the organiser about the conflict of interest.")
    db.session.refresh(assignment, ["state"], with_for_update={"of": Assignment, "key_share": True})
    if assignment.state not in SEEN_SEATS:
        raise TransitionRefused("This seat is not yours any more.")
    if declared.kind is ConflictKind.OTHER and not declared.detail.strip():
        raise JudgeRefused("Say in a few words what the reason is.", field="detail")
    before = assignment.state
    assignment.state, assignment.state_changed_at, assignment.reason = AssignmentState.RECUSED, now, declared.stored
    db.session.execute(update(Scorecard).where(Scorecard.assignment_id == assignment.id).values(superseded=True))
    conflict = _conflict_of(assignment, declared, actor=actor, now=now)
    record(
        "seat given up",
        assignment,
        actor=actor,
        now=now,
        scope=assignment.round.scope,
        changes={"state": (before.value, assignment.state.value)},
        reason=declared.text,
    )
    tell_organiser_of_recusal(assignment, detail=declared.text, now=now)
    db.session.flush()
    return conflict


def sign_declaration(
    judge: Judge,
    round_: Round,
    *,
    text: str,
    typed_name: str,
    conflicts: Mapping[int, Declared],
    actor: Account,
    now: datetime,
) -> JudgeDeclaration:
    """Keep what a judge signs for a round, and give up the seats they name.

    Args:
        text: what was shown and is signed.
        typed_name: stands for the signature.
        conflicts: what ties the judge to entries, by the id of the seat.

    Raises:
        JudgeRefused: no name is typed, it is signed already, or a seat is none of the judge's.
        ScoringClosed: the round is not open.

    Flushes; the caller commits.
    """
    lock_round(round_)
    name = " ".join(clean_text(typed_name).split())
    if not name:
        raise JudgeRefused("Type your name; it stands for your signature.", field="typed_name")
    if declaration_of(judge, round_) is not None:
        raise JudgeRefused("You have signed this already.")
    seats = {seat.id: seat for seat in db.session.scalars(seats_of(judge, round_))}
    if round_.state is not RoundState.OPEN and not any(takes_scores(seat, now=now) for seat in seats.values()):
        raise ScoringClosed(f"{round_.title} is not open.")
    if conflicts.keys() - seats.keys():
        raise JudgeRefused("Your entries were changed while you had them open. Load the page again.")
    declaration = JudgeDeclaration(judge=judge, round=round_, text=text, typed_name=name[:200], signed_at=now)
    db.session.add(declaration)
    db.session.flush()
    for seat_id, declared in conflicts.items():
        recuse(seats[seat_id], declared, actor=actor, now=now)
    record("declaration signed", declaration, actor=actor, now=now, scope=round_.scope)
    return declaration


def _conflict_of(assignment: Assignment, declared: Declared, *, actor: Account, now: datetime) -> Conflict:
    conflict = db.session.scalar(
        select(Conflict).where(
            Conflict.judge_id == assignment.judge_id,
            Conflict.entry_id == assignment.entry_id,
            Conflict.source == ConflictSource.JUDGE,
        )
    ) or Conflict(judge_id=assignment.judge_id, entry_id=assignment.entry_id, source=ConflictSource.JUDGE, noted_at=now)
    conflict.state, conflict.detail, conflict.reason = ConflictState.CONFIRMED, declared.stored, ""
    conflict.decided_at, conflict.decided_by_id = now, actor.id
    db.session.add(conflict)
    return conflict
