"""Sessions with limited places: signed up for, waited for, offered, left; lists, agenda, mails, personal data."""

import csv
import io
import re
from datetime import timedelta

import icalendar
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from gtn_events.core.seats import CapacityTooSmall, SeatPool
from gtn_events.forum.domain.agenda_feed import renew_feed
from gtn_events.forum.domain.bookings import choose_side_event
from gtn_events.forum.domain.integrity import seat_differences, state_differences
from gtn_events.forum.domain.places import accept_booking, lapse_due_bookings, leave_booking
from gtn_events.forum.domain.programme_sessions import remove_session
from gtn_events.forum.domain.registrations import cancel_registration
from gtn_events.forum.domain.session_places import set_places, sign_up
from gtn_events.forum.domain.transitions import Party
from gtn_events.forum.enums import BookingState, RegistrationState
from gtn_events.forum.errors import BookingRefused, OfferEnded, ProgrammeRefused, SideEventsClash
from gtn_events.forum.models import Forum, ForumSession, LimitedSession, Registration, SessionBooking, Speaker
from gtn_events.forum.personal_data import export_forum
from gtn_events.forum.queries.agenda import agenda_of
from gtn_events.forum.queries.session_places import free_places
from tests.factories import (
    MADE_AT,
    grant_role,
    make_account,
    make_category,
    make_registration,
    make_side_event,
    sign_in,
)

from .sample import FIRST, make_programme

PUBLIC = "/forums/gtn-forum-2013/programme"
MANAGE = "/forums/gtn-forum-2013/manage/programme/sessions"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gtn_events.core.clock.now", lambda: MADE_AT)


@pytest.fixture
def forum(database: None) -> Forum:
    """A forum whose session on cold chains has one place."""
    forum = make_programme()
    make_category(forum)
    limit(forum, "Cold chains off the grid", 1)
    return forum


@pytest.fixture
def organiser(forum: Forum) -> Account:
    account = make_account("organiser@gtn.example")
    grant_role(account, Role.ORGANISER, forum.scope)
    return account


def limit(forum: Forum, title: str, places: int | None) -> int:
    actor = db.session.scalar(select(Account).where(Account.email == "limits@gtn.example"))
    actor = actor or make_account("limits@gtn.example")
    offered = set_places(forum, named(title), places, actor=actor, now=MADE_AT)
    db.session.commit()
    return offered


def named(title: str) -> ForumSession:
    return db.session.scalars(select(ForumSession).where(ForumSession.title == title)).one()


def delegate(forum: Forum, name: str, state: RegistrationState = RegistrationState.CONFIRMED) -> Registration:
    return make_registration(forum.categories[0], make_account(f"{name}@firm.example"), state)


def signed_up(registration: Registration, title: str = "Cold chains off the grid") -> SessionBooking:
    limited = db.session.get_one(LimitedSession, named(title).id)
    sign_up(registration, limited, actor=registration.account, now=MADE_AT)
    db.session.commit()
    return db.session.scalars(
        select(SessionBooking).where(SessionBooking.registration == registration, SessionBooking.limited == limited)
    ).one()


def pool() -> SeatPool:
    return db.session.get_one(LimitedSession, named("Cold chains off the grid").id).pool


def test_the_place_is_given_then_waited_for_then_offered(forum: Forum) -> None:
    first, second = delegate(forum, "a"), delegate(forum, "b")
    has, waits = signed_up(first), signed_up(second)
    assert (has.state, waits.state, pool().taken) == (BookingState.CONFIRMED, BookingState.WAITLISTED, 1)
    leave_booking(has, actor=first.account, now=MADE_AT)
    assert (has.state, waits.state, pool().taken) == (BookingState.CANCELLED, BookingState.OFFERED, 1)
    accept_booking(waits, actor=second.account, now=MADE_AT)
    assert (waits.state, waits.came_from_waiting_list) == (BookingState.CONFIRMED, True)
    (mail,) = db.session.scalars(select(OutboxMail).where(OutboxMail.template == "forum/session_booking_offered"))
    assert (mail.to_address, "Cold chains off the grid" in mail.subject) == ("b@firm.example", True)
    assert (list(seat_differences()), list(state_differences())) == ([], [])


