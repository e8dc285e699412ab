"""What a host's tiers mean in the match: tier 1 is best, equals are drawn, no tier at all is never matched."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import permutations

import pytest
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.incubation.domain.host_ranking import keep_order, ranking_of, refuse_to_take, take_back_refusal
from gtn_events.incubation.domain.weak_order import WeakOrder
from gtn_events.incubation.matching import Reason, match, refusals
from gtn_events.incubation.models import Application, Call, HostRank, Intake
from gtn_events.incubation.queries.host_desk import desk_of
from gtn_events.incubation.queries.market import MarketRows, market_of
from tests.factories import make_account
from tests.incubation.factories import make_application, make_call, make_host, make_intake

IN_REVIEW = datetime(2027, 6, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def manager(database: None) -> Account:
    return make_account("manager@host.example", economy_code="THA")


@pytest.fixture
def call(database: None) -> Call:
    return make_call()


@pytest.fixture
def korat(call: Call) -> Intake:
    return make_intake(call, make_host())


@pytest.fixture
def firms(call: Call, korat: Intake) -> list[Application]:
    """Three firms that would all go to the one place."""
    return [
        make_application(call, make_account(f"firm{number}@gtn.example"), [korat], f"Firm {number}")
        for number in range(3)
    ]


def review(intake: Intake, manager: Account, *tiers: Sequence[Application]) -> None:
    """Put applications into tiers as a host does, the first tier the best."""
    order = WeakOrder(tuple(tuple(each.id for each in tier) for tier in tiers))
    keep_order(intake, order, desk_of(intake, manager.id), actor=manager, now=IN_REVIEW)
    db.session.commit()


def placed(rows: MarketRows) -> list[int]:
    """The ids of the applications that have a host."""
    found = match(rows.market).host_of
    return [id_ for id_, host in zip(rows.applications, found, strict=True) if host is not None]


def why_not(rows: MarketRows, application: Application) -> list[Reason]:
    """Why each host that an application named was not possible."""
    who = rows.applications.index(application.id)
    return [each.reason for each in refusals(rows.market, match(rows.market)) if each.applicant == who]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_first_tier_of_the_review_wins_the_place(
    korat: Intake, manager: Account, firms: list[Application], order: tuple[int, ...]
) -> None:
    review(korat, manager, *([firms[number]] for number in order))
    stored = {rank.application_id: rank.tier for rank in db.session.scalars(select(HostRank))}
    assert [stored[firms[number].id] for number in order] == [1, 2, 3]
    assert placed(market_of(korat.call)) == [firms[order[0]].id]


def test_equals_are_drawn_by_the_lottery_and_by_nothing_else(
    korat: Intake, manager: Account, firms: list[Application]
) -> None:
    review(korat, manager, firms[1:], firms[:1])
    winners = set()
    for number in range(64):
        korat.call.lottery_seed = f"seed {number}"
        rows = market_of(korat.call)
        lots = dict(zip(rows.applications, rows.market.lots, strict=True))
        best = min(firms[1:], key=lambda each: lots[each.id])
        assert placed(rows) == [best.id]
        winners.add(best.id)
    assert winners == {firms[1].id, firms[2].id}


def test_neither_unranked_nor_not_acceptable_is_placed_though_a_place_stays_free(
    korat: Intake, manager: Account, firms: list[Application]
) -> None:
    korat.places = 3
    refused, ranked, unranked = firms
    review(korat, manager, [ranked])
    refuse_to_take(korat, refused, reason="No customer yet.", actor=manager, now=IN_REVIEW)
    rows = market_of(korat.call)
    assert placed(rows) == [ranked.id]
    assert why_not(rows, refused) == why_not(rows, unranked) == [Reason.NOT_RANKED]
    desk = ranking_of(desk_of(korat, manager.id))
    assert [row.application for row in desk.not_acceptable] == [refused]
    assert [row.application for row in desk.to_place] == [unranked]


def test_a_refusal_that_is_taken_back_waits_for_a_place_again(
    korat: Intake, manager: Account, firms: list[Application]
) -> None:
    refused, *others = firms
    review(korat, manager, [refused], others)
    refuse_to_take(korat, refused, reason="No customer yet.", actor=manager, now=IN_REVIEW)
    assert refused.id not in placed(market_of(korat.call))
    take_back_refusal(korat, refused, actor=manager, now=IN_REVIEW)
    assert refused.id not in placed(market_of(korat.call))
    review(korat, manager, [refused], others)
    assert placed(market_of(korat.call)) == [refused.id]


def test_gaps_between_tiers_do_not_matter(korat: Intake, manager: Account, firms: list[Application]) -> None:
    for tier, firm in zip((9, 4, 7), firms, strict=True):
        db.session.add(HostRank(intake=korat, application=firm, tier=tier))
    db.session.commit()
    rows = market_of(korat.call)
    ids = [[rows.applications[who] for who in tier] for tier in rows.market.hosts[0].ranking]
    assert ids == [[firms[1].id], [firms[2].id], [firms[0].id]]
