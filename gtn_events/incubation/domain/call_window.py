"""Where a call stands in time: what a reader may do now."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flask_babel import gettext as _

from gtn_events.core.text import day
from gtn_events.core.venue_time import day_at_venue

from ..enums import CallState
from ..models import Call


class Window(StrEnum):
    """BEFORE it opens, OPEN for applications, RANKING by hosts, MATCHING until stays begin, then OVER."""

    BEFORE = "before"
    OPEN = "open"
    RANKING = "ranking"
    MATCHING = "matching"
    OVER = "over"


@dataclass(frozen=True)
class Point:
    """One date of a call; ``at`` is a moment, or ``day`` a whole day of the call's time zone."""

    label: str
    done: bool
    at: datetime | None = None
    day: str = ""
    note: str = ""


def window_of(call: Call, *, now: datetime) -> Window:
    """Say where a call stands; one that is closed takes nothing whatever its dates say."""
    if now < call.opens_at:
        return Window.OVER if call.state is CallState.CLOSED else Window.BEFORE
    if now < call.closes_at and call.state is not CallState.CLOSED:
        return Window.OPEN
    if now < call.ranking_until:
        return Window.RANKING
    return Window.MATCHING if day_at_venue(now, call.time_zone) < call.placements_from else Window.OVER


def timeline_of(call: Call, *, now: datetime) -> list[Point]:
    """Return the dates of a call in order."""
    today = day_at_venue(now, call.time_zone)
    from_, until = day(call.placements_from), day(call.placements_until)
    return [
        Point(_("Applications open"), now >= call.opens_at, call.opens_at),
        Point(
            _("Applications close"),
            now >= call.closes_at,
            call.closes_at,
            note=_("Until then an application and its order of hosts can be changed."),
        ),
        Point(_("Hosts have read, talked and ranked"), now >= call.ranking_until, call.ranking_until),
        Point(
            _("Places are given"),
            today > call.match_on,
            day=day(call.match_on),
            note=_("An offer is answered within %(days)s days.", days=call.accept_days),
        ),
        Point(_("Stays"), today > call.placements_until, day=_("%(start)s to %(end)s", start=from_, end=until)),
    ]
