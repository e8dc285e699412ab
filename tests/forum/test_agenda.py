"""A delegate's agenda: one page, calendar files that follow every change, and a feed that can be ended."""

from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.forum.domain.agenda_feed import registration_of_feed, renew_feed, revoke_feed
from gtn_events.forum.domain.bookings import choose_side_event
from gtn_events.forum.domain.places import leave_booking
from gtn_events.forum.domain.programme_sessions import (
    SessionDetails,
    SpeakerDetails,
    add_session,
    add_speaker,
    place_speaker,
)
from gtn_events.forum.domain.registrations import cancel_registration
from gtn_events.forum.domain.side_events import SideEventDetails, edit_side_event
from gtn_events.forum.domain.transitions import Party
from gtn_events.forum.enums import RegistrationState, SpeakerRole
from gtn_events.forum.models import AgendaFeed, Forum, Registration, SideEvent
from gtn_events.forum.personal_data import erase_forum
from gtn_events.forum.queries.agenda import agenda_of
from gtn_events.forum.queries.bookings import active_bookings
from tests.factories import (
    MADE_AT,
    make_account,
    make_category,
    make_forum,
    make_registration,
    make_side_event,
    sign_in,
)

LATER = MADE_AT + timedelta(days=1)


@pytest.fixture
def forum(database: None) -> Forum:
    return make_forum()


@pytest.fixture
def registration(forum: Forum) -> Registration:
    return make_registration(make_category(forum), make_account(), RegistrationState.CONFIRMED)


@pytest.fixture
def side_event(forum: Forum, registration: Registration) -> SideEvent:
    """One that the delegate has a place at."""
    made = make_side_event(forum)
    choose_side_event(registration, made, actor=registration.account, now=MADE_AT)
    db.session.commit()
    return made


def feed(client: FlaskClient, registration: Registration) -> str:
    token = renew_feed(registration, actor=registration.account, now=MADE_AT)
    db.session.commit()
    return f"/calendar/{token}.ics"


def only_event(client: FlaskClient, address: str) -> Any:
    reply = client.get(address)
    assert reply.status_code == 200
    events = icalendar.Calendar.from_ical(reply.data).walk("VEVENT")
    assert len(events) == 1
    return events[0]


def move(side_event: SideEvent, actor: Account, **values: Any) -> None:
    names = ("title", "topic", "description", "host_name", "host_economy_code", "room_name", "starts_at", "ends_at")
    given = {name: getattr(side_event, name) for name in names} | {"published": side_event.published} | values
    edit_side_event(side_event, SideEventDetails(**given), capacity=20, actor=actor, now=LATER)
    db.session.commit()


def test_the_agenda_holds_sessions_and_side_events_by_time(
    forum: Forum, registration: Registration, side_event: SideEvent
) -> None:
    person = registration.account
    details = SessionDetails(title="Opening talk", starts_at=datetime(2013, 6, 5, 2, 0, tzinfo=UTC), minutes=30)
    session = add_session(forum, details, actor=person, now=MADE_AT)
    speaker = add_speaker(forum, SpeakerDetails(name="Rosa"), actor=person, now=MADE_AT)
    speaker.account_id = person.id
    for role in (SpeakerRole.SPEAKER, SpeakerRole.MODERATOR):
        place_speaker(forum, session, speaker, role=role, actor=person, now=MADE_AT)
    db.session.commit()
    assert [(each.title, each.state) for each in agenda_of(registration, now=MADE_AT)] == [
        ("Opening talk", None),
        ("Green procurement clinic", "confirmed"),
    ]


