"""What a delegate can choose among side events, what collides with what, and what they could take instead."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ..enums import Audience
from ..models import Forum, Registration, SideEvent, SideEventBooking
from .bookings import Engagement, active_bookings, as_engagement, busy_with_sessions
from .delegate import published_side_events
from .guests import invited_to


@dataclass(frozen=True)
class Choice:
    """One side event as a delegate sees it.

    Args:
        booking: their live booking of it, if any.
        clashes: everything else of theirs that is at the same time.
        open_to_them: False where guests only are taken and they are none.
    """

    side_event: SideEvent
    booking: SideEventBooking | None
    clashes: list[Engagement]
    open_to_them: bool

    @property
    def can_exchange(self) -> bool:
        """True when all that collides are side events, which can be given up."""
        return bool(self.clashes) and all(each.side_event_id is not None for each in self.clashes)

    def is_free_for_them(self, now: datetime) -> bool:
        """Say whether they could choose it as things stand."""
        return self.booking is None and not self.clashes and self.open_to_them and not self.side_event.is_over(now)


def choices_of(forum: Forum, registration: Registration) -> list[Choice]:
    """Return every published side event of a forum by time, with what it would collide with."""
    side_events = published_side_events(forum)
    if not side_events:
        return []
    booked = {each.side_event_id: each for each in active_bookings(registration)}
    busy = [as_engagement(each.side_event) for each in booked.values()]
    busy += busy_with_sessions(registration)
    invited = invited_to(forum, registration.account.email_key)
    return [
        Choice(
            each,
            booked.get(each.id),
            [one for one in busy if one.side_event_id != each.id and one.overlaps(as_engagement(each))],
            each.audience is not Audience.GUESTS or each.id in invited,
        )
        for each in side_events
    ]


def alternatives_to(wanted: SideEvent, choices: list[Choice], *, now: datetime) -> list[SideEvent]:
    """Return what could be chosen instead of a side event that collides: of the same topic first, then the nearest."""
    free = [each.side_event for each in choices if each.is_free_for_them(now) and each.side_event is not wanted]
    return sorted(free, key=lambda each: (not _same_topic(each, wanted), _apart(each, wanted), each.id))


def _same_topic(one: SideEvent, other: SideEvent) -> bool:
    return bool(one.topic) and one.topic.casefold() == other.topic.casefold()


def _apart(one: SideEvent, other: SideEvent) -> timedelta:
    return abs(one.starts_at - other.starts_at)
