"""An entry that is withdrawn or found not eligible while it is judged is left out everywhere, from that moment."""

import pytest
from sqlalchemy import select

from gtn_events.competition.domain.given import Given
from gtn_events.competition.domain.ranking import Computed, keep_result, ranking_task
from gtn_events.competition.domain.round_state import open_round
from gtn_events.competition.domain.scorecards import change_after_submission, save_draft, submit_scorecard
from gtn_events.competition.enums import EntryState, RoundState
from gtn_events.competition.errors import RoundRefused, TransitionRefused
from gtn_events.competition.models import RankingRow, Scorecard
from gtn_events.competition.queries.decisions import candidates_of
from gtn_events.competition.queries.judge_queue import queue_of
from gtn_events.competition.queries.judging import waiting_of_account
from gtn_events.competition.queries.progress import counts_of, entry_rows, given_up, submitted_since
from gtn_events.competition.queries.rounds import entry_counts, seat_counts
from gtn_events.competition.results.ranking import compute_ranking
from gtn_events.core.db import db
from tests.competition.panels import FULL, IN_TIME, OPENED_AT, Panel, give_up, make_panel, submit

pytestmark = pytest.mark.usefixtures("database")
GONE = pytest.mark.parametrize("state", [EntryState.WITHDRAWN, EntryState.INELIGIBLE])


def leave(panel: Panel, state: EntryState = EntryState.WITHDRAWN, entry: int = 0) -> None:
    """Let an entry of the panel leave the competition."""
    panel.entries[entry].state = state
    db.session.commit()


@GONE
def test_it_is_on_no_desk_and_waits_for_nobody(state: EntryState) -> None:
    panel = make_panel(entries=3)
    give_up(panel.seat(0, 2))
    leave(panel, state, entry=0)
    leave(panel, state, entry=2)
    queue = queue_of(panel.judges[0], panel.round)
    assert ([seat.entry_id for seat in queue.seats], queue.total) == ([panel.entries[1].id], 1)
    assert [count for _competition, _round, count in waiting_of_account(panel.account())] == [1]


@GONE
def test_it_takes_no_draft_and_no_scorecard_from_a_page_that_was_open(state: EntryState) -> None:
    panel = make_panel(entries=2)
    submit(panel.seat(0, 1))
    leave(panel, state, entry=0)
    leave(panel, state, entry=1)
    with pytest.raises(TransitionRefused, match="not judged any more"):
        save_draft(panel.seat(0, 0), Given({"impact": 2}), seen=0, actor=panel.account(), now=IN_TIME)
    with pytest.raises(TransitionRefused, match="not judged any more"):
        submit_scorecard(panel.seat(0, 0), FULL, actor=panel.account(), now=IN_TIME)
    with pytest.raises(TransitionRefused, match="not judged any more"):
        change_after_submission(
            panel.seat(0, 1), Given({"impact": 1, "market": 1}), reason="x", seen=1, actor=panel.account(), now=IN_TIME
        )
    assert len(db.session.scalars(select(Scorecard)).all()) == 1


@GONE
def test_it_counts_in_no_figure_of_the_progress(state: EntryState) -> None:
    panel = make_panel(judges=2, entries=3)
    submit(panel.seat(0, 0))
    give_up(panel.seat(1, 0))
    leave(panel, state)
    assert (counts_of(panel.round).submitted, counts_of(panel.round).total) == (0, 4)
    assert submitted_since(panel.round, OPENED_AT) == 0
    assert given_up(panel.round) == []
    assert len(db.session.execute(entry_rows(panel.round)).all()) == 2


def test_it_needs_no_seats_in_the_list_of_rounds() -> None:
    panel = make_panel(judges=2, entries=3)
    leave(panel)
    assert entry_counts(panel.competition) == {panel.round.id: 2}
    assert seat_counts(panel.competition) == {panel.round.id: 4}


def test_a_round_whose_only_seats_are_for_it_is_not_opened() -> None:
    panel = make_panel(state=RoundState.PLANNED)
    leave(panel)
    with pytest.raises(RoundRefused, match="released"):
        open_round(panel.round, actor=panel.account(), now=OPENED_AT)


def test_a_ranking_is_kept_when_it_leaves_while_a_worker_computes() -> None:
    panel = make_panel(judges=2, entries=3)
    for judge in range(2):
        for entry in range(3):
            submit(panel.seat(judge, entry))
    panel.round.state = RoundState.SCORED
    db.session.commit()
    ranking = compute_ranking(ranking_task(panel.round))
    leave(panel)
    computed = Computed(ranking.rows, ranking.facts, panel.round.chain_head, panel.round.chain_length)
    version = keep_result(panel.round, computed, reason="", actor=None, now=IN_TIME)
    assert len(db.session.scalars(select(RankingRow)).all()) == 3
    assert {row.entry_id for row in candidates_of(version)} == {panel.entries[1].id, panel.entries[2].id}
