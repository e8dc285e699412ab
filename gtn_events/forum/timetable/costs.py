"""What is better among places that break no rule: early, in a room that fits, and popular sessions apart."""

from .places import Place
from .problem import Task, ToPlace

# In points: a session that has a place, an hour later in the day, a room whose seats are all empty, and a
# cell of time in which two popular sessions run.
PLACED, HOUR_LATER, EMPTY_ROOM, POPULAR_TOGETHER = 1000, 1, 10, 5
POPULAR_SHARE = 4
DAY_HOURS = 24


def popular_from(task: Task) -> int | None:
    """Return how many people a popular session expects: the quarter with most of those where it is known."""
    settled = [each.planned.expected for each in task.settled]
    known = sorted((each for each in (*settled, *(own.expected for own in task.sessions)) if each), reverse=True)
    return known[(len(known) - 1) // POPULAR_SHARE] if known else None


def cost_of(task: Task, session: ToPlace, place: Place) -> int:
    """Return the points that one place costs; what is for everybody comes on an early day, too."""
    local = place.starts_at.astimezone(task.around.zone)
    days = (local.date() - task.around.first_day).days if session.is_plenary else 0
    hours = local.hour + DAY_HOURS * days
    seats = task.around.seats.get(place.room_id)
    if session.expected is None or not seats:
        return HOUR_LATER * hours
    return HOUR_LATER * hours + EMPTY_ROOM * max(seats - session.expected, 0) // seats
