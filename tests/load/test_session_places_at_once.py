"""Delegates sign up, leave and take offers at one moment: no place at a session is given twice or lost."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.forum.domain.integrity import seat_differences
from gtn_events.forum.domain.places import leave_booking
from gtn_events.forum.domain.programme_sessions import SessionDetails, add_session
from gtn_events.forum.domain.session_places import set_places, sign_up
from gtn_events.forum.enums import BookingState, RegistrationState
from gtn_events.forum.models import Forum, ForumSession, LimitedSession, Registration, SessionBooking
from gtn_events.forum.queries.bookings import session_bookings
from tests.factories import make_registration
from tests.load.people import open_forum, people
from tests.load.test_last_place import Told

PLACES, MANY = 3, 8

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def now() -> datetime:
    return clock.now()


def limited_session(forum: Forum, title: str, now: datetime) -> ForumSession:
    details = SessionDetails(title=title, starts_at=now + timedelta(days=30), minutes=60)
    session = add_session(forum, details, actor=None, now=now)
    set_places(forum, session, PLACES, actor=people(1, name=title.lower().replace(" ", "-"), now=now)[0][0], now=now)
    db.session.commit()
    return session


def delegates(forum: Forum, name: str, now: datetime) -> list[int]:
    found = people(MANY, name=name, now=now)
    made = [make_registration(forum.categories[0], each, RegistrationState.CONFIRMED) for each, _browser in found]
    return [each.id for each in made]


def states(session_id: int) -> dict[BookingState, int]:
    statement = select(SessionBooking.state, func.count()).where(SessionBooking.session_id == session_id)
    return {row[0]: row[1] for row in db.session.execute(statement.group_by(SessionBooking.state))}


def test_so_many_sign_up_at_once_and_the_places_are_given_once(site: Flask, now: datetime) -> None:
    forum = open_forum("signing-up", seats=50, now=now)
    session_id, ids = limited_session(forum, "Clinic", now).id, delegates(forum, "signing-up", now)
    words = Told(site).all_at_once([partial(_sign_up, each, session_id, now) for each in ids])
    assert words == [""] * MANY
    assert states(session_id) == {BookingState.CONFIRMED: PLACES, BookingState.WAITLISTED: MANY - PLACES}
    assert list(seat_differences()) == []


def test_one_person_who_clicks_often_has_one_place(site: Flask, now: datetime) -> None:
    forum = open_forum("clicking", seats=50, now=now)
    session_id, ids = limited_session(forum, "Clicked", now).id, delegates(forum, "clicking", now)
    words = Told(site).all_at_once([partial(_sign_up, ids[0], session_id, now) for _time in range(4)])
    assert (words.count(""), states(session_id)) == (1, {BookingState.CONFIRMED: 1})


def test_two_sessions_at_one_time_give_one_person_one_place(site: Flask, now: datetime) -> None:
    forum = open_forum("torn", seats=50, now=now)
    sessions = [limited_session(forum, title, now).id for title in ("Torn one", "Torn two")]
    ids = delegates(forum, "torn", now)
    words = Told(site).all_at_once([partial(_sign_up, ids[0], each, now) for each in sessions])
    assert words.count("") == 1
    assert len(session_bookings(db.session.get_one(Registration, ids[0]))) == 1


def test_freed_places_are_offered_once_while_others_come_and_go(site: Flask, now: datetime) -> None:
    forum = open_forum("leaving", seats=50, now=now)
    session_id, ids = limited_session(forum, "Left", now).id, delegates(forum, "leaving", now)
    for each in ids[:-2]:
        _sign_up(each, session_id, now)
    db.session.commit()
    acts: list[Callable[[], Any]] = [partial(_leave, each, session_id, now) for each in ids[:PLACES]]
    acts += [partial(_sign_up, each, session_id, now) for each in ids[-2:]]
    words = Told(site).all_at_once(acts)
    assert words == [""] * len(acts)
    found = states(session_id)
    assert (found[BookingState.CANCELLED], found[BookingState.OFFERED], found[BookingState.WAITLISTED]) == (3, 3, 2)
    assert db.session.get_one(LimitedSession, session_id).pool.taken == PLACES
    assert list(seat_differences()) == []


def _sign_up(registration_id: int, session_id: int, now: datetime) -> None:
    registration = db.session.get_one(Registration, registration_id)
    sign_up(registration, db.session.get_one(LimitedSession, session_id), actor=registration.account, now=now)


def _leave(registration_id: int, session_id: int, now: datetime) -> None:
    mine = SessionBooking.registration_id == registration_id, SessionBooking.session_id == session_id
    booking = db.session.scalars(select(SessionBooking).where(*mine)).one()
    leave_booking(booking, actor=booking.registration.account, now=now)
