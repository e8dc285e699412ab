"""Two hundred people at once for a few seats, through HTTP, with three server processes on one database."""

from collections import Counter
from datetime import datetime, timedelta
from functools import partial
from itertools import cycle

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from gtn_events.forum.domain.registrations import cancel_registration
from gtn_events.forum.domain.transitions import Party
from gtn_events.forum.enums import BookingState, RegistrationState
from gtn_events.forum.models import Forum, Registration, RegistrationDraft, SideEventBooking
from tests.factories import make_side_event
from tests.load.browsers import Browser, Reply, all_at_once, some_at_once
from tests.load.people import fill_drafts, open_forum, people, register
from tests.load.processes import Processes, wait_for_server

PEOPLE = 200
SEATS = 50
PLACES = 20

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def now() -> datetime:
    """The real time: the servers are processes of their own."""
    return clock.now()


@pytest.fixture(scope="module")
def ports(site: Flask, started: Processes) -> list[int]:
    """Three embedded servers that answer."""
    ports = [started.serve() for _ in range(3)]
    for port in ports:
        wait_for_server(port)
    return ports


def test_two_hundred_at_once_for_fifty_seats(site: Flask, started: Processes, ports: list[int], now: datetime) -> None:
    forum = open_forum("flood", seats=SEATS, now=now)
    crowd = people(PEOPLE, name="crowd", now=now)
    fill_drafts(forum, [account for account, _ in crowd], now=now)
    browsers = [browser for _, browser in crowd]
    form = "/forums/flood/register/check"
    replies = _everybody_twice(ports, browsers, form, form, consent="y")
    _all_led_to(replies, "/forums/flood/my")
    registrations = _registrations(forum)
    states = Counter(each.state for each in registrations)
    assert states == {RegistrationState.CONFIRMED: SEATS, RegistrationState.WAITLISTED: PEOPLE - SEATS}
    assert {each.account_id for each in registrations} == {browser.account_id for browser in browsers}
    assert db.session.scalar(select(func.count()).where(RegistrationDraft.forum_id == forum.id)) == 0
    assert _mails(forum, OutboxMail.template) == {
        "forum/registration_confirmed": SEATS,
        "forum/registration_waitlisted": PEOPLE - SEATS,
    }
    assert _mails(forum, OutboxMail.to_address) == Counter(each.email for each in registrations)
    line = [each.id for each in _in_line(registrations)]
    assert _served_next(forum, 10, now=clock.now()) == line[:10]
    db.session.rollback()
    assert started.check() == "Everything agrees."


def test_whoever_was_answered_before_another_asked_stands_before_them(
    site: Flask, started: Processes, ports: list[int], now: datetime
) -> None:
    forum = open_forum("queue", seats=10, now=now)
    crowd = people(60, name="queue", now=now)
    fill_drafts(forum, [account for account, _ in crowd], now=now)
    db.session.rollback()
    port = cycle(ports)
    acts = [partial(_register, browser, next(port), "/forums/queue/register/check") for _, browser in crowd]
    replies = some_at_once(acts, threads=6)
    by_account = {each.account_id: each for each in _registrations(forum)}
    order = sorted(
        zip((by_account[browser.account_id] for _, browser in crowd), replies, strict=True),
        key=lambda pair: (pair[0].state is not RegistrationState.CONFIRMED, pair[0].waitlisted_at or now, pair[0].id),
    )
    seated, line = order[:10], order[10:]
    assert {each.state for each, _ in seated} == {RegistrationState.CONFIRMED}
    assert {each.state for each, _ in line} == {RegistrationState.WAITLISTED}
    groups = [seated, *([pair] for pair in line)]
    latest_ask = 0.0
    for group in groups:
        assert min(reply.came_at for _, reply in group) > latest_ask
        latest_ask = max(latest_ask, *(reply.asked_at for _, reply in group))


def test_two_hundred_at_once_for_twenty_places_at_a_side_event(
    site: Flask, started: Processes, ports: list[int], now: datetime
) -> None:
    forum = open_forum("side", seats=PEOPLE, now=now)
    begins = now + timedelta(days=30)
    times = {"starts_at": begins, "ends_at": begins + timedelta(hours=2)}
    side_event = make_side_event(forum, capacity=PLACES, **times)
    crowd = people(PEOPLE, name="side", now=now)
    register(forum.categories[0], [account for account, _ in crowd], RegistrationState.CONFIRMED, now=now)
    browsers = [browser for _, browser in crowd]
    path = f"/forums/side/my/side-events/{side_event.id}"
    replies = _everybody_twice(ports, browsers, "/forums/side/my", path, act="choose")
    assert {reply.status for reply in replies} == {302}
    db.session.rollback()
    bookings = db.session.scalars(select(SideEventBooking).where(SideEventBooking.side_event_id == side_event.id)).all()
    assert Counter(each.state for each in bookings) == {
        BookingState.CONFIRMED: PLACES,
        BookingState.WAITLISTED: PEOPLE - PLACES,
    }
    assert len({each.registration_id for each in bookings}) == PEOPLE
    db.session.rollback()
    assert started.check() == "Everything agrees."


def _everybody_twice(ports: list[int], browsers: list[Browser], form: str, target: str, **fields: str) -> list[Reply]:
    """Let everybody open the form, then let all send it at one moment, each by a double click."""
    db.session.rollback()  # or this process itself would keep SQLite's writers out
    port = cycle(ports)
    some_at_once([partial(browser.open_form, next(port), form) for browser in browsers], threads=12)
    clicks = [partial(_send, browser, next(port), target, **fields) for browser in browsers for _ in range(2)]
    return all_at_once(clicks)


def _register(browser: Browser, port: int, path: str) -> Reply:
    browser.open_form(port, path)
    reply = _send(browser, port, path, consent="y")
    assert reply.status == 302, reply.text
    return reply


def _send(browser: Browser, port: int, path: str, **fields: str) -> Reply:
    """Send as a person would who tries again when the site says that it is busy."""
    reply = browser.post(port, path, **fields)
    while reply.status == 503:
        reply = browser.post(port, path, **fields)
    return reply


def _all_led_to(replies: list[Reply], path: str) -> None:
    assert Counter((reply.status, reply.location) for reply in replies) == {(302, path): len(replies)}


def _registrations(forum: Forum) -> list[Registration]:
    db.session.rollback()
    statement = select(Registration).where(Registration.forum_id == forum.id).order_by(Registration.id)
    return list(db.session.scalars(statement))


def _mails(forum: Forum, column: InstrumentedAttribute[str]) -> Counter[str]:
    return Counter(db.session.scalars(select(column).where(OutboxMail.scope_id == forum.id)))


def _in_line(registrations: list[Registration]) -> list[Registration]:
    waiting = [each for each in registrations if each.waitlisted_at is not None]
    return sorted(waiting, key=lambda each: (each.waitlisted_at or each.submitted_at, each.id))


def _served_next(forum: Forum, count: int, *, now: datetime) -> list[int]:
    """Cancel some seats, one after the other, and return to whom each was offered."""
    served: list[int] = []
    for _ in range(count):
        seated = [each for each in _registrations(forum) if each.state.holds_seat]
        before = {each.id for each in seated}
        cancel_registration(seated[0], actor=seated[0].account, now=now, party=Party.DELEGATE)
        db.session.commit()
        served += [each.id for each in _registrations(forum) if each.state.holds_seat and each.id not in before]
    return served
