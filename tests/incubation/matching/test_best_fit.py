"""The assignment of least cost against trying everything, and on a market as large as ever will be."""

from collections.abc import Iterator, Mapping
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from gtn_events.incubation.matching import Applicant, Host, Market, Reserve
from gtn_events.incubation.matching.best_fit import PLACED, RESERVED, best_fit, cost_of, open_pairs
from tests.incubation.matching.markets import STEADY, HostOf, markets


def fit_of(market: Market) -> dict[tuple[int, int], int]:
    """Return a fit for each wish that depends on both sides and often repeats."""
    return {
        (who, where): (37 * who + 23 * where) % 5 * 25
        for who, each in enumerate(market.applicants)
        for where in each.wishes
    }


def price(market: Market, host_of: HostOf, fit: Mapping[tuple[int, int], int]) -> int | None:
    """Return what an assignment costs, None where a rule forbids it."""
    total = 0
    for where, host in enumerate(market.hosts):
        guests = [who for who, at in enumerate(host_of) if at == where]
        people = [market.applicants[who] for who in guests]
        economies, sectors = [each.economy for each in people], [each.sector for each in people]
        if len(guests) > host.places:
            return None
        if host.economy_cap is not None and any(economies.count(each) > host.economy_cap for each in economies):
            return None
        if host.sector_cap is not None and any(sectors.count(each) > host.sector_cap for each in sectors):
            return None
        for rule in host.reserves:
            others = sum(rule.trait not in each.traits for each in people)
            total += RESERVED * max(others - max(host.places - rule.places, 0), 0)
        total += sum(cost_of(market, (who, where), fit) - PLACED for who in guests)
    return total


def possible(market: Market) -> Iterator[HostOf]:
    """Yield every way to send applicants to hosts that they wished for and may go to."""
    pairs = open_pairs(market)
    yield from product(*([None, *(where for at, where in pairs if at == who)] for who in range(len(market.applicants))))


@STEADY
@given(markets(guaranteed=False))
def test_no_assignment_costs_less(market: Market) -> None:
    fit = fit_of(market)
    prices = [found for each in possible(market) if (found := price(market, each, fit)) is not None]
    assert price(market, best_fit(market, fit).host_of, fit) == min(prices)


@settings(STEADY, max_examples=30)
@given(markets(guaranteed=False), st.data())
def test_settled_places_stay(market: Market, data: st.DataObject) -> None:
    before = best_fit(market, fit_of(market))
    settled = {who: where for who, where in enumerate(before.host_of) if where is not None and data.draw(st.booleans())}
    kept = Market(market.applicants, market.hosts, market.seed, market.blocked, settled)
    after = best_fit(kept, fit_of(market))
    assert {who: after.host_of[who] for who in settled} == settled


def test_the_lottery_decides_who_of_two_alike_is_placed() -> None:
    both = tuple(Applicant(key, (0,)) for key in ("a", "b"))
    placed = {
        seed: best_fit(Market(both, (Host(1, ()),), seed), {(0, 0): 50, (1, 0): 50}).host_of.index(0)
        for seed in ("one", "two", "three", "four")
    }
    assert placed == {seed: Market(both, (), seed).lots.index(0) for seed in placed}
    assert set(placed.values()) == {0, 1}


def test_a_reserve_is_kept_unless_somebody_else_would_be_left_without_a_place() -> None:
    women = frozenset({"women-led"})
    two = (Applicant("a", (0, 1), traits=women), Applicant("b", (0,)))
    hosts = (Host(1, (), reserves=(Reserve("women-led", 1),)), Host(1, ()))
    fit = {(0, 0): 10, (0, 1): 90, (1, 0): 90}
    assert best_fit(Market(two, hosts, "seed"), fit).host_of == (1, 0)
    one_host = (Applicant("a", (0,), traits=women), Applicant("b", (0,)))
    assert best_fit(Market(one_host, hosts[:1], "seed"), {(0, 0): 10, (1, 0): 90}).host_of == (0, None)
