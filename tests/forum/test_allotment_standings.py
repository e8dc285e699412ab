"""How a holder stands: what is kept, who has a place, who waits, and what is free for everybody."""

from datetime import UTC, datetime

import pytest

from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass
from gtn_events.core.seats import SeatPool
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.models import Allotment, ForumCategory
from gtn_events.forum.queries.allotments import standings
from tests.factories import MADE_AT, make_account, make_category, make_forum, make_registration

pytestmark = pytest.mark.usefixtures("database")

RELEASE = datetime(2013, 5, 20, tzinfo=UTC)


def keep(category: ForumCategory, holder: str, places: int) -> Allotment:
    pool = SeatPool(label=holder, capacity=places, taken=0, created_at=MADE_AT)
    kept = Allotment(
        forum=category.forum, category=category, holder=holder, pool=pool, releases_at=RELEASE, created_at=MADE_AT
    )
    if category.common_pool is None:
        category.common_pool = SeatPool(label="", capacity=category.pool.capacity, taken=0, created_at=MADE_AT)
    category.common_pool.capacity -= places
    db.session.add(kept)
    db.session.commit()
    return kept


def test_a_holder_sees_what_is_kept_used_and_waited_for() -> None:
    forum = make_forum()
    delegate = make_category(forum, "Delegate", capacity=10)
    make_category(forum, "Observer", capacity=4)
    kept = keep(delegate, "PE", 3)
    states = (State.CONFIRMED, State.OFFERED, State.WAITLISTED, State.PENDING, State.CANCELLED)
    for number, state in enumerate(states):
        allotment = kept if state.holds_seat else None
        make_registration(delegate, make_account(f"{number}@firm.example"), state, allotment=allotment)
    secretariat = {"economy_code": None, "delegation_class": DelegationClass.SECRETARIAT}
    make_registration(delegate, make_account("secretariat@apec.example", **secretariat), State.CONFIRMED)
    first, second = standings(forum, "PE")
    assert (first.capacity, first.free, first.common_free) == (3, 1, 6)
    assert (first.confirmed, first.offered, first.waiting, first.pending) == (1, 1, 1, 1)
    assert (first.releases_at, first.released_at, first.is_allotted) == (RELEASE, None, True)
    assert (second.label, second.capacity, second.common_free, second.is_allotted) == ("Observer", 0, 4, False)
    [of_secretariat, _] = standings(forum, "secretariat")
    assert (of_secretariat.capacity, of_secretariat.confirmed, of_secretariat.common_free) == (0, 1, 6)
