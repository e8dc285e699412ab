"""Scorecards: drafts that save themselves, versions that stand for ever."""

from datetime import datetime

from sqlalchemy import func, select, update

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.journal import record
from gtn_events.core.text import clean_text
from gtn_events.core.upsert import insert_unless_there

from ..enums import AssignmentState
from ..errors import JudgeRefused, ReasonMissing, ScoreRefused, ScoringClosed, TransitionRefused
from ..models import Assignment, Round, Rubric, Scorecard, ScorecardDraft
from ..queries.judging import current_scorecard, declaration_of, draft_of, has_conflict
from ..queries.training import has_to_train
from .chain import append_to_chain, lock_round
from .given import Given, check_given, gaps
from .scoring_window import require_scores_taken
from .totals import weighted_total

TO_DO = frozenset({AssignmentState.RELEASED, AssignmentState.STARTED})


def save_draft(assignment: Assignment, given: Given, *, seen: int, actor: Account, now: datetime) -> ScorecardDraft:
    """Keep what a judge has chosen so far.

    Args:
        assignment: a seat of the judge's own.
        seen: the draft's ``lock_version`` that the judge's page shows, 0 for none.

    Raises:
        Stale: another window saved since; that draft stays.
        ScoringClosed: the round takes no scores now.
        TransitionRefused: the seat is submitted or given up, or the entry is not judged any more.
        JudgeRefused: nothing is signed yet, or there is a conflict of interest.
        ScoreRefused: see ``check_given``.

    Flushes; the caller commits.
    """
    require_scores_taken(assignment, now=now)
    _lock_seat(assignment)
    _require_seat(assignment, TO_DO)
    rubric, given = _rubric_of(assignment.round), given.cleaned()
    check_given(rubric.criteria, given)
    draft = _draft_for(assignment, seen=seen, now=now)
    draft.scores, draft.comments = dict(given.scores), dict(given.comments)
    draft.to_entrant, draft.to_jury, draft.private = given.to_entrant, given.to_jury, given.private
    draft.saved_at = now
    if given.scores:
        _lock_rubric(rubric, now=now)
    if assignment.state is AssignmentState.RELEASED:
        _move(assignment, AssignmentState.STARTED, now=now)
        record("scorecard started", assignment, actor=actor, now=now, scope=assignment.round.scope)
    db.session.flush()
    return draft


def submit_scorecard(assignment: Assignment, given: Given, *, actor: Account, now: datetime) -> Scorecard:
    """Make what a judge gives a version of its own in the round's chain.

    Args:
        assignment: a seat of the judge's own, not submitted yet.
        now: when the submission reached the server; the round must be open, and it must not be past the close.

    Returns:
        The flushed scorecard, with its weighted total.

    Raises:
        ScoringClosed: the round takes no scores now.
        TransitionRefused: the seat is submitted or given up, or the entry is not judged any more.
        JudgeRefused: nothing is signed yet, or there is a conflict of interest.
        ScoreRefused: a criterion is not scored, a comment is missing, or see ``check_given``.

    Flushes; the caller commits.
    """
    _lock_for_scores(assignment, now=now)
    _require_seat(assignment, TO_DO)
    scorecard = _append(assignment, given.cleaned(), reason="", now=now)
    draft = draft_of(assignment)
    if draft is not None:
        db.session.delete(draft)
    _move(assignment, AssignmentState.SUBMITTED, now=now)
    _journal("scorecard submitted", scorecard, assignment, actor=actor, now=now)
    db.session.flush()
    return scorecard


def change_after_submission(
    assignment: Assignment, given: Given, *, reason: str, seen: int, actor: Account, now: datetime
) -> Scorecard:
    """Add a newer version to a submitted scorecard; the one before stays in the chain and counts no more.

    Args:
        seen: the ``number`` of the version that the judge's page shows.

    Raises:
        ReasonMissing: no reason is given.
        Stale: another window changed it since.
        ScoreRefused: nothing is different, or as for ``submit_scorecard``.

    And as ``submit_scorecard``. Flushes; the caller commits.
    """
    reason = clean_text(reason)
    if not reason:
        raise ReasonMissing("Say why you change what you submitted.", field="reason")
    _lock_for_scores(assignment, now=now)
    _require_seat(assignment, frozenset({AssignmentState.SUBMITTED}))
    before, given = current_scorecard(assignment), given.cleaned()
    if before is None or before.number != seen:
        raise Stale("This scorecard was changed in another window. Look at it again, then repeat what you did.")
    if Given.of(before) == given:
        raise ScoreRefused("Nothing is different from what you submitted.")
    before.superseded = True
    scorecard = _append(assignment, given, reason=reason, now=now)
    assignment.state_changed_at = now
    _journal("scorecard changed", scorecard, assignment, actor=actor, now=now)
    db.session.flush()
    return scorecard


