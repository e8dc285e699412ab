"""The published match: run again from its file alone, and what is told about it."""

import json
from datetime import UTC, datetime

import pytest

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.incubation.domain.match_file import match_file, verify_match
from gtn_events.incubation.domain.match_runs import keep_run
from gtn_events.incubation.domain.offers import decline_offer, publish_run
from gtn_events.incubation.enums import MatchingMethod
from gtn_events.incubation.matching import match
from gtn_events.incubation.matching.best_fit import best_fit
from gtn_events.incubation.models import Application, Call, Host, HostRank, Intake, MatchRun
from gtn_events.incubation.queries.market import market_of
from gtn_events.incubation.queries.match import (
    Flow,
    flows_of,
    moved_between,
    published_run,
    ranks_taken,
)
from gtn_events.incubation.queries.offers import latest_offer
from gtn_events.incubation.queries.waiting import Ahead, waiting_before, waiting_lists
from tests.factories import make_account
from tests.incubation.factories import make_application, make_call, make_host, make_intake

NOW = datetime(2027, 6, 14, 3, 0, tzinfo=UTC)
HOMES = {"Rosa": "PE", "Minh": "VN", "Dewi": "INA", "Ines": "CHL"}


@pytest.fixture
def actor(database: None) -> Account:
    return make_account("organiser@gtn.example")


@pytest.fixture
def call(actor: Account) -> Call:
    """Two places in Thailand and one in the Philippines, wanted by four in this order."""
    call = make_call()
    intakes = [make_intake(call, make_host("Korat"), 2), make_intake(call, make_host("Cebu", "PHL"), 1)]
    for place, (name, economy) in enumerate(HOMES.items(), start=1):
        firm = make_account(f"{name}@firm.example", economy_code=economy)
        application = make_application(call, firm, intakes, title=name)
        db.session.add_all(HostRank(intake=each, application=application, tier=place) for each in intakes)
    db.session.commit()
    return call


def run_of(call: Call, actor: Account) -> MatchRun:
    rows = market_of(call)
    stable = call.method is MatchingMethod.STABLE
    matching = match(rows.market) if stable else best_fit(rows.market, rows.fit)
    return keep_run(call, rows, matching, actor=actor, now=NOW)


@pytest.mark.parametrize("method", MatchingMethod)
def test_a_published_match_is_run_again_from_its_file(call: Call, actor: Account, method: MatchingMethod) -> None:
    call.method = method
    run = run_of(call, actor)
    publish_run(run, actor=actor, now=NOW)
    data = match_file(run)
    assert [check.holds for check in verify_match(data, promised=call.lottery_commitment)] == [True] * 4
    assert b"Rosa" not in data
    assert b"firm.example" not in data


def test_another_seed_market_or_result_is_found_out(call: Call, actor: Account) -> None:
    run = run_of(call, actor)
    whole = json.loads(match_file(run))
    first, second = list(whole["matched"])[:2]
    swapped = whole["matched"] | {first: whole["matched"][second], second: whole["matched"][first]}
    market = whole["market"] | {"blocked": [[first, "korat"]]}
    for changed in (
        whole | {"seed": "another"},
        whole | {"market": market},
        whole | {"matched": dict.fromkeys(swapped, "korat")},
        whole | {"blocking_pairs": 1},
        whole | {"format": "gtn-match/0"},
        whole | {"market": 3},
    ):
        checks = verify_match(json.dumps(changed).encode(), promised=call.lottery_commitment)
        assert not all(check.holds for check in checks)
    assert not verify_match(b"\xff")[0].holds
    assert not all(check.holds for check in verify_match(match_file(run), promised="0" * 64))


def test_the_run_that_stands_says_who_goes_where(call: Call, actor: Account) -> None:
    assert published_run(call) is None
    run = run_of(call, actor)
    publish_run(run, actor=actor, now=NOW)
    assert published_run(call) is run
    assert flows_of(run) == [Flow("INA", "PHL", 1), Flow("PE", "THA", 1), Flow("VN", "THA", 1)]
    korat = next(each for each in call.intakes if each.host.name == "Korat")
    assert ranks_taken(run, [korat.id]) == {korat.id: [1, 2]}


def test_two_runs_are_compared(call: Call, actor: Account) -> None:
    before = run_of(call, actor)
    korat = next(each for each in call.intakes if each.host.name == "Korat")
    korat.places = 1
    db.session.flush()
    after = run_of(call, actor)
    moved = [(each.application.title, _name(each.before), _name(each.after)) for each in moved_between(before, after)]
    assert moved == [("Dewi", "Cebu", None), ("Minh", "Korat", "Cebu")]


def test_who_waits_is_told_how_many_stand_before(call: Call, actor: Account) -> None:
    run = run_of(call, actor)
    publish_run(run, actor=actor, now=NOW)
    ines = next(each for each in _applications(call) if each.title == "Ines")
    last = make_application(call, make_account("li@firm.example", economy_code="CT"), call.intakes, title="Li")
    intake: Intake = call.intakes[0]
    db.session.add(HostRank(intake=intake, application=last, tier=9))
    db.session.flush()
    assert waiting_before(ines) == {each.id: Ahead(before=0, alike=0) for each in call.intakes}
    assert waiting_before(last) == {intake.id: Ahead(before=1, alike=0)}
    assert [each.application.title for each in waiting_lists([intake.id])[intake.id]] == ["Ines", "Li"]


def test_who_gave_a_place_back_waits_for_none_and_equals_are_told(call: Call, actor: Account) -> None:
    publish_run(run_of(call, actor), actor=actor, now=NOW)
    rosa, ines = (next(each for each in _applications(call) if each.title == name) for name in ("Rosa", "Ines"))
    decline_offer(latest_offer(rosa) or pytest.fail("no offer"), actor=rosa.account, now=NOW)
    twin = make_application(call, make_account("li@firm.example", economy_code="CT"), call.intakes, title="Li")
    unasked = make_application(call, make_account("bo@firm.example", economy_code="CT"), (), title="Bo")
    intake: Intake = call.intakes[0]
    db.session.add(HostRank(intake=intake, application=twin, tier=4))
    db.session.add(HostRank(intake=intake, application=unasked, tier=1))
    db.session.flush()
    assert waiting_before(rosa) == {}
    assert waiting_before(ines)[intake.id] == Ahead(before=0, alike=1)


def _name(host: Host | None) -> str | None:
    return host.name if host else None


def _applications(call: Call) -> list[Application]:
    run = published_run(call)
    assert run is not None
    return [each.application for each in run.outcomes]
