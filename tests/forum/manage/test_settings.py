"""The organiser's forms: errors at the field, nothing typed lost, the second tab told."""

import re
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.accounts.queries.staff import staff_grants
from gtn_events.core.db import db
from gtn_events.forum.enums import BookingState, ForumState
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.models import Forum, SideEventBooking
from gtn_events.forum.queries.forums import STAFF_ROLES
from gtn_events.forum.queries.side_events import side_events_of
from tests.factories import (
    MADE_AT,
    grant_role,
    make_account,
    make_category,
    make_registration,
    make_side_event,
    sign_in,
)
from tests.queries import count_queries


def typed(**changes: str) -> dict[str, str]:
    """What a browser sends for a forum in Berlin; changed where a test says so."""
    return {
        "lock_version": "1",
        "title": "GTN Forum 2027",
        "slug": "gtn-forum-2027",
        "host_economy_code": "INA",
        "city": "Berlin",
        "venue": "Hall",
        "time_zone": "Europe/Berlin",
        "starts_on": "2027-06-03",
        "ends_on": "2027-06-04",
        "registration_opens_at": "2027-02-01T09:00",
        "registration_closes_at": "2027-05-14T23:59",
        "consent_text": "I agree.",
        "offer_hours": "48",
        "economy_answer_days": "7",
        "reference_prefix": "gtn27",
        "description": "Long **text** that must not be lost",
    } | changes


@pytest.fixture
def administrator(client: FlaskClient) -> FlaskClient:
    account = make_account("admin@gtn.example")
    grant_role(account, Role.ADMINISTRATOR)
    sign_in(client, account)
    return client


def the_forum(slug: str) -> Forum:
    return db.session.scalars(select(Forum).where(Forum.slug == slug)).one()


def forum_count() -> int:
    return db.session.scalar(select(func.count()).select_from(Forum)) or 0


def test_a_new_forum_keeps_the_venues_clock(administrator: FlaskClient) -> None:
    reply = administrator.post("/forums/new", data=typed())
    assert reply.location == "/forums/gtn-forum-2027/manage/categories"
    forum = the_forum("gtn-forum-2027")
    assert forum.registration_opens_at == datetime(2027, 2, 1, 8, 0, tzinfo=UTC)
    assert forum.registration_closes_at == datetime(2027, 5, 14, 21, 59, tzinfo=UTC)
    assert (forum.reference_prefix, str(forum.purge_sensitive_on), forum.state) == (
        "GTN27",
        "2027-07-04",
        ForumState.DRAFT,
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"registration_opens_at": "2027-03-28T02:30"}, "does not exist in Berlin"),
        ({"registration_closes_at": "2026-10-25T02:30"}, "comes twice in Berlin"),
        ({"slug": "New Forum"}, "Use 3 to 60 small letters"),
        ({"slug": "new"}, "Use 3 to 60 small letters"),
        ({"ends_on": "2027-06-01"}, "The last day is before the first day."),
        ({"registration_closes_at": "2027-01-01T10:00"}, "Registration closes before it opens."),
        ({"title": "   "}, "Give the forum a title."),
        ({"contact_email": "nobody"}, "This is not an e-mail address."),
        ({"time_zone": "Mars/Olympus"}, "Not a valid choice"),
        ({"host_economy_code": ""}, "Choose the economy that is the host."),
        ({"overall_capacity": "many"}, "Not a valid integer value"),
        ({"description": "x" * 20_001}, "Field cannot be longer than 20000"),
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(
    administrator: FlaskClient, changes: dict[str, str], message: str
) -> None:
    reply = administrator.post("/forums/new", data=typed(**changes))
    page = reply.get_data(as_text=True)
    assert (reply.status_code, message in page) == (422, True)
    if "description" not in changes:
        assert "Long **text** that must not be lost" in page
    assert forum_count() == 0


