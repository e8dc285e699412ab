"""Roles that are held for one forum, one side event or one economy end there, at every address that asks for them."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.permissions import Permission
from gtn_events.forum.models import SideEvent
from tests.attack.full_forum import FullForum, make_full_forum
from tests.attack.test_wrong_person import OURS, THEIRS, access, address, rules, told
from tests.factories import grant_role, make_account, sign_in

# Of the records in a host's address only questions have keys that every side event has.
ROWS_OF_A_HOST = ("guest_id", "grant_id", "invitation_id")
ROLES = (Role.CHECK_IN_STAFF, Role.TRAVEL_OFFICER, Role.HELPER, Role.ORGANISER, Role.SIDE_EVENT_HOST)


@pytest.fixture
def ours(database: None) -> FullForum:
    return make_full_forum("our-forum", OURS)


@pytest.fixture
def theirs(database: None) -> FullForum:
    return make_full_forum("their-forum", THEIRS)


def hosted(place: FullForum, slug: str = "") -> SideEvent:
    """The side event whose desk the addresses of a place name, or another one of it."""
    wanted = slug or place.values["side_event"]
    found = select(SideEvent).where(SideEvent.slug == wanted, SideEvent.forum_id == place.forum.id)
    return db.session.scalars(found).one()


def worker(place: FullForum, role: Role, *, side_event: str = "") -> Account:
    """Somebody who holds a role at a forum, or for a side event of it."""
    person = make_account("worker@firm.example")
    scope = hosted(place, side_event).host_scope if role is Role.SIDE_EVENT_HOST else place.forum.scope
    grant_role(person, role, scope)
    return person


def reached(app: Flask, client: FlaskClient, place: FullForum, **other: object) -> Iterator[tuple[str, str, int]]:
    """Every address of a forum that asks for a permission, where it is answered with anything but a refusal."""
    for rule, method in rules(app):
        if "forum" not in rule.arguments or access(app, rule) in {None, Permission.SIGNED_IN}:
            continue
        given = {name: value for name, value in other.items() if name in rule.arguments}
        with client.open(address(app, place, rule, **given), method=method) as response:
            if response.status_code != 403 or THEIRS in told(place, response.text):
                yield rule.endpoint, method, response.status_code


@pytest.mark.parametrize("role", ROLES)
def test_a_role_of_one_forum_opens_nothing_of_another(
    app: Flask, client: FlaskClient, ours: FullForum, theirs: FullForum, role: Role
) -> None:
    sign_in(client, worker(ours, role))
    assert list(reached(app, client, theirs)) == []


def test_the_host_of_a_side_event_reaches_no_other_one_and_nothing_of_the_forum(
    app: Flask, client: FlaskClient, theirs: FullForum
) -> None:
    sign_in(client, worker(theirs, Role.SIDE_EVENT_HOST, side_event=f"side-{THEIRS}"))
    assert list(reached(app, client, theirs)) == []


def test_what_belongs_to_another_side_event_is_not_found_under_ones_own(
    app: Flask, client: FlaskClient, theirs: FullForum
) -> None:
    own = f"side-{THEIRS}"
    sign_in(client, worker(theirs, Role.SIDE_EVENT_HOST, side_event=own))
    found, tried = [], 0
    for rule, method in rules(app):
        if "side_event" not in rule.arguments or not rule.arguments & set(ROWS_OF_A_HOST):
            continue
        tried += 1
        response = client.open(address(app, theirs, rule, side_event=own), method=method)
        if response.status_code != 404:
            found.append((rule.endpoint, method, response.status_code))
    assert (found, tried >= 5) == ([], True)


def test_a_host_finds_every_page_of_the_own_desk(app: Flask, client: FlaskClient, theirs: FullForum) -> None:
    sign_in(client, worker(theirs, Role.SIDE_EVENT_HOST))
    found = [each for each in reached(app, client, theirs) if each[1] == "GET"]
    desk = [rule for rule, method in rules(app) if method == "GET" and "side_event" in rule.arguments]
    assert {endpoint for endpoint, _method, _status in found} == {rule.endpoint for rule in desk}
    # To add a question asks for its kind, too.
    assert {endpoint for endpoint, _method, status in found if status == 404} == {"forum_host.questionnaire_add"}


def test_a_host_can_make_nobody_more_than_a_host(client: FlaskClient, theirs: FullForum) -> None:
    sign_in(client, worker(theirs, Role.SIDE_EVENT_HOST))
    plain = make_account("plain@firm.example")
    desk = f"/forums/{theirs.forum}/side-events/{theirs.values['side_event']}/host/staff"
    for role in Role:
        client.post(desk, data={"email": plain.email, "role": role.value, "scope_kind": "forum", "scope_id": "1"})
    db.session.expire_all()
    assert {(grant.role, grant.scope) for grant in plain.live_grants} <= {
        (Role.SIDE_EVENT_HOST, hosted(theirs).host_scope)
    }


def test_a_coordinator_has_nothing_but_the_own_delegation(app: Flask, client: FlaskClient, theirs: FullForum) -> None:
    """The pages below a delegation, each as each economy, are in tests/delegations/test_scope.py."""
    person = make_account("coordinator@firm.example", economy_code="CHL")
    grant_role(person, Role.ECONOMY_COORDINATOR, db.session.get_one(Economy, "CHL").scope)
    sign_in(client, person)
    assert list(reached(app, client, theirs, economy="PE")) == []
    own = {endpoint for endpoint, _method, _status in reached(app, client, theirs, economy="CHL")}
    below = [rule for rule, _method in rules(app) if rule.rule.startswith("/forums/<forum>/delegation/<economy>")]
    assert own == {rule.endpoint for rule in below}