def test_an_offer_that_nobody_answers_passes_on(forum: Forum) -> None:
    first, second, third = (delegate(forum, name) for name in "abc")
    has, waits, last = signed_up(first), signed_up(second), signed_up(third)
    leave_booking(has, actor=first.account, now=MADE_AT)
    assert waits.offer_ends_at is not None
    assert lapse_due_bookings(now=waits.offer_ends_at) == [waits.id]
    assert (waits.state, last.state) == (BookingState.DECLINED, BookingState.OFFERED)
    with pytest.raises(OfferEnded):
        accept_booking(last, actor=third.account, now=MADE_AT + timedelta(days=30))
    told = db.session.scalars(
        select(OutboxMail.to_address).where(OutboxMail.template == "forum/session_booking_lapsed")
    )
    assert (told.all(), list(seat_differences())) == (["b@firm.example"], [])


@pytest.mark.parametrize("state", [RegistrationState.PENDING, RegistrationState.APPROVED, RegistrationState.CANCELLED])
def test_only_confirmed_delegates_sign_up(forum: Forum, state: RegistrationState) -> None:
    with pytest.raises(BookingRefused, match="confirmed delegates"):
        signed_up(delegate(forum, "a", state))


def test_nobody_signs_up_twice_or_for_what_is_over(forum: Forum) -> None:
    registration = delegate(forum, "a")
    signed_up(registration)
    with pytest.raises(BookingRefused, match="already"):
        signed_up(registration)
    db.session.rollback()
    late = db.session.get_one(LimitedSession, named("Cold chains off the grid").id)
    with pytest.raises(BookingRefused, match="is over"):
        sign_up(delegate(forum, "b"), late, actor=registration.account, now=FIRST + timedelta(hours=4))


