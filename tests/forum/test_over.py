"""What is over says so: nothing is free there any more, and nothing can be chosen."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.forum.domain.bookings import choose_side_event
from gtn_events.forum.domain.places import leave_booking
from gtn_events.forum.domain.registrations import cancel_registration
from gtn_events.forum.domain.transitions import Party
from gtn_events.forum.domain.waiting_list import accept_offer
from gtn_events.forum.enums import BookingState, RegistrationState
from gtn_events.forum.errors import BookingRefused, OfferEnded
from gtn_events.forum.models import Forum, SideEventBooking
from gtn_events.forum.queries.figures import seats_by_day
from tests.accounts.pages import words
from tests.factories import make_account, make_category, make_forum, make_registration, make_side_event, sign_in

LAST_EVENING = datetime(2013, 6, 6, 16, 30, tzinfo=UTC)  # 23:30 in Jakarta
URL = "/forums/gtn-forum-2013"


@pytest.fixture
def forum(database: None) -> Forum:
    forum = make_forum()
    make_side_event(forum, "Clinic")
    return forum


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_a_forum_is_over_when_its_last_day_has_ended_at_the_venue(forum: Forum) -> None:
    assert (forum.is_over(LAST_EVENING), forum.is_over(LAST_EVENING + timedelta(hours=1))) == (False, True)


@pytest.mark.parametrize("address", [URL, f"{URL}/side-events", f"{URL}/side-events/clinic", f"{URL}/my"])
def test_places_are_free_until_the_side_event_is_over(
    client: FlaskClient, forum: Forum, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    rosa = make_account()
    make_registration(make_category(forum), rosa, RegistrationState.CONFIRMED)
    sign_in(client, rosa)
    at(datetime(2013, 6, 5, 8, 0, tzinfo=UTC), monkeypatch)
    before = words(client.get(address).text)
    at(datetime(2013, 6, 5, 9, 0, tzinfo=UTC), monkeypatch)
    after = words(client.get(address).text)
    assert ("free" in before, "free" in after) == (True, False)
    assert "Over" in after or "This side event is over." in after


def test_a_side_event_that_is_over_cannot_be_chosen(forum: Forum) -> None:
    registration = make_registration(make_category(forum), make_account(), RegistrationState.CONFIRMED)
    clinic = make_side_event(forum, "Round table")
    with pytest.raises(BookingRefused, match="Round table is over"):
        choose_side_event(registration, clinic, actor=registration.account, now=clinic.ends_at)


def test_seats_over_time_end_with_the_forum(forum: Forum) -> None:
    category = make_category(forum)
    make_registration(category, make_account(), RegistrationState.CONFIRMED)
    late = make_registration(category, make_account("hana@firm.example"), RegistrationState.CANCELLED)
    late.confirmed_at, late.state_changed_at = late.submitted_at, LAST_EVENING + timedelta(days=30)
    db.session.commit()
    days = seats_by_day(forum, offered=0, until=LAST_EVENING + timedelta(days=1_000))
    assert [(day.day, day.confirmed) for day in days] == [(date(2013, 4, 1), 2), (date(2013, 6, 6), 2)]


@pytest.mark.parametrize(
    ("state", "words_after"),
    [
        (RegistrationState.CONFIRMED, "The forum is over You had a place."),
        (RegistrationState.PENDING, "The forum is over You had no place at it."),
        (RegistrationState.CANCELLED, "Your registration is cancelled"),
    ],
)
def test_the_delegates_page_says_that_the_forum_is_over(
    client: FlaskClient, forum: Forum, monkeypatch: pytest.MonkeyPatch, state: RegistrationState, words_after: str
) -> None:
    rosa = make_account()
    make_registration(make_category(forum), rosa, state)
    sign_in(client, rosa)
    at(LAST_EVENING, monkeypatch)
    assert "The forum is over" not in client.get(f"{URL}/my").text
    at(LAST_EVENING + timedelta(hours=1), monkeypatch)
    page = words(client.get(f"{URL}/my").text)
    assert (words_after in page, "Show at the door" in page, "Cancel…" in page) == (True, False, False)


OVER = LAST_EVENING + timedelta(hours=1)


def test_a_delegate_cancels_nothing_when_the_forum_is_over(
    client: FlaskClient, forum: Forum, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The button is gone then, but a page that was opened before still has it."""
    rosa = make_account()
    registration = make_registration(make_category(forum), rosa, RegistrationState.CONFIRMED)
    sign_in(client, rosa)
    at(OVER, monkeypatch)
    reply = client.post(f"{URL}/my/cancel", follow_redirects=True)
    assert "GTN Forum 2013 is over; there is nothing left to cancel." in words(reply.text)
    assert registration.state is RegistrationState.CONFIRMED


def test_nobody_is_offered_a_place_at_a_forum_that_is_over(forum: Forum) -> None:
    category, organiser = make_category(forum, capacity=1), make_account("organiser@gtn.example")
    seated = make_registration(category, make_account(), RegistrationState.CONFIRMED)
    waiting = make_registration(category, make_account("hana@firm.example"), RegistrationState.WAITLISTED)
    cancel_registration(seated, actor=organiser, now=OVER, party=Party.ORGANISER)
    assert waiting.state is RegistrationState.WAITLISTED


def test_an_offer_does_not_outlive_the_forum(forum: Forum) -> None:
    offered = make_registration(make_category(forum), make_account(), RegistrationState.OFFERED)
    offered.offer_ends_at = OVER + timedelta(days=1)
    with pytest.raises(OfferEnded):
        accept_offer(offered, actor=offered.account, now=OVER)


def test_nobody_is_offered_a_place_at_a_side_event_that_is_over(forum: Forum) -> None:
    category, visit = make_category(forum), make_side_event(forum, "Visit", capacity=1)
    for address in ("rosa@firm.example", "hana@firm.example"):
        registration = make_registration(category, make_account(address), RegistrationState.CONFIRMED)
        choose_side_event(registration, visit, actor=registration.account, now=visit.starts_at)
    first, second = db.session.scalars(select(SideEventBooking).order_by(SideEventBooking.id))
    leave_booking(first, actor=first.registration.account, now=visit.ends_at)
    assert second.state is BookingState.WAITLISTED
