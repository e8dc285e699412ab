"""A match is the best stable one for every applicant, and honest wishes are the best wishes."""

from dataclasses import replace
from itertools import chain, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from gtn_events.incubation.matching import Applicant, Host, Market, Reserve, blocking_pairs, choose, match, open_market
from tests.incubation.matching.markets import (
    STEADY,
    best_choice,
    is_stable,
    markets,
    place_of,
    stable_matchings,
)


@settings(STEADY, max_examples=300)
@given(market=markets())
def test_match_is_best_of_all_stable_ones_for_every_applicant(market: Market) -> None:
    found = match(market).host_of
    stable = list(stable_matchings(market))

    assert found in stable
    for who, applicant in enumerate(market.applicants):
        assert place_of(applicant, found[who]) == min(place_of(applicant, other[who]) for other in stable)


@settings(STEADY, max_examples=200)
@given(market=markets(), data=st.data())
def test_no_applicant_gains_by_other_wishes(market: Market, data: st.DataObject) -> None:
    who = data.draw(st.integers(0, len(market.applicants) - 1))
    honest = market.applicants[who]
    got = place_of(honest, match(market).host_of[who])
    for wishes in chain.from_iterable(permutations(range(len(market.hosts)), size) for size in range(4)):
        told = [replace(each, wishes=wishes) if each is honest else each for each in market.applicants]
        host = match(replace(market, applicants=tuple(told))).host_of[who]
        if host is None or host in honest.wishes:
            assert place_of(honest, host) >= got


@settings(STEADY, max_examples=300)
@given(market=markets(guaranteed=False))
def test_blocking_pairs_are_counted_truly_whatever_the_rules(market: Market) -> None:
    found = match(market)
    for host, rules in enumerate(market.hosts):
        guests = found.guests(host)
        assert len(guests) <= rules.places
        assert all(market.possible(who, host) for who in guests)
        assert sorted(choose(market, host, guests)) == sorted(guests)
    if all(host.guaranteed for host in market.hosts):
        assert blocking_pairs(market, found) == []
        assert is_stable(market, found.host_of)


@settings(STEADY, max_examples=300)
@given(market=markets(), data=st.data())
def test_guaranteed_host_chooses_the_best_set_and_path_does_not_matter(market: Market, data: st.DataObject) -> None:
    host = data.draw(st.integers(0, len(market.hosts) - 1))
    known = sorted(market.ranks[host])
    some, more = (data.draw(st.sets(st.sampled_from(known))) if known else set() for _ in range(2))

    together = choose(market, host, some | more)

    assert set(together) == best_choice(market, host, some | more)
    assert set(choose(market, host, {*choose(market, host, some), *more})) == set(together)
    assert len(choose(market, host, some)) <= len(together)


def test_host_with_two_kinds_of_caps_may_leave_a_blocking_pair_and_it_is_counted() -> None:
    # Host 0 refuses 1 for its economy's cap, taken by 0; then 2 comes and pushes 0 out by the sector's cap.
    market = Market(
        applicants=(
            Applicant("x", (0,), economy="PE", sector="energy"),
            Applicant("y", (0,), economy="PE", sector="water"),
            Applicant("z", (1, 0), economy="VN", sector="energy"),
            Applicant("w", (1,), economy="CHL", sector="water"),
        ),
        hosts=(
            Host(2, ((2,), (0,), (1,)), economy_cap=1, sector_cap=1),
            Host(1, ((3,), (2,))),
        ),
        seed="any",
    )

    found = match(market)

    assert found.host_of == (None, None, 0, 1)
    assert blocking_pairs(market, found) == [(1, 0)]
    assert [host.guaranteed for host in market.hosts] == [False, True]


def test_lottery_decides_between_those_ranked_alike() -> None:
    applicants = tuple(Applicant(f"A-{number}", (0,)) for number in range(5))
    markets_of_seeds = [Market(applicants, (Host(1, (tuple(range(5)),)),), seed=seed) for seed in "abcdefgh"]

    winners = {match(market).host_of.index(0) for market in markets_of_seeds}

    assert len(winners) > 1


def test_only_the_open_market_is_matched_again() -> None:
    # 0 declines host 0. 2 waits for it; 1, who would rather be there as well, keeps host 1.
    market = Market(
        applicants=(Applicant("a", (0,)), Applicant("b", (0, 1)), Applicant("c", (0,))),
        hosts=(Host(1, ((0,), (1,), (2,))), Host(1, ((1,),))),
        seed="any",
    )
    first = match(market)

    again = open_market(market, first, declined={0})
    second = match(again)

    assert first.host_of == (0, 1, None)
    assert second.host_of == (None, 1, 0)
    assert blocking_pairs(again, second) == []


def test_settled_places_count_for_caps_and_reserves() -> None:
    women = frozenset({"women_led"})
    applicants = (
        Applicant("a", (0,), economy="PE", traits=women),
        Applicant("b", (0,), economy="PE"),
        Applicant("c", (0,), economy="VN"),
        Applicant("d", (0,), economy="VN", traits=women),
    )
    ranking = ((0,), (1,), (2,), (3,))
    capped = Market(applicants, (Host(2, ranking, economy_cap=1),), seed="any", kept={0: 0})
    reserved = Market(applicants, (Host(2, ranking, reserves=(Reserve("women_led", 1),)),), seed="any", kept={0: 0})

    assert match(capped).host_of == (0, None, 0, None)
    assert match(reserved).host_of == (0, 0, None, None)


@settings(STEADY, max_examples=200)
@given(market=markets(), data=st.data())
def test_match_after_declines_moves_nobody_and_leaves_no_blocking_pair(market: Market, data: st.DataObject) -> None:
    first = match(market)
    declined = data.draw(st.sets(st.integers(0, len(market.applicants) - 1), max_size=2))
    again = open_market(market, first, declined=declined)

    second = match(again)

    for who, host in enumerate(first.host_of):
        if who in declined:
            assert second.host_of[who] is None
        elif host is not None:
            assert second.host_of[who] == host
    assert blocking_pairs(again, second) == []
    assert all(len(second.guests(host)) <= rules.places for host, rules in enumerate(market.hosts))
