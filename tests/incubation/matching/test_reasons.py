"""Each applicant is told why each wish above their place was not met."""

import pytest
from hypothesis import given, settings

from gtn_events.incubation.matching import Applicant, Host, Market, Reason, Reserve, match, refusals
from tests.incubation.matching.markets import STEADY, markets, place_of

WOMEN = frozenset({"women_led"})


@settings(STEADY, max_examples=200)
@given(market=markets())
def test_every_higher_wish_has_its_reason(market: Market) -> None:
    found = match(market)

    told = [(each.applicant, each.host) for each in refusals(market, found)]

    assert told == [
        (who, host)
        for who, applicant in enumerate(market.applicants)
        for host in applicant.wishes[: place_of(applicant, found.host_of[who])]
    ]


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        (Host(1, ((0, 1),), economy="PE"), Reason.OWN_ECONOMY),
        (Host(1, ((0,),)), Reason.NOT_RANKED),
        (Host(1, ((0,), (1,))), Reason.RANKED_HIGHER),
        (Host(0, ((0,), (1,))), Reason.NO_PLACES),
        (Host(2, ((0,), (1,)), economy_cap=1), Reason.ECONOMY_CAP),
        (Host(2, ((0,), (1,)), sector_cap=1), Reason.SECTOR_CAP),
        (Host(1, ((1,), (0,)), reserves=(Reserve("women_led", 1),)), Reason.RESERVED),
    ],
)
def test_reason_is_named(host: Host, reason: Reason) -> None:
    applicants = (
        Applicant("a", (0,), economy="PE" if not host.economy else "VN", sector="water", traits=WOMEN),
        Applicant("b", (0,), economy="PE", sector="water"),
    )
    market = Market(applicants, (host,), seed="any")

    told = [each.reason for each in refusals(market, match(market)) if each.applicant == 1]

    assert told == [reason]


def test_declared_block_is_named() -> None:
    market = Market((Applicant("a", (0,)),), (Host(1, ((0,),)),), seed="any", blocked=frozenset({(0, 0)}))

    assert [each.reason for each in refusals(market, match(market))] == [Reason.BLOCKED]


def test_lost_lot_is_named() -> None:
    market = Market((Applicant("a", (0,)), Applicant("b", (0,))), (Host(1, ((0, 1),)),), seed="any")

    assert [each.reason for each in refusals(market, match(market))] == [Reason.LOTTERY]