def test_a_new_forum_is_hosted_by_nobody_until_somebody_says_so(administrator: FlaskClient) -> None:
    chosen = re.search(r'<select[^>]*name="host_economy_code".*?</select>', administrator.get("/forums/new").text, re.S)
    assert chosen
    assert '<option value="">Choose one</option>' in chosen[0].replace(" selected", "")
    assert not re.search(r'<option[^>]*value="\w+"[^>]*selected|selected[^>]*value="\w+"', chosen[0])


def test_preview_renders_and_saves_nothing(administrator: FlaskClient) -> None:
    page = administrator.post("/forums/new", data=typed(preview="1", title="")).get_data(as_text=True)
    assert "Long <strong>text</strong> that must not be lost" in page
    assert forum_count() == 0


def test_the_second_tab_is_told_keeps_its_text_and_may_save_then(administrator: FlaskClient) -> None:
    administrator.post("/forums/new", data=typed())
    address = "/forums/gtn-forum-2027/manage/settings"
    seen = str(the_forum("gtn-forum-2027").lock_version)
    assert administrator.post(address, data=typed(lock_version=seen, city="Bonn")).status_code == 302
    second = administrator.post(address, data=typed(lock_version=seen, city="Jena", tagline="Typed for an hour"))
    page = second.get_data(as_text=True)
    assert (second.status_code, "Somebody else changed the settings" in page) == (409, True)
    assert ("Typed for an hour" in page, 'value="Jena"' in page, "Bonn" in page) == (True, True, True)
    db.session.expire_all()
    forum = the_forum("gtn-forum-2027")
    assert forum.city == "Bonn"
    third = administrator.post(address, data=typed(lock_version=str(forum.lock_version), city="Jena"))
    assert third.status_code == 302
    db.session.expire_all()
    assert the_forum("gtn-forum-2027").city == "Jena"


def test_too_small_a_capacity_is_told_at_its_field_and_nothing_is_saved(desk: FlaskClient, forum: Forum) -> None:
    category = make_category(forum, capacity=5)
    make_registration(category, make_account("one@firm.example"), State.CONFIRMED)
    address = f"/forums/{forum}/manage/categories/{category.id}"
    reply = desk.post(address, data={"label": "Changed", "capacity": "0", "approval": "none", "seen": "1"})
    assert (reply.status_code, "1 place of Delegate is taken" in reply.get_data(as_text=True)) == (422, True)
    db.session.expire_all()
    assert (category.label, category.pool.capacity) == ("Delegate", 5)


def test_staff_is_added_by_address_in_any_case_and_ended(desk: FlaskClient, forum: Forum) -> None:
    make_account("helper@gtn.example", family_name="Helper")
    address = f"/forums/{forum}/manage/staff"
    assert desk.post(address, data={"email": "HELPER@gtn.example", "role": "helper"}).status_code == 302
    assert [grant.role for grant in staff_grants(forum.scope, STAFF_ROLES)] == [Role.ORGANISER, Role.HELPER]
    helper = staff_grants(forum.scope, STAFF_ROLES)[1]
    desk.post(f"{address}/{helper.id}/end")
    assert [grant.role for grant in staff_grants(forum.scope, STAFF_ROLES)] == [Role.ORGANISER]


@pytest.mark.parametrize(("email", "role"), [("nobody", "helper"), ("organiser@gtn.example", "administrator")])
def test_staff_needs_an_address_and_a_role_of_the_forum(desk: FlaskClient, forum: Forum, email: str, role: str) -> None:
    reply = desk.post(f"/forums/{forum}/manage/staff", data={"email": email, "role": role})
    assert reply.status_code == 422
    assert [grant.role for grant in staff_grants(forum.scope, STAFF_ROLES)] == [Role.ORGANISER]


def test_the_last_organiser_stays(desk: FlaskClient, forum: Forum, organiser: Account) -> None:
    grant = staff_grants(forum.scope, STAFF_ROLES)[0]
    desk.post(f"/forums/{forum}/manage/staff/{grant.id}/end")
    assert [each.account_id for each in staff_grants(forum.scope, STAFF_ROLES)] == [organiser.id]


