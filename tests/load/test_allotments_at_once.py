"""Claims over 21 allotments and a shared pool at one moment: everything exactly full, nothing over."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.economies import ECONOMIES
from gtn_events.core.errors import DomainError
from gtn_events.core.seats import SeatPool
from gtn_events.forum.domain.allotments import Kept, release_allotments, set_allotments
from gtn_events.forum.domain.integrity import allotment_differences, seat_differences
from gtn_events.forum.domain.kept_places import allotments_by_holder
from gtn_events.forum.domain.registrations import admit_registration
from gtn_events.forum.domain.swaps import Proposal, accept_swap, propose_swap
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.enums import SwapState
from gtn_events.forum.models import AllotmentSwap, Forum, ForumCategory, Registration
from tests.load.browsers import all_at_once
from tests.load.people import open_forum, people, register

CLAIMS, KEPT, COMMON = 200, 7, 20
CODES = [seed.code for seed in ECONOMIES]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def now() -> datetime:
    return clock.now()


def claims(slug: str, now: datetime) -> tuple[ForumCategory, list[int], int]:
    """A category with places kept for 21 economies, 200 pending people (more of some economies), an organiser."""
    forum = open_forum(slug, seats=len(CODES) * KEPT + COMMON, now=now)
    [category] = forum.categories
    [(organiser, _)] = people(1, name=f"organiser-{slug}", now=now)
    set_allotments(category, {code: Kept(places=KEPT) for code in CODES}, actor=organiser, now=now)
    made = [account for account, _ in people(CLAIMS, name=slug, now=now)]
    # Nine or ten of each economy: all places of its own, then two or three who want a common one.
    for number, account in enumerate(made):
        account.economy_code = CODES[number % len(CODES)]
    register(category, made, State.PENDING, now=now)
    ids = list(db.session.scalars(select(Registration.id).where(Registration.category_id == category.id)))
    return category, ids, organiser.id


def test_200_claims_fill_21_allotments_and_the_common_places_exactly(site: Flask, now: datetime) -> None:
    category, ids, organiser = claims("kept", now)
    category_id = category.id
    db.session.rollback()
    all_at_once([partial(_done, site, partial(_admit, each, organiser, now)) for each in ids])
    category = _afresh(category_id)
    assert {each.pool.taken for each in allotments_by_holder(category).values()} == {KEPT}
    assert _numbers(category.common_pool) == (COMMON, COMMON)
    assert _numbers(category.pool) == (len(CODES) * KEPT + COMMON,) * 2
    assert _states(category) == {State.CONFIRMED: 167, State.WAITLISTED: 33}
    assert [*seat_differences(), *allotment_differences()] == []


def test_a_release_among_claims_loses_no_place_and_gives_none_twice(site: Flask, now: datetime) -> None:
    category, ids, organiser = claims("released", now)
    category_id, forum_id = category.id, category.forum_id
    db.session.rollback()
    acts: list[Callable[[], Any]] = [partial(_admit, each, organiser, now) for each in ids]
    acts.insert(len(acts) // 2, partial(_release, forum_id, organiser, now))
    all_at_once([partial(_done, site, act) for act in acts])
    category = _afresh(category_id)
    assert category.pool.free == 0
    states = _states(category)
    assert states.get(State.CONFIRMED, 0) + states.get(State.OFFERED, 0) == category.pool.capacity
    assert states[State.WAITLISTED] == CLAIMS - category.pool.capacity
    assert [*seat_differences(), *allotment_differences()] == []


def test_a_swap_is_accepted_once(site: Flask, now: datetime) -> None:
    category, _ids, organiser = claims("swapped", now)
    forum, actor = category.forum, db.session.get_one(Account, organiser)
    swap = propose_swap(forum, Proposal(giver="PE", taker="CHL", category=category, places=4), actor=actor, now=now)
    category_id, swap_id = category.id, swap.id
    db.session.commit()
    all_at_once([partial(_done, site, partial(_accept, swap_id, organiser, now)) for _time in range(6)])
    kept = allotments_by_holder(_afresh(category_id))
    assert (kept["PE"].pool.capacity, kept["CHL"].pool.capacity) == (KEPT - 4, KEPT + 4)
    assert db.session.get_one(AllotmentSwap, swap_id).state is SwapState.ACCEPTED
    assert [*seat_differences(), *allotment_differences()] == []


def _admit(registration_id: int, organiser: int, now: datetime) -> None:
    actor = db.session.get_one(Account, organiser)
    admit_registration(db.session.get_one(Registration, registration_id), actor=actor, now=now)


def _release(forum_id: int, organiser: int, now: datetime) -> None:
    release_allotments(db.session.get_one(Forum, forum_id), actor=db.session.get_one(Account, organiser), now=now)


def _accept(swap_id: int, organiser: int, now: datetime) -> None:
    accept_swap(db.session.get_one(AllotmentSwap, swap_id), actor=db.session.get_one(Account, organiser), now=now)


def _afresh(category_id: int) -> ForumCategory:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(ForumCategory, category_id)


def _numbers(pool: SeatPool | None) -> tuple[int, int]:
    assert pool is not None
    return pool.taken, pool.capacity


def _states(category: ForumCategory) -> dict[State, int]:
    counted = select(Registration.state, func.count()).where(Registration.category_id == category.id)
    return dict(db.session.execute(counted.group_by(Registration.state)).all())


def _done(site: Flask, act: Callable[[], Any]) -> None:
    with site.app_context():
        try:
            act()
            db.session.commit()
        except DomainError:
            db.session.rollback()
        finally:
            db.session.remove()
