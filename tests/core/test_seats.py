"""Seat pools are never over-full, whatever is asked of them."""

from datetime import datetime

import pytest

from gtn_events.core.db import db
from gtn_events.core.seats import CapacityTooSmall, SeatPool, release_seats, set_capacity, take_seats


def make_pool(now: datetime, *, capacity: int, taken: int = 0) -> SeatPool:
    pool = SeatPool(label="Delegates", capacity=capacity, taken=taken, created_at=now)
    db.session.add(pool)
    db.session.flush()
    return pool


@pytest.mark.usefixtures("database")
def test_take_seats_takes_one_of_every_pool(now: datetime) -> None:
    pools = [make_pool(now, capacity=2), make_pool(now, capacity=1)]
    assert take_seats(pools) is True
    assert [pool.taken for pool in pools] == [1, 1]


@pytest.mark.usefixtures("database")
def test_take_seats_takes_nothing_when_one_pool_is_full(now: datetime) -> None:
    pools = [make_pool(now, capacity=2), make_pool(now, capacity=1, taken=1)]
    assert take_seats(pools) is False
    assert [pool.taken for pool in pools] == [0, 1]


@pytest.mark.usefixtures("database")
def test_release_seats_gives_one_back(now: datetime) -> None:
    pool = make_pool(now, capacity=2, taken=2)
    release_seats([pool])
    assert pool.free == 1


@pytest.mark.usefixtures("database")
def test_set_capacity_below_taken_is_refused(now: datetime) -> None:
    pool = make_pool(now, capacity=5, taken=3)
    with pytest.raises(CapacityTooSmall) as refusal:
        set_capacity(pool, 2)
    assert refusal.value.message == "3 places of Delegates are taken; the capacity cannot be 2."
    assert pool.capacity == 5