def _lock_for_scores(assignment: Assignment, *, now: datetime) -> None:
    # First the round, then the seat, as everybody does: opening, closing and the chain hang on the round.
    lock_round(assignment.round)
    require_scores_taken(assignment, now=now)
    _lock_seat(assignment)


def _lock_seat(assignment: Assignment) -> None:
    db.session.refresh(assignment, ["state"], with_for_update={"of": Assignment, "key_share": True})


def _require_seat(assignment: Assignment, states: frozenset[AssignmentState]) -> None:
    if assignment.state is AssignmentState.SUBMITTED and assignment.state not in states:
        raise TransitionRefused("You have submitted this scorecard already. You can change it with a reason.")
    if assignment.state not in states:
        raise TransitionRefused("This scorecard is not with you.")
    if not assignment.entry.state.is_live:
        raise TransitionRefused("This entry was withdrawn or is not eligible. It is not judged any more.")
    if declaration_of(assignment.judge, assignment.round) is None:
        raise JudgeRefused("Sign the declaration of this round first.")
    if has_to_train(assignment.judge_id, assignment.round_id):
        raise JudgeRefused("Score the training entry of this round first; then your own entries open.")
    if has_conflict(assignment.judge_id, assignment.entry_id):
        raise JudgeRefused("There is a conflict of interest: this entry is not for you.")


def _rubric_of(round_: Round) -> Rubric:
    rubric = round_.rubric
    if rubric is None:
        raise ScoringClosed(f"{round_.title} has no criteria yet.")
    return rubric


def _draft_for(assignment: Assignment, *, seen: int, now: datetime) -> ScorecardDraft:
    draft = draft_of(assignment)
    if draft is None and seen == 0:
        values = {"assignment_id": assignment.id, "scores": {}, "comments": {}, "saved_at": now, "lock_version": 1}
        texts = dict.fromkeys(("to_entrant", "to_jury", "private"), "")
        return db.session.scalars(
            insert_unless_there(ScorecardDraft, **values, **texts).returning(ScorecardDraft)
        ).one()
    if draft is None or draft.lock_version != seen:
        raise Stale("This scorecard was changed in another window. What you typed here was not saved over it.")
    return draft


def _lock_rubric(rubric: Rubric, *, now: datetime) -> None:
    if rubric.locked_at is None:
        db.session.execute(
            update(Rubric)
            .where(Rubric.id == rubric.id, Rubric.locked_at.is_(None))
            .values(locked_at=now)
            .execution_options(synchronize_session=False)
        )
        db.session.expire(rubric, ["locked_at"])


def _append(assignment: Assignment, given: Given, *, reason: str, now: datetime) -> Scorecard:
    rubric = _rubric_of(assignment.round)
    check_given(rubric.criteria, given)
    missing = gaps(rubric.criteria, given)
    if missing:
        raise ScoreRefused(missing[0].text, field=missing[0].key)
    last = db.session.scalar(select(func.max(Scorecard.number)).where(Scorecard.assignment_id == assignment.id))
    scorecard = Scorecard(
        assignment_id=assignment.id,
        round_id=assignment.round_id,
        rubric_id=rubric.id,
        number=(last or 0) + 1,
        scores=dict(given.scores),
        comments=dict(given.comments),
        to_entrant=given.to_entrant,
        to_jury=given.to_jury,
        private=given.private,
        total=weighted_total(rubric.criteria, given.scores),
        reason=reason,
        submitted_at=now,
    )
    append_to_chain(scorecard, assignment.round)
    _lock_rubric(rubric, now=now)
    return scorecard


def _move(assignment: Assignment, state: AssignmentState, *, now: datetime) -> None:
    assignment.state, assignment.state_changed_at = state, now


def _journal(action: str, scorecard: Scorecard, assignment: Assignment, *, actor: Account, now: datetime) -> None:
    # The position alone: whoever reads the journal must not learn what an unfinished round thinks of an entry.
    record(
        action,
        assignment,
        actor=actor,
        now=now,
        scope=assignment.round.scope,
        changes={"position": (None, scorecard.position)},
        reason=scorecard.reason or None,
    )
