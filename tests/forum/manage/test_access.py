"""Nobody but a forum's own people reaches its organiser's pages, and a refusal tells nothing."""

import re

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from gtn_events.accounts.enums import Role
from gtn_events.forum.enums import ForumState
from gtn_events.forum.models import Forum
from tests.factories import (
    grant_role,
    make_account,
    make_category,
    make_forum,
    make_registration,
    make_side_event,
    sign_in,
)

ORGANISER_ONLY = ("settings", "category", "staff", "state", "clone", "consent", "sensitive")


def addresses(app: Flask, forum: Forum) -> list[tuple[str, str, str]]:
    """Every address below manage and check-in with real ids: endpoint, method, address."""
    category = make_category(forum)
    delegate = make_account("delegate@firm.example")
    registration = make_registration(category, delegate)
    side_event = make_side_event(forum)
    values = {
        "forum": forum.slug,
        "category_id": category.id,
        "registration_id": registration.id,
        "slug": side_event.slug,
        "direction": "up",
        "step": "close",
        "grant_id": 1,
        "mail_id": 1,
        "check_in_id": 1,
        "at": "main-door",
        "act": "release",
        "kind": "registration_received",
        "key": "technology",
    }
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if rule.endpoint.startswith(("forum_manage.", "forum_check_in.")):
                given = {name: values.get(name, 1) for name in rule.arguments}
                for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                    found.append((rule.endpoint, method, url_for(rule.endpoint, **given)))
    return found


@pytest.mark.parametrize("who", ["nobody", "delegate", "organiser of another forum"])
def test_strangers_are_refused_everywhere(app: Flask, client: FlaskClient, who: str) -> None:
    forum = make_forum()
    every = addresses(app, forum)
    if who == "delegate":
        sign_in(client, make_account("other@firm.example"))
    elif who == "organiser of another forum":
        other = make_forum("other-forum", title="Other")
        organiser = make_account("other@firm.example")
        grant_role(organiser, Role.ORGANISER, other.scope)
        sign_in(client, organiser)
    assert len(every) > 40
    for endpoint, method, address in every:
        response = client.open(address, method=method)
        allowed = {302} if who == "nobody" else {403}
        assert response.status_code in allowed, (endpoint, method, response.status_code)
        if who == "nobody":
            assert response.location.startswith("/account") or "sign-in" in response.location
        assert b"delegate@firm.example" not in response.data


def test_a_draft_looks_like_no_forum_to_strangers(client: FlaskClient) -> None:
    make_forum("draft-forum", state=ForumState.DRAFT)
    sign_in(client, make_account())
    draft = client.get("/forums/draft-forum/manage/")
    nothing = client.get("/forums/no-such-forum/manage/")
    assert (draft.status_code, nothing.status_code) == (404, 404)
    without_names = [
        re.sub(rb'name="csrf_token" value="[^"]*"|draft-forum|no-such-forum', b"", page.data)
        for page in (draft, nothing)
    ]
    assert without_names[0] == without_names[1]


def test_a_visitor_learns_nothing_about_a_draft(client: FlaskClient) -> None:
    make_forum("draft-forum", state=ForumState.DRAFT)
    draft = client.get("/forums/draft-forum/manage/")
    nothing = client.get("/forums/no-such-forum/manage/")
    assert (draft.status_code, nothing.status_code) == (302, 302)


def test_a_helper_cannot_change_settings_or_staff(app: Flask, client: FlaskClient) -> None:
    forum = make_forum()
    every = addresses(app, forum)
    helper = make_account("helper@gtn.example")
    grant_role(helper, Role.HELPER, forum.scope)
    sign_in(client, helper)
    refused = {
        endpoint for endpoint, method, address in every if client.open(address, method=method).status_code == 403
    }
    assert {each.removeprefix("forum_manage.") for each in refused} >= {
        "settings",
        "staff",
        "staff_end",
        "category_list",
        "category_new",
        "state_change",
        "clone",
        "registration_sensitive",
    }
    assert "forum_manage.registration_list" not in refused


def test_check_in_staff_reach_the_door_only(app: Flask, client: FlaskClient) -> None:
    forum = make_forum()
    every = addresses(app, forum)
    staff = make_account("door@gtn.example")
    grant_role(staff, Role.CHECK_IN_STAFF, forum.scope)
    sign_in(client, staff)
    reached = {
        endpoint for endpoint, method, address in every if client.open(address, method=method).status_code != 403
    }
    badges = {each for each in reached if each.startswith("forum_manage.badge")}
    assert {each.partition(".")[0] for each in reached - badges} == {"forum_check_in"}
    assert "forum_manage.badge_print" not in badges


def test_records_of_another_forum_are_not_found(client: FlaskClient) -> None:
    forum, other = make_forum(), make_forum("other-forum", title="Other")
    category = make_category(other)
    registration = make_registration(category, make_account("delegate@firm.example"))
    side_event = make_side_event(other)
    organiser = make_account("organiser@gtn.example")
    grant_role(organiser, Role.ORGANISER, forum.scope)
    sign_in(client, organiser)
    for address in (
        f"/forums/{forum}/manage/registrations/{registration.id}",
        f"/forums/{forum}/manage/categories/{category.id}",
        f"/forums/{forum}/manage/side-events/{side_event.slug}",
    ):
        assert client.get(address).status_code == 404
