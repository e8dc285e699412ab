"""What is published of a match: enough to make it again, and no more."""

from hypothesis import given

from gtn_events.incubation.matching import Applicant, Host, Market, blocking_pairs, match
from gtn_events.incubation.matching.published import market_from_json, market_to_json, needed_of
from tests.incubation.matching.markets import STEADY, markets

KEYS = ("korat", "kyushu", "cebu")


def got_in(market: Market) -> dict[str, str]:
    """Each placed applicant's host, by their keys."""
    placed = zip(market.applicants, match(market).host_of, strict=True)
    return {applicant.key: KEYS[host] for applicant, host in placed if host is not None}


@given(markets(guaranteed=False))
@STEADY
def test_the_published_part_of_a_market_gives_the_same_match_and_the_same_pairs(market: Market) -> None:
    stored = market_to_json(market, KEYS[: len(market.hosts)])
    again = market_from_json(needed_of(stored, got_in(market), hosts_rank=True), seed=market.seed)
    assert got_in(again) == got_in(market)
    assert blocking_pairs(again, match(again)) == blocking_pairs(market, match(market))


def test_what_was_never_asked_is_not_published() -> None:
    market = Market(
        applicants=(
            Applicant("first", (0, 1), "PE", "energy", frozenset({"women-led"})),
            Applicant("second", (0, 1), "VN", "water"),
            # Given a place by hand, at a host that it had not named.
            Applicant("settled", (0,), "INA", "water"),
        ),
        hosts=(Host(1, ((0,), (1, 2))), Host(2, ((0, 1, 2),))),
        seed="one",
        blocked=frozenset({(0, 1)}),
        kept={2: 1},
    )
    public = needed_of(market_to_json(market, KEYS[:2]), got_in(market), hosts_rank=True)
    assert [each["wishes"] for each in public["applicants"]] == [["korat"], ["korat", "kyushu"], []]
    assert [each["ranking"] for each in public["hosts"]] == [[["first"], ["second"]], [["second"]]]
    assert public["blocked"] == []
    assert {(*each["traits"], each["sector"]) for each in public["applicants"]} == {("",)}


def test_where_every_wish_weighs_all_of_them_are_published() -> None:
    market = Market(applicants=(Applicant("first", (0, 1)),), hosts=(Host(1, ()), Host(1, ())), seed="one")
    public = needed_of(market_to_json(market, KEYS[:2]), {"first": "korat"}, hosts_rank=False)
    assert public["applicants"][0]["wishes"] == ["korat", "kyushu"]
