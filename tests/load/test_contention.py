"""Decisions on many, cancellations, choices and the sweep at one moment: nobody waits in a circle, all adds up."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

import pytest
from flask import Flask

from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.integrity import differences
from gtn_events.core.seats import SeatPool
from gtn_events.forum.domain.bookings import choose_side_event
from gtn_events.forum.domain.bulk import act_on_many
from gtn_events.forum.domain.registrations import cancel_registration
from gtn_events.forum.domain.side_events import SideEventDetails, add_side_event
from gtn_events.forum.domain.transitions import Action, Party
from gtn_events.forum.enums import RegistrationState
from gtn_events.forum.models import Forum, Registration, SideEvent
from gtn_events.forum.periodic import pass_offers_on
from tests.factories import make_account, make_category, make_side_event
from tests.load.browsers import all_at_once
from tests.load.people import open_forum, people, register

ROUNDS = 3
AT_ONCE = 6

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def now() -> datetime:
    return clock.now()


def test_everything_at_once_neither_blocks_nor_miscounts(site: Flask, now: datetime) -> None:
    forum = open_forum("busy", seats=14, now=now)
    other = make_category(forum, "Observer", capacity=14)
    # Made last: its number is higher than those of the categories, and lower than those of the side events.
    forum.pool = SeatPool(label="All", capacity=22, taken=0, created_at=now)
    db.session.commit()
    clinic, tour = (
        make_side_event(
            forum, title, capacity=4, starts_at=now + timedelta(days=30 + day), ends_at=now + timedelta(days=31 + day)
        ).id
        for day, title in enumerate(("Clinic", "Tour"))
    )
    crowd = [account for account, _ in people(60, name="busy", now=now)]
    for category, part in ((forum.categories[0], crowd[0::2]), (other, crowd[1::2])):
        register(category, part[:10], RegistrationState.CONFIRMED, now=now)
        register(category, part[10:20], RegistrationState.PENDING, now=now)
        register(category, part[20:], RegistrationState.WAITLISTED, now=now)
    organiser = make_account("busy-organiser@gtn.example").id
    ids = {account.id: _id_of(account) for account in crowd}
    numbers = [ids[account.id] for account in crowd]
    seated, pending = numbers[:20], numbers[20:40]
    db.session.rollback()
    acts: list[Callable[[], None]] = [
        partial(_decide, pending[:10], organiser, now),
        partial(_decide, pending[:9:-1], organiser, now),
        partial(_sweep, now + timedelta(days=10)),
        *(partial(_cancel, each, now) for each in seated[:8]),
        *(partial(_choose, each, side_event, now) for each in seated[6:] for side_event in (clinic, tour)),
    ]
    all_at_once([partial(_in_context, site, act) for act in acts])
    db.session.rollback()
    assert list(differences()) == []


def test_side_events_of_one_name_added_at_once_have_an_address_each(site: Flask, now: datetime) -> None:
    forum = open_forum("names", seats=1, now=now)
    actor = make_account("names-organiser@gtn.example").id
    number = forum.id
    db.session.rollback()
    all_at_once(
        [partial(_in_context, site, partial(_add_side_event, number, actor, each, now)) for each in range(AT_ONCE)]
    )
    slugs = db.session.scalars(db.select(SideEvent.slug).where(SideEvent.forum_id == number)).all()
    assert sorted(slugs) == ["visit", *(f"visit-{each}" for each in range(2, AT_ONCE + 1))]


def _in_context(site: Flask, act: Callable[[], None]) -> None:
    with site.app_context():
        try:
            act()
        except DomainError:
            db.session.rollback()
        finally:
            db.session.remove()


def _decide(numbers: Sequence[int], organiser: int, now: datetime) -> None:
    for _ in range(ROUNDS):
        registrations = [db.session.get_one(Registration, number) for number in numbers]
        actor = db.session.get_one(Account, organiser)
        act_on_many(Action.ADMIT, registrations, actor=actor, now=now)
        db.session.commit()


def _cancel(number: int, now: datetime) -> None:
    registration = db.session.get_one(Registration, number)
    cancel_registration(registration, actor=registration.account, now=now, party=Party.DELEGATE)
    db.session.commit()


def _choose(number: int, side_event: int, now: datetime) -> None:
    registration = db.session.get_one(Registration, number)
    choose_side_event(registration, db.session.get_one(SideEvent, side_event), actor=registration.account, now=now)
    db.session.commit()


def _sweep(now: datetime) -> None:
    for _ in range(ROUNDS):
        pass_offers_on(now)


def _add_side_event(forum: int, actor: int, hour: int, now: datetime) -> None:
    begins = now + timedelta(days=30, hours=hour)
    details = SideEventDetails(
        title="Visit",
        topic="Cold stores",
        description="",
        host_economy_code="INA",
        room_name="",
        host_name="",
        starts_at=begins,
        ends_at=begins + timedelta(hours=1),
        published=True,
    )
    add_side_event(
        db.session.get_one(Forum, forum), details, capacity=4, actor=db.session.get_one(Account, actor), now=now
    )
    db.session.commit()


def _id_of(account: Account) -> int:
    number: int = db.session.scalars(db.select(Registration.id).where(Registration.account_id == account.id)).one()
    return number
