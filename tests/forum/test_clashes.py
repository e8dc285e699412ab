"""A choice that collides says with what, offers what else there is, and exchanges all or nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from gtn_events.core.db import db
from gtn_events.forum.domain.bookings import choose_side_event, exchange_side_event
from gtn_events.forum.domain.integrity import seat_differences
from gtn_events.forum.domain.programme_sessions import (
    SessionDetails,
    SpeakerDetails,
    add_session,
    add_speaker,
    place_speaker,
)
from gtn_events.forum.enums import BookingState, RegistrationState, SpeakerRole
from gtn_events.forum.errors import BookingRefused, SideEventsClash
from gtn_events.forum.models import Forum, Registration, SideEvent
from gtn_events.forum.queries.bookings import active_bookings
from gtn_events.forum.queries.choices import alternatives_to, choices_of
from tests.factories import (
    MADE_AT,
    make_account,
    make_category,
    make_forum,
    make_registration,
    make_side_event,
    sign_in,
)

START = datetime(2099, 6, 5, 7, 0, tzinfo=UTC)


@pytest.fixture
def forum(database: None) -> Forum:
    return make_forum(starts_on=START.date(), ends_on=START.date() + timedelta(days=1))


@pytest.fixture
def registration(forum: Forum) -> Registration:
    return make_registration(make_category(forum), make_account(), RegistrationState.CONFIRMED)


def event(forum: Forum, title: str, *, hours: int = 0, capacity: int = 1, topic: str = "") -> SideEvent:
    starts_at = START + timedelta(hours=hours)
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2)}
    return make_side_event(forum, title, capacity=capacity, topic=topic, **times)


def choose(registration: Registration, side_event: SideEvent) -> BookingState:
    state = choose_side_event(registration, side_event, actor=registration.account, now=MADE_AT)
    db.session.commit()
    return state


def titles(registration: Registration) -> list[str]:
    return [each.side_event.title for each in active_bookings(registration)]


def speaks_at(registration: Registration, starts_at: datetime) -> None:
    forum, person = registration.forum, registration.account
    details = SessionDetails(title="Opening talk", starts_at=starts_at, minutes=30)
    session = add_session(forum, details, actor=person, now=MADE_AT)
    speaker = add_speaker(forum, SpeakerDetails(name="Rosa"), actor=person, now=MADE_AT)
    speaker.account_id = person.id
    place_speaker(forum, session, speaker, role=SpeakerRole.SPEAKER, actor=person, now=MADE_AT)
    db.session.commit()


def test_an_exchange_takes_the_new_place_and_frees_the_old_one(forum: Forum, registration: Registration) -> None:
    first, second = event(forum, "First"), event(forum, "Second", hours=1)
    choose(registration, first)
    waiting = make_registration(forum.categories[0], make_account("b@firm.example"), RegistrationState.CONFIRMED)
    assert choose(waiting, first) is BookingState.WAITLISTED
    given_up = exchange_side_event(registration, second, actor=registration.account, now=MADE_AT)
    assert ([each.side_event.title for each in given_up], titles(registration)) == (["First"], ["Second"])
    assert [each.state for each in active_bookings(waiting)] == [BookingState.OFFERED]
    assert list(seat_differences()) == []


def test_an_exchange_for_a_full_side_event_changes_nothing(forum: Forum, registration: Registration) -> None:
    first, second = event(forum, "First"), event(forum, "Second", capacity=0)
    choose(registration, first)
    with pytest.raises(BookingRefused, match="you keep what you have"):
        exchange_side_event(registration, second, actor=registration.account, now=MADE_AT)
    assert (titles(registration), first.pool.taken, second.pool.taken) == (["First"], 1, 0)


def test_an_exchange_does_not_pass_those_who_wait(forum: Forum, registration: Registration) -> None:
    first, second = event(forum, "First"), event(forum, "Second", capacity=0)
    choose(registration, first)
    waiting = make_registration(forum.categories[0], make_account("b@firm.example"), RegistrationState.CONFIRMED)
    choose(waiting, second)
    second.pool.capacity = 1
    db.session.commit()
    with pytest.raises(BookingRefused):
        exchange_side_event(registration, second, actor=registration.account, now=MADE_AT)
    assert titles(registration) == ["First"]


def test_an_exchange_gives_up_everything_that_collides_and_nothing_else(
    forum: Forum, registration: Registration
) -> None:
    for title, hours in (("Early", 0), ("Late", 3), ("Next day", 24)):
        choose(registration, event(forum, title, hours=hours))
    long = event(forum, "Long", hours=1)
    long.ends_at = START + timedelta(hours=5)
    db.session.commit()
    exchange_side_event(registration, long, actor=registration.account, now=MADE_AT)
    assert titles(registration) == ["Long", "Next day"]


def test_a_session_where_one_speaks_is_not_given_up(forum: Forum, registration: Registration) -> None:
    speaks_at(registration, START)
    first, second = event(forum, "First", hours=1), event(forum, "Second")
    choose(registration, first)
    with pytest.raises(SideEventsClash, match="Opening talk"):
        exchange_side_event(registration, second, actor=registration.account, now=MADE_AT)
    assert titles(registration) == ["First"]


def test_before_the_confirmation_an_exchange_takes_no_seat(forum: Forum) -> None:
    pending = make_registration(make_category(forum), make_account())
    first, second = event(forum, "First"), event(forum, "Second", capacity=0)
    choose(pending, first)
    exchange_side_event(pending, second, actor=pending.account, now=MADE_AT)
    assert ([each.state for each in active_bookings(pending)], titles(pending)) == ([BookingState.CHOSEN], ["Second"])


def test_alternatives_are_free_for_the_person_and_of_the_same_topic_first(
    forum: Forum, registration: Registration
) -> None:
    choose(registration, event(forum, "Chosen"))
    wanted = event(forum, "Wanted", hours=1, topic="Water")
    event(forum, "Collides too", topic="Water")
    near, far = event(forum, "Near", hours=3), event(forum, "Far", hours=20, topic="water")
    choices = choices_of(forum, registration)
    assert alternatives_to(wanted, choices, now=MADE_AT) == [far, near]
    assert alternatives_to(wanted, choices, now=START + timedelta(hours=40)) == []


def test_the_page_names_what_collides_in_both_zones_and_exchanges(
    client: FlaskClient, forum: Forum, registration: Registration
) -> None:
    first, second = event(forum, "First"), event(forum, "Second", hours=1)
    choose(registration, first)
    sign_in(client, registration.account)
    base = f"/forums/{forum}/my/side-events/{second.id}"
    refused = client.post(base, data={"act": "choose"})
    assert refused.location == f"{base}/clash"
    page = client.get(refused.location).text
    assert ("14:00–16:00" in page, "02:00–04:00" in page, "in Lima" in page) == (True, True, True)
    assert client.get(f"/forums/{forum}/my/side-events/{first.id}/clash").status_code == 302
    client.post(f"{base}/exchange")
    assert titles(registration) == ["Second"]


def test_a_stranger_has_nothing_to_exchange(client: FlaskClient, forum: Forum, registration: Registration) -> None:
    side_event = event(forum, "First")
    choose(registration, side_event)
    sign_in(client, make_account("other@firm.example"))
    base = f"/forums/{forum}/my/side-events/{side_event.id}"
    assert (client.get(f"{base}/clash").status_code, client.post(f"{base}/exchange").status_code) == (404, 404)
