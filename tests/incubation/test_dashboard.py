"""What the dashboard counts, and what it does not tell."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given as given_by
from hypothesis import strategies as st

from gtn_events.accounts.models import Account
from gtn_events.incubation.dashboard import Dashboard, dashboard_of
from gtn_events.incubation.enums import ApplicationState, Moment, OfferState, PlacementState
from gtn_events.incubation.models import Call, Intake, Placement
from gtn_events.incubation.outcomes import LEAST, Asked, outcomes_of
from gtn_events.incubation.queries.dashboard import Reach
from tests.factories import make_account
from tests.incubation.factories import make_application, make_call, make_host, make_intake
from tests.incubation.figures_factories import give, make_offer, make_placement, set_at
from tests.queries import count_queries

TODAY = date(2028, 7, 1)
ASKED = [Asked(moment, 5, 4) for moment in Moment]


@pytest.fixture
def call(database: None) -> Call:
    return make_call()


def firm(name: str, economy: str) -> Account:
    return make_account(f"{name}@firm.example", economy_code=economy)


def placed(
    call: Call, intake: Intake, name: str, economy: str = "PE", state: PlacementState = PlacementState.COMPLETED
) -> Placement:
    traits = ["women-led"] if name.startswith("w") else []
    return make_placement(make_application(call, firm(name, economy), [intake], traits=traits), intake, state)


@pytest.fixture
def thailand(call: Call) -> Intake:
    return make_intake(call, make_host(), 5)


@pytest.fixture
def board(call: Call, thailand: Intake) -> Dashboard:
    """One firm in each stage; in Japan one place of three is taken back by a cancelled placement."""
    japan = make_intake(call, make_host("Kyushu Lab", "JPN"), 3)
    make_application(call, firm("sent", "PE"), state=ApplicationState.SUBMITTED)
    make_application(call, firm("gone", "PE"), state=ApplicationState.WITHDRAWN)
    make_application(call, firm("wadmitted", "PE"), traits=["women-led"])
    make_offer(make_application(call, firm("declined", "PE")), thailand, OfferState.DECLINED)
    placed(call, japan, "wcancelled", "VN", PlacementState.CANCELLED)
    placed(call, thailand, "prepares", "VN", PlacementState.PREPARING)
    placed(call, thailand, "agreed", "PE", PlacementState.AGREED)
    placed(call, thailand, "wruns", "PE", PlacementState.RUNNING)
    placed(call, japan, "early", "PE", PlacementState.ENDED_EARLY)
    placed(call, japan, "wover", "CHL", PlacementState.COMPLETED)
    return dashboard_of(Reach((call.id,)), today=TODAY)


def test_every_application_is_counted_at_each_stage_that_it_reached(board: Dashboard) -> None:
    assert [(row.count, row.women) for row in board.stages] == [
        (10, 4),
        (8, 4),
        (7, 3),
        (6, 3),
        (4, 2),
        (3, 2),
        (1, 1),
    ]


def test_a_place_is_filled_when_a_firm_has_accepted_it(board: Dashboard) -> None:
    assert [(host.name, host.places, host.filled, host.free) for host in board.hosts] == [
        ("Korat Green Incubator", 5, 3, 2),
        ("Kyushu Lab", 3, 2, 1),
    ]
    assert (board.places, board.filled) == (8, 5)


def test_flows_lead_from_the_firms_economy_to_the_hosts(board: Dashboard) -> None:
    assert board.flows == {("VN", "THA"): 1, ("PE", "THA"): 2, ("PE", "JPN"): 1, ("CHL", "JPN"): 1}
    assert (board.senders, board.receivers) == (["CHL", "PE", "VN"], ["JPN", "THA"])


def test_a_coordinator_counts_only_the_own_economy(call: Call, board: Dashboard) -> None:
    own = dashboard_of(Reach((call.id,), "CHL"), today=TODAY)
    assert [row.count for row in own.stages] == [1] * 7
    assert (own.hosts, own.flows) == ([], {("CHL", "JPN"): 1})
    japan = dashboard_of(Reach((call.id,), "JPN"), today=TODAY)
    assert [row.count for row in japan.stages] == [0] * 7
    assert ([host.name for host in japan.hosts], japan.flows) == (["Kyushu Lab"], {("PE", "JPN"): 1, ("CHL", "JPN"): 1})


def test_a_call_without_applications_is_a_row_of_noughts(call: Call) -> None:
    board = dashboard_of(Reach((call.id,)), today=TODAY)
    assert [(each.title, sum(each.counts)) for each in board.cohorts] == [("Co-incubation 2027", 0)]
    assert dashboard_of(Reach(()), today=TODAY).cohorts == []


def test_answers_are_told_of_the_sets_that_are_due_or_given(call: Call, thailand: Intake) -> None:
    one, other = placed(call, thailand, "one"), placed(call, thailand, "other")
    give(set_at(one, Moment.START))
    give(set_at(other, Moment.AFTER_12))
    board = dashboard_of(Reach((call.id,)), today=TODAY)
    assert [(each.due, each.given) for each in board.asked] == [(2, 1), (2, 0), (2, 0), (1, 1), (0, 0)]


def test_changes_are_over_the_same_firms_and_what_is_not_known_is_no_nought(call: Call, thailand: Intake) -> None:
    placements = [placed(call, thailand, f"firm{number}") for number in range(4)]
    for placement, revenue in zip(placements, ("100", "200", "300", "1000000"), strict=True):
        give(set_at(placement, Moment.START), {"revenue": revenue})
    for placement, revenue in zip(placements, ("150", "180", "400", None), strict=True):
        give(set_at(placement, Moment.AFTER_6), {"revenue": revenue})
    revenue = dashboard_of(Reach((call.id,)), today=TODAY).outcomes[0]
    start, after = revenue.levels[0], revenue.levels[2]
    assert (start.given, start.due, start.total, start.middle) == (4, 4, Decimal(1000600), Decimal(250))
    assert (after.given, after.due, after.total, after.middle) == (3, 4, Decimal(730), Decimal(180))
    change = revenue.changes[1]
    assert (change.firms, change.before, change.after, change.middle) == (3, 600, 730, 50)


def test_what_fewer_than_three_firms_gave_is_not_told() -> None:
    sets = [(number, Moment.START, {"revenue": "7"}) for number in range(LEAST - 1)]
    level = outcomes_of(sets, ASKED)[0].levels[0]
    assert (level.given, level.total, level.middle) == (2, None, None)


@given_by(st.dictionaries(st.integers(0, 9), st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=LEAST))
def test_a_change_does_not_depend_on_firms_that_answered_once(both: dict[int, tuple[int, int]]) -> None:
    sets = [
        (number, moment, {"revenue": str(value)})
        for number, values in both.items()
        for moment, value in zip((Moment.START, Moment.AFTER_24), values, strict=True)
    ]
    once = [(100 + number, Moment.START, {"revenue": "999999"}) for number in range(5)]
    alone, among = (outcomes_of(each, ASKED)[0].changes[-1] for each in (sets, sets + once))
    assert alone == among
    assert alone.after is not None
    assert alone.before is not None
    assert alone.after - alone.before == sum(later - start for start, later in both.values())


def test_the_dashboard_asks_the_database_as_often_for_many_as_for_few(call: Call, thailand: Intake) -> None:
    reach = Reach((call.id,))
    placed(call, thailand, "first")
    with count_queries() as few:
        dashboard_of(reach, today=TODAY)
    for number in range(6):
        give(set_at(placed(call, thailand, f"more{number}"), Moment.START))
    with count_queries() as many:
        dashboard_of(reach, today=TODAY)
    counts = [sum(each.startswith("SELECT") for each in queries) for queries in (few, many)]
    assert counts == [6, 6]
