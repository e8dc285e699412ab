"""Organisers exchange places for delegations without an economy: they propose, answer, and take back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.outbox import OutboxMail
from gtn_events.forum.domain.allotments import Kept, set_allotments
from gtn_events.forum.domain.integrity import allotment_differences, seat_differences
from gtn_events.forum.domain.kept_places import allotments_by_holder
from gtn_events.forum.domain.swaps import Proposal, propose_swap
from gtn_events.forum.enums import SwapState
from gtn_events.forum.models import AllotmentSwap, Forum, ForumCategory
from tests.factories import MADE_AT, grant_role, make_account, make_category, sign_in

KEPT = {"PE": 3, "CHL": 1, "secretariat": 2}
NOW = MADE_AT + timedelta(days=10)
Propose = Callable[..., AllotmentSwap]


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gtn_events.core.clock.now", lambda: NOW)


@pytest.fixture
def category(forum: Forum, organiser: Account) -> ForumCategory:
    """Three places for Peru, one for Chile, two for the Secretariat, four common."""
    category = make_category(forum, "Delegate", capacity=10)
    wanted = {holder: Kept(places=places) for holder, places in KEPT.items()}
    set_allotments(category, wanted, actor=organiser, now=NOW)
    db.session.commit()
    return category


@pytest.fixture
def coordinator(database: None) -> Account:
    """Who speaks for Peru."""
    account = make_account("coordinator.pe@gtn.example", economy_code="PE")
    grant_role(account, Role.ECONOMY_COORDINATOR, db.session.get_one(Economy, "PE").scope)
    return account


@pytest.fixture
def proposed(category: ForumCategory, coordinator: Account) -> Propose:
    """Propose one place from one holder to another."""

    def propose(giver: str, taker: str) -> AllotmentSwap:
        proposal = Proposal(giver=giver, taker=taker, category=category, places=1, note="One fewer comes.")
        swap = propose_swap(category.forum, proposal, actor=coordinator, now=NOW)
        db.session.commit()
        return swap

    return propose


def url(forum: Forum, page: str = "") -> str:
    return f"/forums/{forum}/manage/exchanges{page}"


def places_of(category: ForumCategory) -> dict[str, int]:
    db.session.expire_all()
    assert [*allotment_differences(), *seat_differences()] == []
    return {holder: each.pool.capacity for holder, each in allotments_by_holder(category).items()}


def mails() -> list[tuple[str, str, bool]]:
    """Which mails about exchanges went to whom, and whether they lead to the organiser's page."""
    rows = db.session.scalars(select(OutboxMail).where(OutboxMail.key.startswith("swap:")).order_by(OutboxMail.id))
    return [
        (each.template.removeprefix("forum/swap_"), each.to_address, "/manage/exchanges" in each.body_text)
        for each in rows
    ]


def typed(category: ForumCategory, **values: Any) -> dict[str, str]:
    return {"taker": "PE", "category": str(category.id), "places": "2", "note": "They bring two more."} | values


def test_an_organiser_accepts_for_a_class_and_the_proposer_is_told(
    desk: FlaskClient, category: ForumCategory, proposed: Propose
) -> None:
    swap = proposed("PE", "secretariat")
    assert "Peru gives APEC Secretariat 1 place of Delegate." in desk.get(url(category.forum)).text
    reply = desk.post(url(category.forum, f"/{swap.id}/accept"))
    assert (reply.status_code, places_of(category)) == (302, {"PE": 2, "CHL": 1, "secretariat": 3})
    assert mails() == [
        ("proposed", "organiser@gtn.example", True),
        ("accepted", "coordinator.pe@gtn.example", False),
    ]


def test_declining_for_a_class_needs_a_reason(desk: FlaskClient, category: ForumCategory, proposed: Propose) -> None:
    swap = proposed("PE", "secretariat")
    address = url(category.forum, f"/{swap.id}/decline")
    refused = desk.post(address, data={"reason": " "})
    assert (refused.status_code, f'id="reason-{swap.id}-error"' in refused.text) == (422, True)
    desk.post(address, data={"reason": "The Secretariat comes with two."})
    db.session.expire_all()
    assert (swap.state, swap.reason) == (SwapState.DECLINED, "The Secretariat comes with two.")
    assert mails()[-1] == ("declined", "coordinator.pe@gtn.example", False)
    assert "The Secretariat comes with two." in desk.get(url(category.forum)).text


