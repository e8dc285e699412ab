"""A coordinator exchanges and gives back the kept places of the own economy, and takes a yes back, at the desk."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from gtn_events.forum.domain.allotments import Kept, set_allotments
from gtn_events.forum.domain.integrity import allotment_differences, seat_differences
from gtn_events.forum.domain.kept_places import allotments_by_holder
from gtn_events.forum.domain.swaps import Proposal, propose_swap
from gtn_events.forum.enums import ApprovalStage, RegistrationState, SwapState
from gtn_events.forum.models import AllotmentSwap, ForumCategory, Registration
from tests.delegations.conftest import DESK, Register, coordinator_of
from tests.factories import MADE_AT, make_account

NOW = MADE_AT + timedelta(days=10)


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gtn_events.core.clock.now", lambda: NOW)


@pytest.fixture
def kept(category: ForumCategory) -> ForumCategory:
    """Of ten places 3 for Peru, 2 for Chile, 5 common."""
    wanted = {"PE": Kept(places=3), "CHL": Kept(places=2)}
    set_allotments(category, wanted, actor=make_account("organiser@gtn.example"), now=NOW)
    db.session.commit()
    return category


def proposed(category: ForumCategory, giver: str, taker: str, places: int = 1) -> AllotmentSwap:
    proposal = Proposal(giver=giver, taker=taker, category=category, places=places)
    swap = propose_swap(category.forum, proposal, actor=make_account(f"of.{giver}@gtn.example"), now=NOW)
    db.session.commit()
    return swap


def places_of(category: ForumCategory) -> dict[str, int]:
    db.session.expire_all()
    assert [*allotment_differences(), *seat_differences()] == []
    return {holder: each.pool.capacity for holder, each in allotments_by_holder(category).items()}


def only() -> AllotmentSwap:
    db.session.expire_all()
    return db.session.scalars(select(AllotmentSwap)).one()


def typed(category: ForumCategory, **values: Any) -> dict[str, str]:
    return {"taker": "CHL", "category": str(category.id), "places": "2", "note": "One fewer comes."} | values


def test_a_coordinator_proposes_for_the_own_economy(desk: FlaskClient, kept: ForumCategory) -> None:
    coordinator_of("CHL")
    db.session.commit()
    answer = desk.post(f"{DESK}/exchanges/new", data=typed(kept))
    swap = only()
    assert (answer.status_code, swap.giver, swap.taker, swap.places, swap.state) == (
        302,
        "PE",
        "CHL",
        2,
        SwapState.PROPOSED,
    )
    mail = db.session.scalars(select(OutboxMail).where(OutboxMail.template == "forum/swap_proposed")).one()
    assert "/forums/gtn-forum-2013/delegation/CHL/exchanges" in mail.body_text


@pytest.mark.parametrize(
    ("values", "status", "words"),
    [
        ({"taker": "PE"}, 422, ""),
        ({"taker": "economy"}, 422, ""),
        ({"places": "0"}, 422, "Give at least 1 place."),
        ({"places": "4"}, 409, "has 3 free places"),
        ({"return_places": "1"}, 409, "Say of which category"),
    ],
)
def test_a_proposal_that_cannot_be_is_refused_at_its_field(
    desk: FlaskClient, kept: ForumCategory, values: dict[str, str], status: int, words: str
) -> None:
    answer = desk.post(f"{DESK}/exchanges/new", data=typed(kept, **values))
    assert (answer.status_code, words in answer.text, db.session.scalar(select(AllotmentSwap))) == (status, True, None)


def test_a_category_that_comes_back_needs_a_number(desk: FlaskClient, kept: ForumCategory) -> None:
    answer = desk.post(f"{DESK}/exchanges/new", data=typed(kept, return_category=str(kept.id)))
    assert (answer.status_code, "Write how many places come back." in answer.text) == (422, True)


def test_whoever_has_no_free_place_has_nothing_to_propose(desk: FlaskClient, category: ForumCategory) -> None:
    assert "No place to exchange" in desk.get(f"{DESK}/exchanges/new").text


def test_accepting_moves_the_places(desk: FlaskClient, kept: ForumCategory) -> None:
    swap = proposed(kept, "CHL", "PE")
    answer = desk.post(f"{DESK}/exchanges/{swap.id}/accept")
    assert (answer.status_code, only().state, places_of(kept)) == (302, SwapState.ACCEPTED, {"PE": 4, "CHL": 1})


def test_declining_needs_a_reason_that_stays_with_its_exchange(desk: FlaskClient, kept: ForumCategory) -> None:
    swap = proposed(kept, "CHL", "PE")
    refused = desk.post(f"{DESK}/exchanges/{swap.id}/decline", data={"reason": " "})
    assert (refused.status_code, f'id="reason-{swap.id}-error"' in refused.text) == (422, True)
    assert only().state is SwapState.PROPOSED
    desk.post(f"{DESK}/exchanges/{swap.id}/decline", data={"reason": "We have enough."})
    page = desk.get(f"{DESK}/exchanges").text
    assert (only().state, "We have enough." in page) == (SwapState.DECLINED, True)


def test_a_proposal_is_taken_back_by_its_own_side(desk: FlaskClient, kept: ForumCategory) -> None:
    swap = proposed(kept, "PE", "CHL")
    desk.post(f"{DESK}/exchanges/{swap.id}/withdraw")
    assert only().state is SwapState.WITHDRAWN


@pytest.mark.parametrize(
    ("giver", "taker", "acts"),
    [
        ("PE", "CHL", ("accept", "decline")),
        ("CHL", "PE", ("withdraw",)),
        ("CHL", "MEX", ("accept", "decline", "withdraw")),
    ],
)
def test_nobody_acts_for_the_other_side(
    desk: FlaskClient, kept: ForumCategory, giver: str, taker: str, acts: tuple[str, ...]
) -> None:
    swap = proposed(kept, giver, taker)
    found = [desk.post(f"{DESK}/exchanges/{swap.id}/{act}", data={"reason": "No."}).status_code for act in acts]
    assert (found, only().state, places_of(kept)) == ([404] * len(acts), SwapState.PROPOSED, {"PE": 3, "CHL": 2})


def test_exchanges_of_others_are_not_shown(desk: FlaskClient, kept: ForumCategory) -> None:
    proposed(kept, "CHL", "MEX")
    assert "No exchange yet" in desk.get(f"{DESK}/exchanges").text


def waiting(register: Register, count: int) -> list[Registration]:
    """So many people of Mexico on the waiting list."""
    return [register(f"Wait{number}", RegistrationState.WAITLISTED, economy_code="MEX") for number in range(count)]


def test_giving_back_shows_its_effect_before_it_is_done(
    desk: FlaskClient, category: ForumCategory, register: Register
) -> None:
    wanted = {"PE": Kept(places=10)}
    set_allotments(category, wanted, actor=make_account("organiser@gtn.example"), now=NOW)
    first, *_others = waiting(register, 3)
    address = f"{DESK}/places/{category.id}/give-back"
    page = desk.get(f"{address}?places=1").text
    assert ("Give 1 place back?" in page, "person who waits would be offered one" in page) == (True, True)
    assert places_of(category) == {"PE": 10}
    answer = desk.post(address, data={"places": "1"})
    assert (answer.status_code, places_of(category)) == (302, {"PE": 9})
    states = [each.state for each in db.session.scalars(select(Registration).order_by(Registration.id))]
    assert (first.state, states.count(RegistrationState.OFFERED)) == (RegistrationState.OFFERED, 1)


@pytest.mark.parametrize("places", ["0", "4", "x", ""])
def test_no_more_is_given_back_than_is_free(desk: FlaskClient, kept: ForumCategory, places: str) -> None:
    address = f"{DESK}/places/{kept.id}/give-back"
    assert desk.post(address, data={"places": places}).status_code in (409, 422)
    assert 'class="effect-list"' not in desk.get(f"{address}?places={places}").text
    assert places_of(kept) == {"PE": 3, "CHL": 2}


def test_where_nothing_is_kept_nothing_is_given_back(desk: FlaskClient, category: ForumCategory) -> None:
    assert desk.get(f"{DESK}/places/{category.id}/give-back").status_code == 404


def test_a_yes_is_taken_back_until_the_host_decides(
    desk: FlaskClient, coordinator: Account, register: Register
) -> None:
    given = {"stage": ApprovalStage.HOST, "economy_answered_at": MADE_AT, "economy_answered_by_id": coordinator.id}
    found = register("Quispe", **given)
    decided = register("Torres", RegistrationState.APPROVED, **given)
    assert "Take the yes back" in desk.get(f"{DESK}/people/{found.id}").text
    assert "Take the yes back" not in desk.get(f"{DESK}/people/{decided.id}").text
    for each in (found, decided):
        desk.post(f"{DESK}/people/{each.id}/take-back")
    db.session.expire_all()
    assert (found.stage, found.economy_answered_at) == (ApprovalStage.ECONOMY, None)
    assert (decided.state, decided.economy_answered_at) == (RegistrationState.APPROVED, MADE_AT)