def side_event_typed(**changes: str) -> dict[str, str]:
    return {
        "title": "Clinic",
        "host_economy_code": "INA",
        "starts_at": "2013-06-05T14:00",
        "ends_at": "2013-06-05T16:00",
        "capacity": "20",
        "published": "y",
    } | changes


def test_a_side_event_is_added_in_the_venues_time(desk: FlaskClient, forum: Forum) -> None:
    desk.post(f"/forums/{forum}/manage/side-events/new", data=side_event_typed())
    assert [(each.slug, each.starts_at, each.pool.capacity) for each in side_events_of(forum)] == [
        ("clinic", datetime(2013, 6, 5, 7, 0, tzinfo=UTC), 20)
    ]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"ends_at": "2013-06-05T14:00"}, "ends before it starts"),
        ({"starts_at": "2013-06-09T14:00", "ends_at": "2013-06-09T15:00"}, "not on a day of the forum"),
        ({"host_economy_code": ""}, "Say who hosts it"),
        ({"capacity": "-1"}, "Write a number from 0"),
    ],
)
def test_a_side_event_that_breaks_a_rule_is_refused(
    desk: FlaskClient, forum: Forum, changes: dict[str, str], message: str
) -> None:
    reply = desk.post(f"/forums/{forum}/manage/side-events/new", data=side_event_typed(**changes))
    assert (reply.status_code, message in reply.get_data(as_text=True)) == (422, True)
    assert side_events_of(forum) == []


def test_a_chosen_side_event_stays_and_an_empty_one_goes(desk: FlaskClient, forum: Forum) -> None:
    chosen, empty = make_side_event(forum), make_side_event(forum, "Empty")
    registration = make_registration(make_category(forum), make_account(), State.CONFIRMED)
    db.session.add(
        SideEventBooking(side_event=chosen, registration=registration, state=BookingState.CHOSEN, chosen_at=MADE_AT)
    )
    db.session.commit()
    for side_event in (chosen.slug, empty.slug):
        desk.post(f"/forums/{forum}/manage/side-events/{side_event}/delete")
    assert [each.slug for each in side_events_of(forum)] == [chosen.slug]
    people = desk.post(f"/forums/{forum}/manage/side-events/{chosen.slug}/people.csv").get_data(as_text=True)
    assert people.splitlines()[1].split(",")[1:4] == ["Rosa", "HUAMÁN", "Andes Cold Chain"]


