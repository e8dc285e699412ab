"""Guests, delegates who exchange and organisers who agree meet at one side event: no place is given twice."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.forum.domain.bookings import choose_side_event, exchange_side_event
from gtn_events.forum.domain.guests import GuestParticulars, invite_guests, register_guest
from gtn_events.forum.domain.integrity import seat_differences
from gtn_events.forum.domain.proposals.deciding import Place, agree_to_proposal
from gtn_events.forum.domain.proposals.sending import send_proposal
from gtn_events.forum.enums import Audience, RegistrationState
from gtn_events.forum.models import Registration, SideEvent, SideEventGuest, SideEventProposal
from gtn_events.forum.queries.bookings import active_bookings
from tests.factories import make_registration, make_side_event
from tests.forum.proposing import LINKS, make_proposal, open_window
from tests.load.people import open_forum, people
from tests.load.test_last_place import Told

PLACES, EACH = 3, 4

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def now() -> datetime:
    return clock.now()


def test_guests_and_exchanging_delegates_fill_a_side_event_and_no_more(site: Flask, now: datetime) -> None:
    forum = open_forum("guests-at-once", seats=50, now=now)
    times = {"starts_at": now + timedelta(days=30), "ends_at": now + timedelta(days=30, hours=2)}
    full = make_side_event(forum, "Wanted", capacity=PLACES, audience=Audience.BOTH, **times)
    other = make_side_event(forum, "Given up", capacity=EACH, **times)
    found = people(EACH + 1, name="exchanging", now=now)
    delegates = [
        make_registration(forum.categories[0], account, RegistrationState.CONFIRMED) for account, _b in found[1:]
    ]
    for delegate in delegates:
        choose_side_event(delegate, other, actor=delegate.account, now=now)
    addresses = [f"guest{number}@firm.example" for number in range(EACH)]
    invite_guests(full, addresses, actor=found[0][0], now=now)
    guests = list(db.session.scalars(select(SideEventGuest.id).where(SideEventGuest.side_event_id == full.id)))
    db.session.commit()
    full_id, other_id, ids = full.id, other.id, [each.id for each in delegates]
    acts: list[Callable[[], Any]] = [partial(_register, each, now) for each in guests]
    words = Told(site).all_at_once([*acts, *(partial(_exchange, each, full_id, now) for each in ids)])
    wanted, given_up = db.session.get_one(SideEvent, full_id), db.session.get_one(SideEvent, other_id)
    assert (words.count(""), wanted.pool.taken) == (PLACES, PLACES)
    kept = [len(active_bookings(db.session.get_one(Registration, each))) for each in ids]
    exchanged = PLACES - (db.session.scalar(select(func.count()).where(SideEventGuest.state == "registered")) or 0)
    assert (kept, given_up.pool.taken) == ([1] * EACH, EACH - exchanged)
    assert list(seat_differences()) == []


def test_a_proposal_is_agreed_to_once_however_many_agree(site: Flask, now: datetime) -> None:
    forum = open_forum("agreed-at-once", seats=50, now=now)
    (organiser, _first), (proposer, _second) = people(2, name="agreeing", now=now)
    open_window(forum, actor=organiser)
    day = forum.starts_on.isoformat()
    proposal = make_proposal(forum, proposer, wishes=[{"day": day, "slot": "lunch"}])
    send_proposal(proposal, links=LINKS, actor=proposer, now=now)
    db.session.commit()
    starts_at = now + timedelta(days=30)
    place = Place(room_name="", starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), capacity=9)
    proposal_id, forum_id, actor_id = proposal.id, forum.id, organiser.id
    words = Told(site).all_at_once([partial(_agree, proposal_id, place, actor_id, now) for _time in range(EACH)])
    assert words.count("") == 1
    assert db.session.scalar(select(func.count()).where(SideEvent.forum_id == forum_id)) == 1


def _register(guest_id: int, now: datetime) -> None:
    particulars = GuestParticulars(name="Tika", organisation_name="", economy_code="INA")
    register_guest(db.session.get_one(SideEventGuest, guest_id), particulars, now=now)


def _exchange(registration_id: int, side_event_id: int, now: datetime) -> None:
    registration = db.session.get_one(Registration, registration_id)
    side_event = db.session.get_one(SideEvent, side_event_id)
    exchange_side_event(registration, side_event, actor=registration.account, now=now)


def _agree(proposal_id: int, place: Place, actor_id: int, now: datetime) -> None:
    actor = db.session.get_one(Account, actor_id)
    agree_to_proposal(db.session.get_one(SideEventProposal, proposal_id), place, links=LINKS, actor=actor, now=now)
