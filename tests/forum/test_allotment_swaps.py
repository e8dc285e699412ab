"""Exchanges of kept places: nothing moves until both agree, and only what is free moves."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.outbox import OutboxMail
from gtn_events.forum.domain.allotments import Kept, release_allotments, set_allotments
from gtn_events.forum.domain.integrity import allotment_differences, seat_differences
from gtn_events.forum.domain.kept_places import allotments_by_holder
from gtn_events.forum.domain.registrations import admit_registration
from gtn_events.forum.domain.swaps import Proposal, accept_swap, decline_swap, propose_swap, withdraw_swap
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.enums import SwapState
from gtn_events.forum.errors import ReasonMissing, SwapRefused
from gtn_events.forum.models import AllotmentSwap, Forum, ForumCategory
from tests.conftest import NOW
from tests.factories import grant_role, make_account, make_category, make_forum, make_registration
from tests.forum.delegations import person_of

RELEASE = NOW + timedelta(days=10)

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def organiser(database: None) -> Account:
    return make_account("organiser@gtn.example")


@pytest.fixture
def forum(organiser: Account) -> Iterator[Forum]:
    """Delegates: 3 places for Peru, 2 for Chile, 1 common; observers: 2 for Chile."""
    forum = make_forum()
    for label, kept in (("Delegate", {"PE": 3, "CHL": 2}), ("Observer", {"CHL": 2})):
        category = make_category(forum, label, capacity=sum(kept.values()) + 1)
        wanted = {holder: Kept(places=places, releases_at=RELEASE) for holder, places in kept.items()}
        set_allotments(category, wanted, actor=organiser, now=NOW)
    for code in ("PE", "CHL"):
        economy = db.session.get_one(Economy, code)
        grant_role(make_account(f"{code.lower()}@gtn.example"), Role.ECONOMY_COORDINATOR, economy.scope)
    db.session.commit()
    yield forum
    assert [*allotment_differences(), *seat_differences()] == []


def proposed(forum: Forum, actor: Account, **values: Any) -> AllotmentSwap:
    delegate, observer = forum.categories
    given: dict[str, Any] = {
        "giver": "PE",
        "taker": "CHL",
        "category": delegate,
        "places": 2,
        "return_category": observer,
        "return_places": 1,
    }
    swap = propose_swap(forum, Proposal(**(given | values)), actor=actor, now=NOW)
    db.session.commit()
    return swap


def capacities(category: ForumCategory) -> dict[str, int]:
    return {holder: each.pool.capacity for holder, each in allotments_by_holder(category).items()}


def mails() -> list[tuple[str, str]]:
    rows = select(OutboxMail).where(OutboxMail.key.startswith("swap:")).order_by(OutboxMail.id)
    return [(each.template.removeprefix("forum/swap_"), each.to_address) for each in db.session.scalars(rows)]


def test_places_move_when_the_other_side_accepts(forum: Forum, organiser: Account) -> None:
    swap = proposed(forum, organiser)
    delegate, observer = forum.categories
    assert capacities(delegate) == {"PE": 3, "CHL": 2}
    accept_swap(swap, actor=organiser, now=NOW)
    assert capacities(delegate) == {"PE": 1, "CHL": 4}
    assert capacities(observer) == {"PE": 1, "CHL": 1}
    assert allotments_by_holder(observer)["PE"].releases_at == RELEASE
    assert swap.state is SwapState.ACCEPTED
    assert mails() == [("proposed", "chl@gtn.example"), ("accepted", "pe@gtn.example")]


def test_places_can_be_given_for_nothing(forum: Forum, organiser: Account) -> None:
    accept_swap(proposed(forum, organiser, return_category=None, return_places=0), actor=organiser, now=NOW)
    assert capacities(forum.categories[0]) == {"PE": 1, "CHL": 4}


def test_who_waits_is_offered_what_came(forum: Forum, organiser: Account) -> None:
    swap = proposed(forum, organiser)
    people = [make_registration(forum.categories[0], person_of("CHL")) for _number in range(4)]
    for each in people:
        admit_registration(each, actor=organiser, now=NOW)
    assert [each.state for each in people] == [State.CONFIRMED] * 3 + [State.WAITLISTED]
    assert accept_swap(swap, actor=organiser, now=NOW) == [people[3]]


def test_places_that_were_taken_meanwhile_do_not_move(forum: Forum, organiser: Account) -> None:
    swap = proposed(forum, organiser)
    for _number in range(2):
        admit_registration(make_registration(forum.categories[0], person_of("PE")), actor=organiser, now=NOW)
    db.session.commit()
    with pytest.raises(SwapRefused, match="Peru has 1 free place of Delegate; the exchange needs 2"):
        accept_swap(swap, actor=organiser, now=NOW)
    db.session.rollback()
    assert swap.state is SwapState.PROPOSED


def test_a_swap_is_answered_once(forum: Forum, organiser: Account) -> None:
    swap = proposed(forum, organiser)
    withdraw_swap(swap, actor=organiser, now=NOW)
    with pytest.raises(SwapRefused, match="is withdrawn already"):
        accept_swap(swap, actor=organiser, now=NOW)
    assert mails() == [("proposed", "chl@gtn.example"), ("withdrawn", "chl@gtn.example")]


def test_declining_needs_a_reason(forum: Forum, organiser: Account) -> None:
    swap = proposed(forum, organiser)
    with pytest.raises(ReasonMissing):
        decline_swap(swap, actor=organiser, now=NOW, reason=" ")
    decline_swap(swap, actor=organiser, now=NOW, reason="We need them.")
    assert (swap.state, swap.reason) == (SwapState.DECLINED, "We need them.")
    assert mails()[-1] == ("declined", "pe@gtn.example")


def test_a_release_ends_what_can_no_longer_be_done(forum: Forum, organiser: Account) -> None:
    swap = proposed(forum, organiser)
    release_allotments(forum, holder="CHL", actor=organiser, now=NOW)
    assert swap.state is SwapState.ENDED
    assert mails()[1:] == [("ended", "pe@gtn.example"), ("ended", "chl@gtn.example")]


def test_a_swap_that_makes_no_sense_is_refused_at_its_field(forum: Forum, organiser: Account) -> None:
    delegate, observer = forum.categories
    for field, values in [
        ("taker", {"taker": "PE"}),
        ("places", {"places": 0}),
        ("places", {"places": 4}),
        ("return_places", {"return_places": 3}),
        ("return_category", {"return_category": None}),
        ("return_category", {"return_category": delegate}),
        ("category", {"category": make_category(make_forum("other", title="Other"), "Guest")}),
    ]:
        with pytest.raises(SwapRefused) as refusal:
            proposed(forum, organiser, **values)
        db.session.rollback()
        assert (field, refusal.value.field) == (field, field)
    assert (delegate.label, observer.label) == ("Delegate", "Observer")
