"""A process that releases a circular, or offers places at a side event, dies in the middle: nothing is half done."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from signal import SIGKILL

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from gtn_events.core.seats import SeatPool
from gtn_events.delegations.models import CircularVersion
from gtn_events.forum.domain.bookings import choose_side_event
from gtn_events.forum.enums import BookingState, RegistrationState
from gtn_events.forum.models import SideEvent, SideEventBooking
from tests.delegations.circulars import coordinator, make_draft
from tests.factories import make_account, make_registration, make_side_event
from tests.load.people import open_forum, people
from tests.load.processes import Processes

ECONOMIES = ("AUS", "CHL", "PE", "THA", "VN")
FREE, WAITING = 3, 5

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("load")]


@pytest.fixture(scope="module")
def now(site: Flask) -> datetime:
    """The moment; the first account of the site is an organiser's."""
    make_account("organiser@gtn.example")
    return clock.now()


def act(started: Processes, name: str, number: int, *, dies_at: int) -> tuple[int, str]:
    """Do something in a process of its own; return how it ended and what it said."""
    db.session.rollback()
    process = started.start(["-m", "tests.load.dying", name, str(number), str(dies_at)])
    code = process.wait()
    return code, started.last_log()


def deaths(started: Processes, name: str, number: int) -> Iterator[int]:
    """Let an act die at its first, second, fourth statement that writes and so on, until it lives; yield each."""
    dies_at = 1
    while (ended := act(started, name, number, dies_at=dies_at))[0] == -SIGKILL:
        yield dies_at
        dies_at *= 2
    assert ended[0] == 0, ended[1]


def test_a_circular_is_released_whole_or_not_at_all(site: Flask, started: Processes, now: datetime) -> None:
    forum = open_forum("killed-circular", seats=5, now=now)
    organiser = make_account("writes@gtn.example")
    told = {coordinator(f"{code.lower()}@economy.example", code).id for code in ECONOMIES}
    version_id = make_draft(forum, organiser, now=now).id
    died = []
    for statement in deaths(started, "release", version_id):
        died.append(statement)
        version = db.session.get_one(CircularVersion, version_id, populate_existing=True)
        assert (version.state, version.released_at, mails("circular_released"), noted()) == ("draft", None, [], 0)
    version = db.session.get_one(CircularVersion, version_id, populate_existing=True)
    assert (version.state, noted(), died[:3]) == ("released", 1, [1, 2, 4])
    assert sorted(mails("circular_released")) == sorted(f"{code.lower()}@economy.example" for code in ECONOMIES)
    assert len(told) == len(ECONOMIES)
    again = act(started, "release", version_id, dies_at=0)
    assert (again[0] != 0, "CircularRefused" in again[1], len(mails("circular_released"))) == (True, True, len(told))


def test_places_that_came_free_are_offered_once_each(site: Flask, started: Processes, now: datetime) -> None:
    forum = open_forum("killed-offers", seats=50, now=now)
    times = {"starts_at": now + timedelta(days=30), "ends_at": now + timedelta(days=30, hours=2)}
    event = make_side_event(forum, "Wanted", capacity=1, **times)
    for account, _browser in people(WAITING + 1, name="waits", now=now):
        person = make_registration(forum.categories[0], account, RegistrationState.CONFIRMED)
        choose_side_event(person, event, actor=account, now=now)
    db.session.execute(update(SeatPool).where(SeatPool.id == event.pool_id).values(capacity=1 + FREE))
    db.session.commit()
    event_id, died = event.id, []
    for statement in deaths(started, "offers", event_id):
        died.append(statement)
        offered, taken = standing(event_id)
        assert (offered, taken, mails("booking_offered")) == (0, 1, [])
    offered, taken = standing(event_id)
    first = [f"waits{number}@firm.example" for number in range(1, FREE + 1)]
    assert (offered, taken, sorted(mails("booking_offered")), died[:3]) == (FREE, 1 + FREE, first, [1, 2, 4])
    assert act(started, "offers", event_id, dies_at=0)[0] == 0
    assert Counter(mails("booking_offered")) == Counter(first)
    db.session.rollback()
    assert started.check() == "Everything agrees."


def mails(template: str) -> list[str]:
    """Whom mails of a kind were written to."""
    statement = select(OutboxMail.to_address).where(OutboxMail.template.endswith(f"/{template}"))
    found = list(db.session.scalars(statement))
    db.session.rollback()
    return found


def noted() -> int:
    """How often the journal says that a circular was released."""
    found = db.session.scalar(select(func.count()).where(JournalEntry.action == "circular released")) or 0
    db.session.rollback()
    return found


def standing(event_id: int) -> tuple[int, int]:
    """How many places of a side event are offered, and how many are taken."""
    offered = select(func.count()).where(
        SideEventBooking.side_event_id == event_id, SideEventBooking.state == BookingState.OFFERED
    )
    event = db.session.get_one(SideEvent, event_id, populate_existing=True)
    found = (db.session.scalar(offered) or 0, db.session.get_one(SeatPool, event.pool_id, populate_existing=True).taken)
    db.session.rollback()
    return found
