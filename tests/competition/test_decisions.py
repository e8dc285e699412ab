"""Who goes on from a round: the rule tried and applied, undone, handed on, promoted, and the chair's vote."""

from typing import Any

import pytest
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.competition.domain.decisions import (
    chair_order,
    decide_round,
    promote,
    simulate_cut,
    take_into_next,
    undo_decision,
)
from gtn_events.competition.enums import EntryState, RoundState, Standing
from gtn_events.competition.errors import ReasonMissing, ResultRefused
from gtn_events.competition.models import RoundEntry
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.journal import JournalEntry
from tests.competition.factories import make_assignment, make_round
from tests.competition.panels import Panel
from tests.competition.results_rounds import CLOSED_AT, compute, make_scored_round
from tests.factories import make_account

CUT = {"top": 1, "threshold": None, "per_category": False, "at_most_per_economy": None, "reserve": 1}


@pytest.fixture
def organiser(database: None) -> Account:
    return make_account("organiser@gtn.example")


def standings(panel: Panel) -> list[Standing]:
    rows = db.session.scalars(select(RoundEntry).where(RoundEntry.round_id == panel.round.id).order_by(RoundEntry.id))
    return [row.standing for row in rows]


def decided(organiser: Account, **values: Any) -> Panel:
    panel = make_scored_round(**values)
    compute(panel)
    decide_round(panel.round, seen=1, actor=organiser, now=CLOSED_AT)
    db.session.commit()
    return panel


def row_of(panel: Panel, index: int) -> RoundEntry:
    entry = panel.entries[index]
    return db.session.scalars(
        select(RoundEntry).where(RoundEntry.round_id == panel.round.id, RoundEntry.entry_id == entry.id)
    ).one()


def test_trying_the_rule_changes_nothing(organiser: Account) -> None:
    panel = make_scored_round()
    found = simulate_cut(panel.round, compute(panel))
    assert [each.standing for each in found] == [Standing.ADVANCED, Standing.RESERVE, Standing.OUT]
    assert standings(panel) == [Standing.IN] * 3


def test_decision_gives_each_entry_its_standing_with_the_reason(organiser: Account) -> None:
    panel = decided(organiser)
    assert (panel.round.state, panel.round.decided_at) == (RoundState.DECIDED, CLOSED_AT)
    assert standings(panel) == [Standing.ADVANCED, Standing.RESERVE, Standing.OUT]
    assert [(row_of(panel, each).reason, row_of(panel, each).reason_number) for each in range(3)] == [
        ("place", 1),
        ("reserve", 1),
        ("places-full", 1),
    ]


def test_economy_limit_lets_the_next_economy_in(organiser: Account) -> None:
    panel = make_scored_round(cut=CUT | {"top": 2, "at_most_per_economy": 1, "reserve": 0})
    panel.entries[2].economy_code = "CHL"
    db.session.commit()
    found = simulate_cut(panel.round, compute(panel))
    assert [each.standing for each in found] == [Standing.ADVANCED, Standing.OUT, Standing.ADVANCED]


def test_withdrawn_entry_gives_its_place_to_the_next(organiser: Account) -> None:
    panel = make_scored_round()
    compute(panel)
    panel.entries[0].state = EntryState.WITHDRAWN
    db.session.commit()
    decide_round(panel.round, seen=1, actor=organiser, now=CLOSED_AT)
    assert standings(panel) == [Standing.OUT, Standing.ADVANCED, Standing.RESERVE]


def test_decision_on_an_older_version_is_refused(organiser: Account) -> None:
    panel = make_scored_round()
    compute(panel)
    compute(panel, reason="An appeal was granted.")
    with pytest.raises(Stale):
        decide_round(panel.round, seen=1, actor=organiser, now=CLOSED_AT)
    assert panel.round.state is RoundState.SCORED


def test_round_without_ranking_cannot_be_decided(organiser: Account) -> None:
    panel = make_scored_round()
    with pytest.raises(ResultRefused):
        decide_round(panel.round, seen=0, actor=organiser, now=CLOSED_AT)


def test_entries_that_go_on_come_into_the_next_round_once(organiser: Account) -> None:
    panel = decided(organiser)
    final = make_round(panel.competition, title="Final")
    assert take_into_next(panel.round, actor=organiser, now=CLOSED_AT) == 1
    db.session.commit()
    assert take_into_next(panel.round, actor=organiser, now=CLOSED_AT) == 0
    assert [row.entry_id for row in final.round_entries] == [panel.entries[0].id]


def test_undoing_empties_the_next_round_and_keeps_the_reason(organiser: Account) -> None:
    panel = decided(organiser)
    final = make_round(panel.competition, title="Final")
    take_into_next(panel.round, actor=organiser, now=CLOSED_AT)
    undo_decision(panel.round, reason="A scorecard was entered twice.", actor=organiser, now=CLOSED_AT)
    db.session.commit()
    db.session.refresh(final)
    assert (panel.round.state, standings(panel), final.round_entries) == (RoundState.SCORED, [Standing.IN] * 3, [])
    journal = db.session.scalars(select(JournalEntry).where(JournalEntry.action == "decision undone")).one()
    assert journal.reason == "A scorecard was entered twice."


def test_decision_stands_once_the_next_round_has_seats(organiser: Account) -> None:
    panel = decided(organiser)
    final = make_round(panel.competition, panel.entries[:1], title="Final")
    make_assignment(final, panel.entries[0], panel.judges[0])
    with pytest.raises(ResultRefused, match="Final has begun"):
        undo_decision(panel.round, reason="Late.", actor=organiser, now=CLOSED_AT)
    with pytest.raises(ReasonMissing):
        undo_decision(panel.round, reason=" ", actor=organiser, now=CLOSED_AT)


def test_published_decision_is_neither_undone_nor_changed(organiser: Account) -> None:
    panel = decided(organiser)
    panel.competition.results_published_at = CLOSED_AT
    db.session.commit()
    with pytest.raises(ResultRefused, match="published"):
        undo_decision(panel.round, reason="Late.", actor=organiser, now=CLOSED_AT)
    with pytest.raises(ResultRefused, match="published"):
        promote(row_of(panel, 1), reason="Late.", actor=organiser, now=CLOSED_AT)


def test_reserve_is_promoted_with_a_reason_and_only_from_the_list(organiser: Account) -> None:
    panel = decided(organiser)
    with pytest.raises(ReasonMissing):
        promote(row_of(panel, 1), reason="", actor=organiser, now=CLOSED_AT)
    promote(row_of(panel, 1), reason="The first one withdrew.", actor=organiser, now=CLOSED_AT)
    assert (row_of(panel, 1).reason, row_of(panel, 1).departure) == ("reserve", "The first one withdrew.")
    with pytest.raises(ResultRefused, match="not on the reserve list"):
        promote(row_of(panel, 2), reason="No.", actor=organiser, now=CLOSED_AT)
    assert standings(panel) == [Standing.ADVANCED, Standing.ADVANCED, Standing.OUT]


@pytest.mark.parametrize("places", [{"a": 1, "b": 1}, {"a": 1}, {"a": 0, "b": 1}, {"a": 2, "b": 3}])
def test_vote_of_the_chair_needs_one_place_for_each(places: dict[str, int]) -> None:
    with pytest.raises(ResultRefused):
        chair_order(["a", "b"], places, [])


def test_vote_of_the_chair_keeps_earlier_votes() -> None:
    assert chair_order(["a", "b"], {"a": 2, "b": 1}, ["x", "a", "y"]) == ["x", "y", "b", "a"]
