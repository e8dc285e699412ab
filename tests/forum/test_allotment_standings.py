"""How a holder stands: what is kept, who has a place, who waits, and what is free for everybody."""

from datetime import UTC, datetime

import pytest

from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass
from gtn_events.core.seats import SeatPool
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.models import Allotment, ForumCategory
from gtn_events.forum.queries.standings import standings
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
    assert (first.capacity, first.kept_free, first.common_free, first.free) == (3, 1, 6, 7)
    assert [first.counts[state] for state in (State.CONFIRMED, State.OFFERED, State.WAITLISTED, State.PENDING)] == [
        1
    ] * 4
    assert (first.seated, first.returns_at, first.can_give) == (2, RELEASE, True)
    assert (second.category.label, second.capacity, second.common_free, second.can_give) == ("Observer", None, 4, False)
    [of_secretariat, _] = standings(forum, "secretariat")
    assert (of_secretariat.capacity, of_secretariat.seated, of_secretariat.common_free) == (None, 1, 6)