def test_a_moved_side_event_keeps_its_uid_and_grows_its_sequence(
    client: FlaskClient, registration: Registration, side_event: SideEvent
) -> None:
    address = feed(client, registration)
    before = only_event(client, address)
    starts_at = side_event.starts_at + timedelta(hours=2)
    move(side_event, registration.account, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    after = only_event(client, address)
    assert (before["UID"], before["STATUS"]) == (after["UID"], "CONFIRMED")
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert (after["LAST-MODIFIED"].dt, after["DTSTART"].dt) == (LATER, starts_at)


def test_what_is_given_up_hidden_or_cancelled_is_called_off_in_the_feed(
    client: FlaskClient, registration: Registration, side_event: SideEvent
) -> None:
    address = feed(client, registration)
    first = only_event(client, address)["SEQUENCE"]
    move(side_event, registration.account, published=False)
    hidden = only_event(client, address)
    move(side_event, registration.account, published=True)
    leave_booking(active_bookings(registration)[0], actor=registration.account, now=LATER)
    db.session.commit()
    left = only_event(client, address)
    assert (hidden["STATUS"], left["STATUS"], left["SEQUENCE"] > first) == ("CANCELLED", "CANCELLED", True)
    choose_side_event(registration, side_event, actor=registration.account, now=LATER + timedelta(hours=1))
    db.session.commit()
    again = only_event(client, address)
    assert (again["STATUS"], again["UID"], again["SEQUENCE"] > left["SEQUENCE"]) == ("CONFIRMED", left["UID"], True)
    cancel_registration(registration, actor=registration.account, now=LATER + timedelta(days=1), party=Party.DELEGATE)
    db.session.commit()
    assert only_event(client, address)["STATUS"] == "CANCELLED"


def test_a_place_that_is_not_sure_is_tentative(client: FlaskClient, forum: Forum, registration: Registration) -> None:
    full = make_side_event(forum, capacity=0)
    choose_side_event(registration, full, actor=registration.account, now=MADE_AT)
    assert only_event(client, feed(client, registration))["STATUS"] == "TENTATIVE"


def test_only_the_digest_of_the_token_is_kept_and_a_new_address_ends_the_old_one(
    client: FlaskClient, registration: Registration, side_event: SideEvent
) -> None:
    old = feed(client, registration)
    token = old.removeprefix("/calendar/").removesuffix(".ics")
    kept = db.session.scalars(select(AgendaFeed)).one()
    written = str([each.changes for each in db.session.scalars(select(JournalEntry))])
    assert (token in kept.token_sha256, token in written) == (False, False)
    new = feed(client, registration)
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
    revoke_feed(registration, actor=registration.account, now=MADE_AT)
    db.session.commit()
    assert (client.get(new).status_code, registration_of_feed(token)) == (404, None)


def test_the_feed_leaks_no_address_and_answers_unchanged_with_304(
    client: FlaskClient, registration: Registration, side_event: SideEvent, caplog: pytest.LogCaptureFixture
) -> None:
    address = feed(client, registration)
    with caplog.at_level("INFO"):
        first = client.get(address)
    assert (first.headers["Referrer-Policy"], first.mimetype) == ("no-referrer", "text/calendar")
    assert (address in caplog.text, "/calendar/<token>.ics" in caplog.text) == (False, True)
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_the_pages_show_both_zones_and_the_address_once(
    client: FlaskClient, forum: Forum, registration: Registration, side_event: SideEvent
) -> None:
    sign_in(client, registration.account)
    where = f"/forums/{forum}/my/agenda"
    page = client.get(where).text
    assert ("14:00–16:00" in page, "02:00–04:00" in page, "in Lima" in page) == (True, True, True)
    made = client.post(f"{where}/feed")
    assert (made.status_code, "/calendar/" in made.text, made.headers["Cache-Control"]) == (200, True, "no-store")
    assert "/calendar/" not in client.get(where).text
    assert client.post(f"{where}/feed/revoke").status_code == 302
    assert "Make the address" in client.get(where).text


def test_one_item_is_a_file_of_its_owner_alone(
    client: FlaskClient, forum: Forum, registration: Registration, side_event: SideEvent
) -> None:
    address = f"/forums/{forum}/my/agenda/side-event-{side_event.id}.ics"
    sign_in(client, registration.account)
    assert only_event(client, address)["SUMMARY"] == side_event.title
    other = make_registration(forum.categories[0], make_account("b@firm.example"), RegistrationState.CONFIRMED)
    sign_in(client, other.account)
    assert client.get(address).status_code == 404
    sign_in(client, make_account("nobody@firm.example"))
    for page in (address, f"/forums/{forum}/my/agenda"):
        assert client.get(page).status_code == 404


def test_the_feed_goes_with_the_erasure(client: FlaskClient, registration: Registration) -> None:
    address = feed(client, registration)
    cancel_registration(registration, actor=registration.account, now=LATER, party=Party.DELEGATE)
    erase_forum(registration.account, LATER)
    db.session.commit()
    assert (client.get(address).status_code, db.session.scalar(select(AgendaFeed.made_at))) == (404, None)


def test_the_agenda_leads_to_the_sessions_that_have_only_a_star(
    client: FlaskClient, forum: Forum, registration: Registration
) -> None:
    sign_in(client, registration.account)
    page = client.get(f"/forums/{forum}/my/agenda").text
    assert page.count(f'href="/forums/{forum}/programme/mine"') == 1
    assert client.get(f"/forums/{forum}/programme/mine").status_code == 200