def test_a_session_collides_with_sessions_side_events_and_where_they_speak(forum: Forum) -> None:
    limit(forum, "Buying green", 5)
    registration = delegate(forum, "a")
    signed_up(registration)
    with pytest.raises(
        BookingRefused,
        match=r"“Buying green” and “Cold chains off the grid” are at the same time\. Give the other one up",
    ):
        signed_up(registration, "Buying green")
    db.session.rollback()
    starts_at = FIRST + timedelta(minutes=150)
    clinic = make_side_event(forum, "Clinic", starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    with pytest.raises(SideEventsClash, match="Clinic and Cold chains off the grid"):
        choose_side_event(registration, clinic, actor=registration.account, now=MADE_AT)
    db.session.rollback()
    other = delegate(forum, "b")
    choose_side_event(other, clinic, actor=other.account, now=MADE_AT)
    with pytest.raises(BookingRefused, match=r"Clinic” are at the same time\. Give the other one up"):
        signed_up(other)
    db.session.rollback()
    speaker = delegate(forum, "c")
    db.session.scalars(select(Speaker).where(Speaker.name == "Elena Sokolova")).one().account_id = speaker.account_id
    with pytest.raises(BookingRefused, match=r"“Buying green” are at the same time\. You speak in the other one"):
        signed_up(speaker)


def test_places_end_with_the_registration(forum: Forum) -> None:
    first, second = delegate(forum, "a"), delegate(forum, "b")
    has, waits = signed_up(first), signed_up(second)
    cancel_registration(first, actor=first.account, now=MADE_AT, party=Party.DELEGATE)
    assert (has.state, waits.state) == (BookingState.CANCELLED, BookingState.OFFERED)
    assert (list(seat_differences()), list(state_differences())) == ([], [])


def test_more_places_go_to_who_waits_and_fewer_than_taken_are_refused(forum: Forum) -> None:
    limit(forum, "Cold chains off the grid", 2)
    for name in "abc":
        signed_up(delegate(forum, name))
    assert limit(forum, "Cold chains off the grid", 3) == 1
    with pytest.raises(CapacityTooSmall):
        limit(forum, "Cold chains off the grid", 2)


def test_what_people_signed_up_for_keeps_its_places_and_stays(forum: Forum, organiser: Account) -> None:
    booking = signed_up(delegate(forum, "a"))
    session = named("Cold chains off the grid")
    with pytest.raises(ProgrammeRefused):
        set_places(forum, session, None, actor=organiser, now=MADE_AT)
    with pytest.raises(ProgrammeRefused):
        remove_session(forum, session, actor=organiser, now=MADE_AT)
    leave_booking(booking, actor=organiser, now=MADE_AT)
    remove_session(forum, session, actor=organiser, now=MADE_AT)
    assert db.session.scalars(select(LimitedSession)).all() == []


def test_the_agenda_and_its_feed_follow_the_place(client: FlaskClient, forum: Forum) -> None:
    registration = delegate(forum, "a")
    booking = signed_up(registration)
    token = renew_feed(registration, actor=registration.account, now=MADE_AT)
    db.session.commit()
    assert [(each.title, each.room, each.state) for each in agenda_of(registration, now=MADE_AT)] == [
        ("Cold chains off the grid", "Room 201", "confirmed")
    ]
    statuses = []
    for act in (None, leave_booking):
        if act:
            act(booking, actor=registration.account, now=MADE_AT + timedelta(hours=1))
            db.session.commit()
        (event,) = icalendar.Calendar.from_ical(client.get(f"/calendar/{token}.ics").data).walk("VEVENT")
        statuses.append((event["UID"], event["STATUS"], event["DTSTART"].dt))
    assert statuses[0][0] == statuses[1][0]
    assert [each[1] for each in statuses] == ["CONFIRMED", "CANCELLED"]
    assert statuses[0][2] == FIRST + timedelta(minutes=120)


def test_a_delegate_signs_up_on_the_page_of_the_session(client: FlaskClient, forum: Forum) -> None:
    code = named("Cold chains off the grid").code
    address = f"{PUBLIC}/sessions/{code}"
    registration = delegate(forum, "a")
    assert "Sign in to sign up" in client.get(address).text
    sign_in(client, registration.account)
    assert ">Sign up</button>" in client.get(address).text
    answer = client.post(f"{address}/places", data={"act": "sign-up"}, follow_redirects=True).text
    assert "You have a place at Cold chains off the grid." in answer
    assert ">Give it up</button>" in answer
    assert "Cold chains off the grid" in client.get(f"{PUBLIC}/mine").text
    assert "Room 201" in client.get("/forums/gtn-forum-2013/my/agenda").text
    assert export_forum(registration.account)["registrations"][0]["sessions_with_a_place"] == [
        "Cold chains off the grid"
    ]
    client.post(f"{address}/places", data={"act": "leave"})
    assert pool().taken == 0


def test_who_waits_reads_the_place_in_line_and_takes_the_offer(client: FlaskClient, forum: Forum) -> None:
    first, second = delegate(forum, "a"), delegate(forum, "b")
    has = signed_up(first)
    address = f"{PUBLIC}/sessions/{named('Cold chains off the grid').code}"
    sign_in(client, second.account)
    client.post(f"{address}/places", data={"act": "sign-up"})
    assert "You are number 1 in line." in client.get(address).text
    leave_booking(has, actor=first.account, now=MADE_AT)
    db.session.commit()
    assert "A place is free for you: Cold chains off the grid" in client.get("/home").text
    assert ">Take the place</button>" in client.get(address).text
    assert "You have a place" in client.post(f"{address}/places", data={"act": "take"}, follow_redirects=True).text


def test_strangers_and_wrong_acts_are_turned_away(client: FlaskClient, forum: Forum) -> None:
    address = f"{PUBLIC}/sessions/{named('Cold chains off the grid').code}/places"
    assert client.post(address, data={"act": "sign-up"}).status_code == 302
    sign_in(client, make_account("stranger@firm.example"))
    assert client.post(address, data={"act": "sign-up"}).status_code == 404
    sign_in(client, delegate(forum, "a").account)
    answers = [client.post(address, data={"act": act}).status_code for act in ("take", "leave", "?")]
    everybody = client.post(f"{PUBLIC}/sessions/{named('Buying green').code}/places", data={"act": "sign-up"})
    assert (answers, everybody.status_code) == ([404, 404, 404], 404)


def test_the_organiser_sets_places_reads_and_takes_the_list(
    client: FlaskClient, forum: Forum, organiser: Account
) -> None:
    signed_up(delegate(forum, "a"))
    signed_up(delegate(forum, "b"))
    code = named("Cold chains off the grid").code
    sign_in(client, organiser)
    page = client.get(f"{MANAGE}/{code}/places").text
    assert ("1 person" in page, "Place in line" in page) == (True, True)
    rows = list(
        csv.reader(io.StringIO(client.post(f"{MANAGE}/{code}/people", data={"format": "csv"}).data.decode("utf-8-sig")))
    )
    assert [(row[4], row[5]) for row in rows[1:]] == [("a@firm.example", "Confirmed"), ("b@firm.example", "Waitlisted")]
    assert client.post(f"{MANAGE}/{code}/people", data={"format": "xlsx"}).data[:2] == b"PK"
    assert client.post(f"{MANAGE}/{code}/people", data={"format": "pdf"}).status_code == 404
    entries = db.session.scalars(select(JournalEntry).where(JournalEntry.action == "list exported")).all()
    told = {"session": [None, "Cold chains off the grid"], "rows": [None, 2]}
    assert [(each.actor_id, each.changes) for each in entries] == [(organiser.id, told)] * 2
    assert client.get(f"{MANAGE}/{code}/people").status_code == 405
    refused = client.post(f"{MANAGE}/{code}/places", data={"places": ""})
    assert (refused.status_code, "so it keeps its places" in refused.text) == (422, True)
    saved = client.post(f"{MANAGE}/{code}/places", data={"places": "2"}, follow_redirects=True).text
    assert "A place was offered to 1 person." in saved


def test_delegates_do_not_see_the_list(client: FlaskClient, forum: Forum) -> None:
    code = named("Cold chains off the grid").code
    sign_in(client, delegate(forum, "a").account)
    answers = [
        client.get(f"{MANAGE}/{code}/places").status_code,
        client.post(f"{MANAGE}/{code}/people", data={"format": "csv"}).status_code,
    ]
    assert answers == [403, 403]
    assert db.session.scalar(select(JournalEntry).where(JournalEntry.action == "list exported")) is None


@pytest.mark.parametrize("view", ["", "/list"])
def test_the_day_shows_the_free_places_of_a_session_that_has_so_many(
    client: FlaskClient, forum: Forum, view: str
) -> None:
    def shown() -> tuple[list[str], str | None]:
        page = client.get(f"{PUBLIC}{view}?day=2013-06-05")
        return re.findall(r'class="slot-free">([^<]*)<', page.text), page.headers.get("ETag")

    first, kept = shown()
    signed_up(delegate(forum, "a"))
    second, other = shown()
    # What the browser kept of the day is no longer good.
    assert (first, second, kept is not None, kept == other) == (["1 free"], ["Full"], True, False)


def test_a_session_that_has_begun_has_no_free_places(forum: Forum) -> None:
    assert free_places(forum, now=FIRST) == {named("Cold chains off the grid").id: 1}
    assert free_places(forum, now=FIRST + timedelta(minutes=120)) == {}


def test_a_free_place_is_not_promised_while_somebody_waits(client: FlaskClient, forum: Forum) -> None:
    cold = named("Cold chains off the grid")
    limited = db.session.get_one(LimitedSession, cold.id)
    for name in ("first", "second"):
        person = delegate(forum, name)
        sign_up(person, limited, actor=person.account, now=MADE_AT)
    limited.pool.capacity = 2
    db.session.commit()
    assert free_places(forum, now=MADE_AT) == {cold.id: 0}
    assert free_places(forum, now=FIRST + timedelta(days=3)) == {}


def test_what_somebody_signed_up_for_is_not_offered_for_their_programme_again(
    client: FlaskClient, forum: Forum
) -> None:
    person = delegate(forum, "first")
    signed_up(person)
    db.session.commit()
    sign_in(client, person.account)
    page = client.get(f"{PUBLIC}/mine").text
    assert ("Cold chains off the grid" in page, "Put into my programme" in page) == (True, False)
    client.post(f"{PUBLIC}/favourites", data={"code": named("Cold chains off the grid").code, "from": "mine"})
    assert "Take out of my programme" in client.get(f"{PUBLIC}/mine").text
