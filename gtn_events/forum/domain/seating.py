"""Which pools a person's seat is taken from: the places kept for them first, then the common ones."""

from collections.abc import Iterator

from gtn_events.core.seats import release_seats, take_seats

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
    registration.allotment = None


def places_for(registration: Registration) -> Iterator[Allotment | None]:
    """Yield where a seat can come from, the first to try first; None for the common places."""
    kept = allotment_for(registration.category, registration.holder)
    if kept is not None:
        yield kept
    yield None
