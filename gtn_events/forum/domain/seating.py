"""Which pools a person's seat is taken from: the places kept for them first, then the common ones."""

from collections.abc import Iterator

from gtn_events.core.seats import move_capacity, release_seats, take_seats

from ..models import Allotment, Registration
from ..queries.waiting import allotment_for, somebody_waits, somebody_waits_for_the_forum


def take_place(registration: Registration, *, in_turn: bool) -> bool:
    """Take one seat of every pool that counts this registration, all or nothing.

    A seat of its own allotment comes before one of the common places. The forum is locked.

    Args:
        in_turn: leave the places alone that somebody waits for already.

    Returns:
        True when it has a seat now; ``registration.allotment`` says whose. Otherwise nothing is taken.
    """
    if in_turn and somebody_waits_for_the_forum(registration.category):
        return False
    for kept in places_for(registration):
        if in_turn and somebody_waits(registration.category, registration.holder if kept else None):
            continue
        registration.allotment = kept
        if take_seats(registration.pools):
            return True
    registration.allotment = None
    return False


def give_place_back(registration: Registration) -> None:
    """Release the seat of every pool that counted this registration."""
    release_seats(registration.pools)
    _leave_allotment(registration)


def move_place(registration: Registration) -> bool:
    """Seat a person anew whose economy changed: a seat of another holder's allotment does not go along.

    Returns:
        False when neither the new holder's places nor the common ones have one free; then nothing changed.
    """
    left, common = registration.allotment, registration.category.common_pool
    if left is None or common is None or left.holder == registration.holder:
        return True
    for kept in places_for(registration):
        if take_seats([kept.pool if kept else common]):
            release_seats([left.pool])
            _leave_allotment(registration)
            registration.allotment = kept
            return True
    return False


def _leave_allotment(registration: Registration) -> None:
    """Take away where the seat was from; a place whose release date is over becomes a common one."""
    left, common = registration.allotment, registration.category.common_pool
    if left is not None and common is not None and left.released_at is not None:
        move_capacity(left.pool, common, 1)
    registration.allotment = None


def places_for(registration: Registration) -> Iterator[Allotment | None]:
    """Yield where a seat can come from, the first to try first; None for the common places."""
    kept = allotment_for(registration.category, registration.holder)
    if kept is not None:
        yield kept
    yield None
