"""A round opens, is extended and closes."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from gtn_events.competition.domain.round_state import close_round, extend_close, open_round, reopen_round
from gtn_events.competition.enums import AssignmentState, RootKind, RoundState
from gtn_events.competition.errors import ReasonMissing, RoundRefused
from gtn_events.competition.models import RecordedRoot
from gtn_events.core.db import db
from gtn_events.core.journal import entries_about
from tests.competition.panels import IN_TIME, OPENED_AT, make_panel, submit

pytestmark = pytest.mark.usefixtures("database")


def test_opening_freezes_the_method() -> None:
    panel = make_panel(state=RoundState.PLANNED, method_frozen_at=None)
    open_round(panel.round, actor=panel.account(), now=OPENED_AT)
    assert (panel.round.state, panel.round.method_frozen_at) == (RoundState.OPEN, OPENED_AT)


def test_opening_early_moves_the_opening() -> None:
    panel = make_panel(state=RoundState.PLANNED)
    early = panel.round.opens_at - timedelta(days=1)
    open_round(panel.round, actor=panel.account(), now=early)
    assert panel.round.opens_at == early


def test_round_without_released_seats_is_not_opened() -> None:
    panel = make_panel(state=RoundState.PLANNED)
    panel.seat().state = AssignmentState.PLANNED
    db.session.commit()
    with pytest.raises(RoundRefused, match="released"):
        open_round(panel.round, actor=panel.account(), now=OPENED_AT)


def test_round_without_criteria_is_not_opened() -> None:
    panel = make_panel(state=RoundState.PLANNED)
    panel.round.rubrics[0].criteria.clear()
    db.session.commit()
    with pytest.raises(RoundRefused, match="criteria"):
        open_round(panel.round, actor=panel.account(), now=OPENED_AT)


def test_round_is_not_opened_after_its_close() -> None:
    panel = make_panel(state=RoundState.PLANNED)
    with pytest.raises(RoundRefused, match="passed"):
        open_round(panel.round, actor=panel.account(), now=panel.round.closes_at)


@pytest.mark.parametrize("state", [RoundState.OPEN, RoundState.SCORED, RoundState.DECIDED])
def test_round_is_opened_once(state: RoundState) -> None:
    panel = make_panel(state=state)
    with pytest.raises(RoundRefused):
        open_round(panel.round, actor=panel.account(), now=OPENED_AT)


def test_close_writes_the_head_of_the_chain_into_the_journal() -> None:
    panel = make_panel()
    scorecard = submit(panel.seat())
    close_round(panel.round, actor=panel.account(), now=IN_TIME)
    db.session.commit()
    assert (panel.round.state, panel.round.scored_at) == (RoundState.SCORED, IN_TIME)
    newest = db.session.scalars(entries_about(panel.round)).first()
    assert newest is not None
    assert newest.changes == {"state": ["open", "scored"], "chain": [None, f"1 versions, {scorecard.sha256}"]}


def test_only_an_open_round_is_closed_or_extended() -> None:
    panel = make_panel(state=RoundState.SCORED)
    with pytest.raises(RoundRefused):
        close_round(panel.round, actor=panel.account(), now=IN_TIME)
    with pytest.raises(RoundRefused):
        extend_close(panel.round, IN_TIME + timedelta(days=60), actor=panel.account(), now=IN_TIME)


def test_close_moves_to_a_later_moment_only() -> None:
    panel = make_panel()
    later = panel.round.closes_at + timedelta(days=2)
    with pytest.raises(RoundRefused):
        extend_close(panel.round, panel.round.closes_at, actor=panel.account(), now=IN_TIME)
    extend_close(panel.round, later, actor=panel.account(), now=IN_TIME)
    with pytest.raises(RoundRefused):
        extend_close(panel.round, later + timedelta(days=1), actor=panel.account(), now=later + timedelta(days=2))
    assert panel.round.closes_at == later


def test_closed_round_takes_scores_again_with_a_reason_and_keeps_its_chain() -> None:
    panel = make_panel(judges=2)
    first = submit(panel.seat(0))
    close_round(panel.round, actor=panel.account(), now=IN_TIME)
    later = IN_TIME + timedelta(days=30)
    with pytest.raises(ReasonMissing):
        reopen_round(panel.round, later + timedelta(days=2), reason=" ", actor=panel.account(), now=later)
    with pytest.raises(RoundRefused, match="after now"):
        reopen_round(panel.round, later, reason="Close at the cut.", actor=panel.account(), now=later)
    reopen_round(panel.round, later + timedelta(days=2), reason="Close at the cut.", actor=panel.account(), now=later)
    assert (panel.round.state, panel.round.scored_at) == (RoundState.OPEN, None)
    second = submit(panel.seat(1), now=later)
    close_round(panel.round, actor=panel.account(), now=later)
    db.session.commit()
    statement = select(RecordedRoot).where(RecordedRoot.kind == RootKind.SCORING).order_by(RecordedRoot.id)
    assert [(root.sha256, root.size) for root in db.session.scalars(statement)] == [
        (first.sha256, 1),
        (second.sha256, 2),
    ]


@pytest.mark.parametrize("state", [RoundState.PLANNED, RoundState.OPEN, RoundState.DECIDED])
def test_only_a_closed_round_takes_scores_again(state: RoundState) -> None:
    panel = make_panel(state=state)
    closes_at = IN_TIME + timedelta(days=2)
    with pytest.raises(RoundRefused):
        reopen_round(panel.round, closes_at, reason="Close at the cut.", actor=panel.account(), now=IN_TIME)


def test_round_whose_results_are_published_stays_closed() -> None:
    panel = make_panel(state=RoundState.SCORED)
    panel.competition.results_published_at = IN_TIME
    db.session.commit()
    closes_at = IN_TIME + timedelta(days=2)
    with pytest.raises(RoundRefused):
        reopen_round(panel.round, closes_at, reason="Close at the cut.", actor=panel.account(), now=IN_TIME)