def test_the_overview_asks_the_same_number_of_queries_at_every_length(desk: FlaskClient, forum: Forum) -> None:
    category = make_category(forum)
    counts = []
    for batch in (2, 12):
        for number in range(batch):
            make_registration(category, make_account(f"n{batch}-{number}@firm.example"), State.CONFIRMED)
            make_side_event(forum, f"Side {batch} {number}", capacity=0)
        db.session.expire_all()
        with count_queries() as queries:
            assert desk.get(f"/forums/{forum}/manage/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_forum_is_published_only_by_the_second_page(desk: FlaskClient, forum: Forum) -> None:
    forum.state = ForumState.DRAFT
    make_category(forum)
    address = f"/forums/{forum}/manage/state/publish"
    assert "Publish GTN Forum 2013?" in desk.get(address).get_data(as_text=True)
    db.session.expire_all()
    assert forum.state is ForumState.DRAFT
    desk.post(address)
    db.session.expire_all()
    assert forum.state is ForumState.PUBLISHED


def test_the_next_edition_is_made_from_its_form(administrator: FlaskClient, forum: Forum) -> None:
    make_category(forum)
    sent = {"title": "GTN Forum 2014", "slug": "gtn-2014", "reference_prefix": "gtn14", "starts_on": "2014-06-04"}
    assert administrator.get(f"/forums/{forum}/manage/clone").status_code == 200
    reply = administrator.post(f"/forums/{forum}/manage/clone", data=sent)
    assert reply.location == "/forums/gtn-2014/manage/settings"
    taken = administrator.post(f"/forums/{forum}/manage/clone", data=sent)
    assert (taken.status_code, "Another forum has this address" in taken.get_data(as_text=True)) == (422, True)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_no_edition_is_in_a_year_that_cannot_be_meant(administrator: FlaskClient, forum: Forum, day: str) -> None:
    sent = {"title": "GTN Forum 2014", "slug": "gtn-2014", "reference_prefix": "gtn14", "starts_on": day}
    reply = administrator.post(f"/forums/{forum}/manage/clone", data=sent)
    assert (reply.status_code, "Choose a year from 1970 to 2199." in reply.text) == (422, True)


@pytest.mark.parametrize("address", ["side-events/new", "settings"])
def test_economies_have_their_short_names_in_forms(desk: FlaskClient, forum: Forum, address: str) -> None:
    page = desk.get(f"/forums/{forum}/manage/{address}").get_data(as_text=True)
    assert (">Korea</option>" in page, "Republic of Korea" in page) == (True, False)


def test_an_organiser_clones_their_forum_and_is_the_organiser_of_the_clone(
    desk: FlaskClient, forum: Forum, organiser: Account
) -> None:
    assert "Next edition" in desk.get(f"/forums/{forum}/manage/settings").text
    sent = {"title": "GTN Forum 2014", "slug": "gtn-2014", "reference_prefix": "gtn14", "starts_on": "2014-06-04"}
    reply = desk.post(f"/forums/{forum}/manage/clone", data=sent)
    copy = db.session.scalars(select(Forum).where(Forum.slug == "gtn-2014")).one()
    assert [(grant.account_id, grant.role) for grant in staff_grants(copy.scope, STAFF_ROLES)] == [
        (organiser.id, Role.ORGANISER)
    ]
    db.session.expunge(organiser)  # keeps the grants that it had in its last request
    assert (reply.location, desk.get(reply.location).status_code) == ("/forums/gtn-2014/manage/settings", 200)
    assert desk.get("/forums/new").status_code == 403


def test_an_administrator_who_clones_becomes_no_organiser(administrator: FlaskClient, forum: Forum) -> None:
    sent = {"title": "GTN Forum 2014", "slug": "gtn-2014", "reference_prefix": "gtn14", "starts_on": "2014-06-04"}
    administrator.post(f"/forums/{forum}/manage/clone", data=sent)
    copy = db.session.scalars(select(Forum).where(Forum.slug == "gtn-2014")).one()
    assert staff_grants(copy.scope, STAFF_ROLES) == []


@pytest.mark.parametrize("state", [ForumState.DRAFT, ForumState.PUBLISHED])
def test_draft_waits_on_the_overview_to_be_published(desk: FlaskClient, forum: Forum, state: ForumState) -> None:
    forum.state = state
    db.session.commit()
    page = desk.get(f"/forums/{forum}/manage/").text
    assert ("Nobody else sees it until you publish it." in page) == (state is ForumState.DRAFT)


def test_a_category_that_was_changed_meanwhile_is_not_overwritten_unseen(desk: FlaskClient, forum: Forum) -> None:
    category = make_category(forum, capacity=5)
    address = f"/forums/{forum}/manage/categories/{category.id}"
    assert 'name="seen" type="hidden" value="1"' in desk.get(address).text
    sent = {"label": "Delegates", "capacity": "7", "approval": "organiser", "open_to_public": "y", "seen": "1"}
    pages = [desk.post(address, data=sent | {"capacity": capacity}) for capacity in ("7", "9")]
    assert [page.status_code for page in pages] == [302, 422]
    says = ("Somebody else saved this while you had it open.", "Stored now: 7", 'type="hidden" value="2"')
    assert [each in pages[1].text for each in says] == [True] * 3
    db.session.expire_all()
    assert category.pool.capacity == 7