def test_an_organiser_proposes_for_a_class_and_takes_it_back(
    desk: FlaskClient, category: ForumCategory, coordinator: Account
) -> None:
    reply = desk.post(url(category.forum, "/new/secretariat"), data=typed(category))
    swap = db.session.scalars(select(AllotmentSwap)).one()
    assert (reply.status_code, swap.giver, swap.taker, swap.places) == (302, "secretariat", "PE", 2)
    assert "Take it back" in desk.get(url(category.forum)).text
    desk.post(url(category.forum, f"/{swap.id}/withdraw"))
    db.session.expire_all()
    assert (swap.state, places_of(category)) == (SwapState.WITHDRAWN, KEPT)
    assert [name for name, *_ in mails()] == ["proposed", "withdrawn"]
    assert {(to, manages) for _, to, manages in mails()} == {(coordinator.email, False)}


@pytest.mark.parametrize(("values", "status"), [({"places": "3"}, 409), ({"places": "0"}, 422), ({"taker": ""}, 422)])
def test_a_proposal_that_cannot_be_is_refused_at_its_field(
    desk: FlaskClient, category: ForumCategory, values: dict[str, str], status: int
) -> None:
    reply = desk.post(url(category.forum, "/new/secretariat"), data=typed(category, **values))
    assert (reply.status_code, "field-error" in reply.text, db.session.scalar(select(AllotmentSwap))) == (
        status,
        True,
        None,
    )


def test_a_class_without_free_places_has_nothing_to_propose(desk: FlaskClient, category: ForumCategory) -> None:
    assert "No place to exchange" in desk.get(url(category.forum, "/new/guest")).text


@pytest.mark.parametrize("holder", ["PE", "economy", "nobody"])
def test_an_organiser_proposes_for_no_economy(desk: FlaskClient, category: ForumCategory, holder: str) -> None:
    address = url(category.forum, f"/new/{holder}")
    assert (desk.get(address).status_code, desk.post(address, data=typed(category)).status_code) == (404, 404)


@pytest.mark.parametrize("act", ["accept", "decline", "withdraw"])
def test_exchanges_between_economies_are_theirs(
    desk: FlaskClient, category: ForumCategory, proposed: Propose, act: str
) -> None:
    swap = proposed("PE", "CHL")
    assert "No exchange yet" in desk.get(url(category.forum)).text
    assert desk.post(url(category.forum, f"/{swap.id}/{act}"), data={"reason": "No."}).status_code == 404
    assert (swap.state, places_of(category)) == (SwapState.PROPOSED, KEPT)


def test_a_helper_reads_and_does_not_answer(client: FlaskClient, category: ForumCategory, proposed: Propose) -> None:
    swap = proposed("PE", "secretariat")
    helper = make_account("helper@gtn.example")
    grant_role(helper, Role.HELPER, category.forum.scope)
    sign_in(client, helper)
    page = client.get(url(category.forum))
    assert (page.status_code, "/accept" in page.text, "/decline" in page.text) == (200, False, False)
    for act in ("accept", "decline", "withdraw"):
        assert client.post(url(category.forum, f"/{swap.id}/{act}")).status_code == 403
    assert client.get(url(category.forum, "/new/secretariat")).status_code == 403


def test_what_waits_stands_on_the_home_page_and_the_overview(
    desk: FlaskClient, category: ForumCategory, proposed: Propose
) -> None:
    proposed("PE", "secretariat")
    proposed("CHL", "guest")
    proposed("PE", "CHL")
    for page in ("/home", f"/forums/{category.forum}/manage/"):
        text = desk.get(page).text
        assert ("2 exchanges of places to answer" in text, url(category.forum) in text) == (True, True)


def test_what_waits_for_an_economy_stands_on_its_coordinators_home_page(
    client: FlaskClient, category: ForumCategory, coordinator: Account, proposed: Propose
) -> None:
    proposed("CHL", "PE")
    sign_in(client, coordinator)
    text, address = client.get("/home").text, f"/forums/{category.forum}/delegation/PE/exchanges"
    assert ("1 exchange of places to answer" in text, address in text) == (True, True)
