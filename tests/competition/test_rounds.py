"""Rounds: who comes in, what can still be changed, and when one can go."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.competition.domain.rounds import Cut, RoundDetails, add_round, delete_round, edit_round, take_entries
from gtn_events.competition.enums import AssignmentState, EntryState, Method, RoundState, Standing
from gtn_events.competition.errors import RoundRefused
from gtn_events.competition.models import Assignment, Competition, Round, RoundEntry
from gtn_events.competition.results.lot import commitment
from gtn_events.core.db import db
from tests.competition.factories import make_assignment, make_competition, make_entry, make_judge, make_round
from tests.factories import make_account

NOW = datetime(2013, 6, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def actor(database: None) -> Account:
    return make_account("organiser@gtn.example")


@pytest.fixture
def competition(actor: Account) -> Competition:
    return make_competition()


def details(**values: object) -> RoundDetails:
    opens_at = NOW + timedelta(days=1)
    given = {"title": "Review", "opens_at": opens_at, "closes_at": opens_at + timedelta(days=9)} | values
    return RoundDetails(**given)  # type: ignore[arg-type]  # values of several types by name


def titles(round_: Round) -> list[str]:
    return [each.entry.title for each in sorted(round_.round_entries, key=lambda each: each.id)]


def test_rounds_are_numbered_and_promise_their_seed(competition: Competition, actor: Account) -> None:
    added = [add_round(competition, details(), actor=actor, now=NOW) for _again in range(2)]
    assert [each.number for each in added] == [1, 2]
    assert all(each.lot_commitment == commitment(each.lot_seed) for each in added)
    assert added[0].lot_seed != added[1].lot_seed


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"closes_at": NOW}, "closes_at"),
        ({"judges_per_entry": 0}, "judges_per_entry"),
        ({"at_most_of_economy": 0}, "at_most_of_economy"),
        ({"cut": Cut(per_category=True)}, "top"),
    ],
)
def test_a_round_that_breaks_a_rule_is_refused_at_its_field(
    competition: Competition, actor: Account, values: dict[str, object], field: str
) -> None:
    with pytest.raises(RoundRefused) as refused:
        add_round(competition, details(**values), actor=actor, now=NOW)
    assert refused.value.field == field


def test_an_opened_round_keeps_its_rules(competition: Competition, actor: Account) -> None:
    opened = make_round(competition, state=RoundState.OPEN)
    with pytest.raises(RoundRefused):
        edit_round(opened, details(judges_per_entry=5), actor=actor, now=NOW)


def test_a_frozen_method_stays_even_while_planned(competition: Competition, actor: Account) -> None:
    planned = make_round(competition, method_frozen_at=NOW)
    with pytest.raises(RoundRefused) as refused:
        edit_round(planned, details(method=Method.MEDIAN), actor=actor, now=NOW)
    assert refused.value.field == "method"


def test_admitted_entries_come_into_the_first_round_and_again_only_new_ones(
    competition: Competition, actor: Account
) -> None:
    first = add_round(competition, details(), actor=actor, now=NOW)
    make_entry(competition, actor, "Rice husk")
    make_entry(competition, actor, "Late one", state=EntryState.LATE)
    assert take_entries(first, actor=actor, now=NOW).added == 1
    make_entry(competition, actor, "Salt battery")
    assert take_entries(first, actor=actor, now=NOW).added == 1
    assert take_entries(first, actor=actor, now=NOW).added == 0
    assert titles(first) == ["Rice husk", "Salt battery"]


def test_entries_no_longer_admitted_leave_a_planned_round_with_their_planned_seats(
    competition: Competition, actor: Account
) -> None:
    entry = make_entry(competition, actor)
    first = make_round(competition, [entry])
    make_assignment(first, entry, make_judge(competition, actor), AssignmentState.PLANNED)
    entry.state = EntryState.WITHDRAWN
    db.session.flush()
    assert take_entries(first, actor=actor, now=NOW).removed == 1
    assert (titles(first), list(db.session.scalars(select(Assignment)))) == ([], [])


def test_only_what_advanced_comes_into_a_later_round_once_the_one_before_is_decided(
    competition: Competition, actor: Account
) -> None:
    entries = [make_entry(competition, actor, title) for title in ("Rice husk", "Salt battery", "Kiln")]
    first = make_round(competition, entries)
    second = make_round(competition, title="Final")
    with pytest.raises(RoundRefused):
        take_entries(second, actor=actor, now=NOW)
    standings = (Standing.ADVANCED, Standing.OUT, Standing.ADVANCED)
    rows = db.session.scalars(select(RoundEntry).where(RoundEntry.round_id == first.id).order_by(RoundEntry.entry_id))
    for row, standing in zip(rows, standings, strict=True):
        row.standing = standing
    first.state = RoundState.DECIDED
    entries[2].state = EntryState.WITHDRAWN
    db.session.flush()
    assert take_entries(second, actor=actor, now=NOW).added == 1
    assert titles(second) == ["Rice husk"]


def test_a_round_goes_only_while_planned_and_empty(competition: Competition, actor: Account) -> None:
    full = make_round(competition, [make_entry(competition, actor)])
    opened = make_round(competition, state=RoundState.OPEN)
    empty = make_round(competition)
    for stays in (full, opened):
        with pytest.raises(RoundRefused):
            delete_round(stays, actor=actor, now=NOW)
    delete_round(empty, actor=actor, now=NOW)
    assert list(db.session.scalars(select(Round.number).order_by(Round.number))) == [1, 2]
