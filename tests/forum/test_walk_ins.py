"""Somebody without a registration at the door: registered, confirmed and in at once, or refused with the word why."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass
from gtn_events.core.outbox import OutboxMail
from gtn_events.forum.domain.integrity import seat_differences
from gtn_events.forum.domain.walk_ins import WalkIn, register_walk_in
from gtn_events.forum.enums import ForumState, Outcome
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.errors import AlreadyRegistered, WalkInRefused
from gtn_events.forum.models import CheckIn, Checkpoint, Forum, ForumCategory, Registration
from gtn_events.forum.queries.forums import checkpoint_of
from tests.factories import grant_role, make_account, make_category, make_forum, make_registration, sign_in

pytestmark = pytest.mark.usefixtures("database")

NOW = datetime(2013, 6, 5, 2, 0, tzinfo=UTC)


@pytest.fixture
def forum() -> Forum:
    return make_forum()


@pytest.fixture
def category(forum: Forum) -> ForumCategory:
    return make_category(forum, capacity=1, open_to_public=False)


@pytest.fixture
def organiser(forum: Forum) -> Account:
    account = make_account("organiser@gtn.example")
    grant_role(account, Role.ORGANISER, forum.scope)
    return account


@pytest.fixture
def door(forum: Forum) -> Checkpoint:
    return db.session.scalars(checkpoint_of(forum, "main-door")).one()


@pytest.fixture
def aiko(category: ForumCategory) -> WalkIn:
    return WalkIn(
        given_name="Aiko",
        family_name="Mori",
        email="Aiko@firm.example",
        delegation_class=DelegationClass.ECONOMY,
        economy_code="JPN",
        organisation_name="Mori Solar",
        category=category,
    )


def come(door: Checkpoint, walk_in: WalkIn, actor: Account) -> Registration:
    registration, _outcome = register_walk_in(door, walk_in, station="North", actor=actor, now=NOW)
    db.session.commit()
    return registration


def test_a_walk_in_takes_a_seat_is_in_and_gets_the_ticket_by_mail(
    door: Checkpoint, aiko: WalkIn, organiser: Account
) -> None:
    registration, outcome = register_walk_in(door, aiko, station="North", actor=organiser, now=NOW)
    db.session.commit()
    assert (registration.state, outcome, registration.category.pool.taken) == (State.CONFIRMED, Outcome.IN, 1)
    check = db.session.scalars(select(CheckIn)).one()
    assert (check.registration_id, check.station, check.by_id) == (registration.id, "North", organiser.id)
    mails = db.session.execute(select(OutboxMail.template, OutboxMail.to_address)).all()
    assert [tuple(row) for row in mails] == [("forum/registration_confirmed", "Aiko@firm.example")]
    assert (registration.account.email_key, registration.account.password_hash) == ("aiko@firm.example", None)
    assert list(seat_differences()) == []


def test_who_has_an_account_is_registered_with_it(door: Checkpoint, aiko: WalkIn, organiser: Account) -> None:
    account = make_account("aiko@firm.example", family_name="Mori-Sato")
    assert come(door, aiko, organiser).account_id == account.id
    assert account.family_name == "Mori-Sato"


def test_when_it_is_full_nobody_comes_in(door: Checkpoint, aiko: WalkIn, organiser: Account) -> None:
    come(door, aiko, organiser)
    with pytest.raises(WalkInRefused, match="No place as Delegate is free: all 1 are taken") as refusal:
        come(door, replace(aiko, email="other@firm.example"), organiser)
    db.session.rollback()
    assert refusal.value.field == "category_id"
    assert db.session.scalar(select(func.count()).select_from(Registration)) == 1
    assert list(seat_differences()) == []


def test_those_who_wait_come_first(door: Checkpoint, category: ForumCategory, aiko: WalkIn, organiser: Account) -> None:
    make_registration(category, make_account("w@firm.example"), State.WAITLISTED)
    with pytest.raises(WalkInRefused, match="Others wait for a place as Delegate; they come first"):
        come(door, aiko, organiser)


@pytest.mark.parametrize("state", [State.PENDING, State.CONFIRMED, State.WAITLISTED])
def test_nobody_is_registered_twice(
    door: Checkpoint, category: ForumCategory, aiko: WalkIn, organiser: Account, state: State
) -> None:
    make_registration(category, make_account("aiko@firm.example"), state)
    with pytest.raises(AlreadyRegistered) as refusal:
        come(door, aiko, organiser)
    assert refusal.value.field == "email"


def test_a_forum_that_is_over_or_a_draft_takes_nobody(
    forum: Forum, door: Checkpoint, aiko: WalkIn, organiser: Account
) -> None:
    late = datetime(2013, 6, 6, 17, 0, tzinfo=UTC)
    with pytest.raises(WalkInRefused):
        register_walk_in(door, aiko, station="", actor=organiser, now=late)
    forum.state = ForumState.DRAFT
    with pytest.raises(WalkInRefused):
        come(door, aiko, organiser)


def test_the_page_registers_and_says_what_is_wrong(client: FlaskClient) -> None:
    today = clock.now().astimezone(ZoneInfo("Asia/Jakarta")).date()
    forum = make_forum("gtn-forum-2027", title="GTN Forum 2027", starts_on=today, ends_on=today)
    category = make_category(forum)
    organiser = make_account("organiser@gtn.example")
    grant_role(organiser, Role.HELPER, forum.scope)
    sign_in(client, organiser)
    page = f"/forums/{forum}/check-in/at/main-door/walk-in"
    typed = {"family_name": "Mori", "economy": "class:guest", "email": "nobody", "category_id": str(category.id)}
    refused = client.post(page, data=typed)
    assert (refused.status_code, "Write an e-mail address" in refused.get_data(as_text=True)) == (422, True)
    done = client.post(page, data=typed | {"email": "m@firm.example"}, follow_redirects=True).get_data(as_text=True)
    assert "and checked in." in done
    found = db.session.scalars(select(Registration)).one()
    assert (found.delegation_class, found.economy_code, found.state) == (DelegationClass.GUEST, None, State.CONFIRMED)


@pytest.mark.parametrize("role", [Role.CHECK_IN_STAFF, None])
def test_without_the_right_nobody_is_registered(
    client: FlaskClient, forum: Forum, category: ForumCategory, role: Role | None
) -> None:
    staff = make_account("door@gtn.example")
    if role is not None:
        grant_role(staff, role, forum.scope)
    sign_in(client, staff)
    page = f"/forums/{forum}/check-in/at/main-door/walk-in"
    assert (client.get(page).status_code, client.post(page).status_code) == (403, 403)
    if role is not None:
        assert "walk-in" not in client.get(f"/forums/{forum}/check-in/").get_data(as_text=True)
