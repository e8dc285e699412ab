"""What a judge may save, submit and change, and when it is refused."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from gtn_events.competition.domain.given import Given
from gtn_events.competition.domain.round_state import close_round
from gtn_events.competition.domain.scorecards import change_after_submission, save_draft
from gtn_events.competition.domain.totals import scored_weight, weighted_total
from gtn_events.competition.enums import AssignmentState, ConflictSource, ConflictState, RoundState
from gtn_events.competition.errors import (
    JudgeRefused,
    ReasonMissing,
    ScoreRefused,
    ScoringClosed,
    TransitionRefused,
)
from gtn_events.competition.models import Conflict, Criterion, Scorecard, ScorecardDraft
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.journal import JournalEntry
from tests.competition.panels import FULL, IN_TIME, Panel, make_panel, submit

pytestmark = pytest.mark.usefixtures("database")


def draft(panel: Panel, given: Given = FULL, *, seen: int = 0, now: datetime = IN_TIME) -> ScorecardDraft:
    kept = save_draft(panel.seat(), given, seen=seen, actor=panel.account(), now=now)
    db.session.commit()
    return kept


def change(panel: Panel, given: Given, *, reason: str = "I misread it", seen: int = 1) -> Scorecard:
    changed = change_after_submission(
        panel.seat(), given, reason=reason, seen=seen, actor=panel.account(), now=IN_TIME + timedelta(hours=1)
    )
    db.session.commit()
    return changed


def test_draft_is_kept_starts_the_seat_and_locks_the_criteria() -> None:
    panel = make_panel()
    kept = draft(panel, Given({"impact": 4}, {"impact": " Two seasons "}, to_entrant="Well done"))
    assert (kept.scores, kept.comments, kept.to_entrant) == ({"impact": 4}, {"impact": "Two seasons"}, "Well done")
    assert panel.seat().state is AssignmentState.STARTED
    assert panel.round.rubrics[0].locked_at == IN_TIME


def test_draft_without_a_score_locks_nothing() -> None:
    panel = make_panel()
    draft(panel, Given(private="Ask about the press"))
    assert panel.round.rubrics[0].locked_at is None


def test_draft_of_another_window_is_not_overwritten() -> None:
    panel = make_panel()
    first = draft(panel, Given({"impact": 4}))
    draft(panel, Given({"impact": 5}), seen=first.lock_version)
    with pytest.raises(Stale):
        save_draft(panel.seat(), Given({"impact": 1}), seen=0, actor=panel.account(), now=IN_TIME)
    db.session.rollback()
    assert db.session.scalars(select(ScorecardDraft.scores)).one() == {"impact": 5}


@pytest.mark.parametrize(
    "given",
    [
        Given({"impact": 6}),
        Given({"impact": 0}),
        Given({"impact": True}),
        Given({"charm": 3}),
        Given(comments={"impact": "x" * 2_001}),
        Given(private="x" * 5_001),
    ],
    ids=["above", "below", "no-number", "unknown", "long-comment", "long-text"],
)
def test_draft_refuses_what_no_scorecard_can_hold(given: Given) -> None:
    panel = make_panel()
    with pytest.raises(ScoreRefused):
        draft(panel, given)


def test_submitted_scorecard_has_its_weighted_total_and_ends_the_draft() -> None:
    panel = make_panel()
    draft(panel, Given({"impact": 1}))
    scorecard = submit(panel.seat(), Given({"impact": 4, "market": 3}, to_jury="Strong"))
    assert (scorecard.number, scorecard.position, scorecard.to_jury) == (1, 1, "Strong")
    assert scorecard.total == Decimal("72.0000")
    assert (panel.seat().state, panel.seat().state_changed_at) == (AssignmentState.SUBMITTED, IN_TIME)
    assert db.session.scalar(select(func.count()).select_from(ScorecardDraft)) == 0


@pytest.mark.parametrize(
    ("scale", "point", "total"),
    [((1, 5), 4, "80.0000"), ((0, 10), 7, "70.0000"), ((1, 25), 25, "100.0000"), ((-2, 2), 0, "50.0000")],
)
def test_total_is_normalised_from_each_scale(scale: tuple[int, int], point: int, total: str) -> None:
    only = Criterion(key="a", weight=Decimal(100), lowest=scale[0], highest=scale[1])
    assert weighted_total([only], {"a": point}) == Decimal(total)


def test_total_so_far_stands_beside_the_most_it_can_be() -> None:
    weights = {"effect": 30, "new": 20, "business": 30, "borders": 20}
    criteria = [Criterion(key=key, weight=Decimal(weight), lowest=1, highest=5) for key, weight in weights.items()]
    scores = {"effect": 4, "new": 3}
    assert (weighted_total(criteria, scores), scored_weight(criteria, scores)) == (Decimal("36.0000"), Decimal(50))


def test_thirds_are_rounded_once_at_the_end() -> None:
    criteria = [Criterion(key=key, weight=Decimal("33.33"), lowest=0, highest=3) for key in "abc"]
    assert weighted_total(criteria, {"a": 1, "b": 1, "c": 1}) == Decimal("33.3300")


def test_unfinished_scorecard_is_not_submitted() -> None:
    panel = make_panel()
    with pytest.raises(ScoreRefused, match="Market is not scored yet") as refused:
        submit(panel.seat(), Given({"impact": 4}))
    assert refused.value.field == "market"


@pytest.mark.parametrize(("point", "asks"), [(1, True), (2, False), (4, False), (5, True)])
def test_comment_is_required_where_the_criterion_says_so(point: int, asks: bool) -> None:
    panel = make_panel()
    criterion = panel.round.rubrics[0].criteria[0]
    criterion.comment_required_below, criterion.comment_required_above = 2, 4
    db.session.commit()
    given = Given({"impact": point, "market": 3})
    if asks:
        with pytest.raises(ScoreRefused, match="say why"):
            submit(panel.seat(), given)
        db.session.rollback()
        given = Given(given.scores, {"impact": "Measured by others"})
    assert submit(panel.seat(), given).number == 1


@pytest.mark.parametrize("state", [state for state in RoundState if state is not RoundState.OPEN])
def test_round_that_is_not_open_takes_nothing(state: RoundState) -> None:
    panel = make_panel(state=state)
    with pytest.raises(ScoringClosed):
        submit(panel.seat())
    with pytest.raises(ScoringClosed):
        draft(panel)


def test_close_is_decided_to_the_second_by_the_server() -> None:
    panel = make_panel(judges=2)
    submit(panel.seat(0), now=panel.round.closes_at - timedelta(seconds=1))
    with pytest.raises(ScoringClosed):
        submit(panel.seat(1), now=panel.round.closes_at)


def test_nothing_is_taken_after_the_organiser_closed() -> None:
    panel = make_panel()
    close_round(panel.round, actor=panel.account(), now=IN_TIME)
    db.session.commit()
    with pytest.raises(ScoringClosed):
        submit(panel.seat())


@pytest.mark.parametrize("state", [AssignmentState.PLANNED, AssignmentState.RECUSED, AssignmentState.REMOVED])
def test_seat_that_is_not_released_takes_nothing(state: AssignmentState) -> None:
    panel = make_panel()
    panel.seat().state = state
    db.session.commit()
    with pytest.raises(TransitionRefused):
        submit(panel.seat())
    with pytest.raises(TransitionRefused):
        draft(panel)


def test_scorecard_is_submitted_once() -> None:
    panel = make_panel()
    submit(panel.seat())
    with pytest.raises(TransitionRefused, match="already"):
        submit(panel.seat())
    with pytest.raises(TransitionRefused):
        draft(panel)


def test_nothing_is_taken_before_the_declaration_is_signed() -> None:
    panel = make_panel(signed=False)
    with pytest.raises(JudgeRefused, match="declaration"):
        submit(panel.seat())


@pytest.mark.parametrize("state", ConflictState)
def test_conflict_forbids_until_it_is_dismissed(state: ConflictState) -> None:
    panel = make_panel()
    db.session.add(
        Conflict(
            judge=panel.judges[0],
            entry=panel.entries[0],
            source=ConflictSource.ORGANISATION,
            state=state,
            noted_at=IN_TIME,
        )
    )
    db.session.commit()
    if state is ConflictState.DISMISSED:
        assert submit(panel.seat()).number == 1
    else:
        with pytest.raises(JudgeRefused, match="conflict"):
            submit(panel.seat())


def test_change_adds_a_version_and_keeps_the_one_before() -> None:
    panel = make_panel()
    first = submit(panel.seat())
    second = change(panel, Given({"impact": 5, "market": 3}))
    assert (first.superseded, second.superseded, second.number, second.position) == (True, False, 2, 2)
    assert (second.previous_sha256, second.reason, second.total) == (first.sha256, "I misread it", Decimal("84.0000"))


@pytest.mark.parametrize(
    ("given", "how", "error"),
    [
        (Given({"impact": 5, "market": 3}), {"reason": " "}, ReasonMissing),
        (Given({"impact": 5, "market": 3}), {"seen": 7}, Stale),
        (Given({"impact": 5}), {}, ScoreRefused),
        (FULL, {}, ScoreRefused),
    ],
    ids=["no-reason", "other-window", "unfinished", "nothing-different"],
)
def test_change_is_refused(given: Given, how: dict[str, Any], error: type[Exception]) -> None:
    panel = make_panel()
    submit(panel.seat())
    with pytest.raises(error):
        change(panel, given, **how)
    db.session.rollback()
    assert db.session.scalars(select(Scorecard.superseded)).all() == [False]


def test_change_needs_a_submitted_scorecard() -> None:
    panel = make_panel()
    with pytest.raises(TransitionRefused):
        change_after_submission(panel.seat(), FULL, reason="Why", seen=0, actor=panel.account(), now=IN_TIME)


def test_scorecard_does_not_disturb_who_edits_the_round() -> None:
    panel = make_panel()
    before = panel.round.lock_version
    submit(panel.seat())
    db.session.expire_all()
    assert (panel.round.lock_version, panel.round.chain_length) == (before, 1)


def test_journal_does_not_tell_scores() -> None:
    panel = make_panel()
    submit(panel.seat())
    entry = db.session.scalars(select(JournalEntry).where(JournalEntry.action == "scorecard submitted")).one()
    assert (entry.subject_id, entry.changes) == (panel.seat().id, {"position": [None, 1]})
