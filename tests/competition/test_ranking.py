"""The ranking of a round as versions: what counts, what stays, what a worker writes."""

import subprocess
import sys
from decimal import Decimal

import pytest
from sqlalchemy import select

from gtn_events.competition.domain.ranking import check_ranking, ranking_task
from gtn_events.competition.enums import AssignmentState, EntryState, Method, RoundState
from gtn_events.competition.errors import ReasonMissing, ResultRefused
from gtn_events.competition.models import RankingRow, ResultVersion, Scorecard
from gtn_events.competition.results.ranking import compute_ranking
from gtn_events.core.db import db
from gtn_events.core.jobs import Job, JobState
from gtn_events.core.journal import JournalEntry
from tests.competition.panels import make_panel
from tests.competition.results_rounds import CLOSED_AT, compute, make_scored_round

pytestmark = pytest.mark.usefixtures("database")


def rows_of(version: ResultVersion) -> list[RankingRow]:
    return list(
        db.session.scalars(select(RankingRow).where(RankingRow.result_id == version.id).order_by(RankingRow.rank))
    )


def test_worker_writes_one_row_for_each_entry_in_order_of_rank() -> None:
    panel = make_scored_round()
    version = compute(panel)
    rows = rows_of(version)
    assert [(row.rank, row.entry_id) for row in rows] == [(n, e.id) for n, e in enumerate(panel.entries, start=1)]
    assert (version.number, version.chain_head, version.chain_length) == (1, panel.round.chain_head, 9)
    assert rows[0].raw_mean == Decimal("93.33")
    assert {row.scorecards for row in rows} == {3}


def test_calibrated_round_with_different_judges_says_so_and_gives_intervals() -> None:
    version = compute(make_scored_round(method=Method.CALIBRATED))
    assert version.facts["notices"][0]["code"] == "judges-differ"
    assert [each["judge"] for each in version.facts["severity"]] == [1, 2, 3]
    first = rows_of(version)[0]
    assert first.standard_error is not None
    assert (first.interval_low, first.chance_of_cut is not None) == (1, True)


def test_same_scorecards_give_the_same_ranking_in_any_order() -> None:
    task = ranking_task(make_scored_round().round)
    turned = type(task)(**(vars(task) | {"cards": list(reversed(task.cards))}))
    assert compute_ranking(task) == compute_ranking(turned)


def test_excluded_superseded_and_taken_back_scorecards_do_not_count() -> None:
    panel = make_scored_round()
    cards = list(db.session.scalars(select(Scorecard).order_by(Scorecard.position)))
    cards[0].excluded_at = CLOSED_AT
    cards[1].superseded = True
    panel.seat(2, 0).state = AssignmentState.REMOVED
    panel.entries[2].state = EntryState.WITHDRAWN
    db.session.commit()
    task = ranking_task(panel.round)
    assert (len(task.cards), task.entries) == (3, [entry.reference for entry in panel.entries[:2]])
    assert [row.entry_id for row in rows_of(compute(panel))] == [panel.entries[1].id]


def test_second_computation_is_a_version_of_its_own_and_the_first_stays() -> None:
    panel = make_scored_round()
    first = compute(panel)
    again = compute(panel, reason="An appeal was granted.")
    assert (first.number, again.number, again.reason) == (1, 2, "An appeal was granted.")
    assert (len(rows_of(first)), len(rows_of(again))) == (3, 3)
    reasons = select(JournalEntry.reason).where(JournalEntry.action == "ranking computed").order_by(JournalEntry.id)
    assert list(db.session.scalars(reasons)) == [None, "An appeal was granted."]


def test_second_computation_without_a_reason_changes_nothing() -> None:
    panel = make_scored_round()
    assert compute(panel).id == compute(panel).id
    with pytest.raises(ReasonMissing):
        check_ranking(panel.round, reason=" ")


def test_open_round_is_not_ranked() -> None:
    panel = make_panel()
    with pytest.raises(ResultRefused, match="still takes scores"):
        check_ranking(panel.round, reason="")
    assert panel.round.state is RoundState.OPEN


def test_round_without_scorecards_fails_with_a_sentence() -> None:
    panel = make_scored_round()
    for card in db.session.scalars(select(Scorecard)):
        card.superseded = True
    db.session.commit()
    with pytest.raises(AssertionError):
        compute(panel)
    job = db.session.scalars(select(Job)).one()
    assert (job.state, job.message) == (JobState.FAILED, "The scorecard has no score at all.")


def test_equal_entries_are_placed_by_the_chair_then_the_committed_lot() -> None:
    panel = make_scored_round((((4, 3), (3, 4)),) * 2, method=Method.RAW_MEAN)
    by_lot = rows_of(compute(panel))
    assert by_lot[1].decided_by == "lot"
    turned = [panel.entries[0].reference, panel.entries[1].reference]
    if by_lot[0].entry_id == panel.entries[0].id:
        turned.reverse()
    version = compute(panel, reason="The chair voted.", chair=turned)
    rows = rows_of(version)
    assert ([row.entry.reference for row in rows], rows[1].decided_by) == (turned, "chair")
    assert version.facts["chair"] == turned


def test_rule_of_the_round_says_what_breaks_a_tie() -> None:
    # 64 points each; only in the heaviest criterion one is better than the other.
    panel = make_scored_round((((2, 5), (2, 5)), ((4, 2), (4, 2))), method=Method.RAW_MEAN)
    assert rows_of(compute(panel))[1].decided_by == "criterion:impact"
    panel.round.cut = panel.round.cut | {"ties": ["chair"]}
    db.session.commit()
    version = compute(panel, reason="The rule is the chair's vote.")
    assert (version.facts["steps"], rows_of(version)[1].decided_by) == (["chair"], "lot")


def test_web_process_loads_no_arithmetic() -> None:
    code = "import gtn_events.app, sys; sys.exit('numpy' in sys.modules or 'scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
