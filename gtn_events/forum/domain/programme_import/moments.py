"""Dates, start times and durations of a schedule file, in all the ways that files write them."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gtn_events.core.venue_time import YEARS

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")
_PARTS = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2})")
_ISO = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?", re.IGNORECASE)


@dataclass(frozen=True)
class When:
    """A start moment (UTC), and in words what had to be mended to get it."""

    starts_at: datetime | None
    mended: str = ""


def parse_minutes(text: str) -> int | None:
    """Return a duration in minutes: ``01:30``, ``01:30:00``, ``90`` or ``PT1H30M``; None if it is none of these."""
    text = text.strip()
    if text.isdecimal() and len(text) <= 6:
        return int(text)
    if match := _PARTS.fullmatch(text):
        first, second, third = match.groups()
        return int(second) * 60 + int(third) if first is None else int(first) * 60 + int(second)
    if len(text) > 1 and (match := _ISO.fullmatch(text)):
        days, hours, minutes = (int(part or 0) for part in match.groups())
        return (days * 24 + hours) * 60 + minutes
    return None


def parse_clock(text: str) -> time | None:
    """Return ``HH:MM`` or ``HH:MM:SS`` as a time of day, or None."""
    match = _CLOCK.fullmatch(text.strip())
    if not match:
        return None
    hour, minute = int(match[1]), int(match[2])
    return time(hour, minute) if hour < 24 and minute < 60 else None


def parse_moment(text: str) -> datetime | None:
    """Return an ISO date and time, aware if it has an offset, or None; a date alone is None."""
    text = text.strip()
    if len(text) <= 10:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def parse_day(text: str) -> date | None:
    """Return the date at the start of an ISO text, or None."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def start_of(*, date_text: str, start_text: str, day: date | None, day_change: time, zone: ZoneInfo) -> When:
    """Work out when a session starts.

    Args:
        date_text: the event's ``date``: with offset, without, a day only, wrong or empty.
        start_text: the event's ``start``, a wall clock time or empty.
        day: the conference day the event stands in.
        day_change: a start before this time belongs to the day before, so it is on the next date.
        zone: the conference's time zone.
    """
    moment, clock = parse_moment(date_text), parse_clock(start_text)
    if moment is not None and moment.tzinfo is not None:
        return _from_moment(moment, clock)
    if moment is not None:
        return _from_wall(moment, zone, "")
    dated = parse_day(date_text)
    if clock is None:
        return When(None, "has no start time that can be read; imported without a time")
    mended = f"its date {date_text[:40]!r} cannot be read; the day it stands in is used" if _wrong(date_text) else ""
    if dated is None:
        dated = day
    if dated is None:
        return When(None, "has no date that can be read; imported without a time")
    if dated.year not in YEARS:
        return When(None, "its date is out of range; imported without a time")
    wall = datetime.combine(dated, clock)
    if clock < day_change and dated == day:
        wall += timedelta(days=1)
    return _from_wall(wall, zone, mended)


def _wrong(date_text: str) -> bool:
    return bool(date_text.strip()) and parse_day(date_text) is None


def _from_moment(moment: datetime, clock: time | None) -> When:
    if moment.year not in YEARS:
        return When(None, "its date is out of range; imported without a time")
    starts_at = moment.astimezone(UTC).replace(second=0, microsecond=0)
    if clock is not None and (moment.hour, moment.minute) != (clock.hour, clock.minute):
        return When(starts_at, f"start {clock:%H:%M} disagrees with the date {moment:%Y-%m-%d %H:%M}; the date is used")
    return When(starts_at)


def _from_wall(wall: datetime, zone: ZoneInfo, mended: str) -> When:
    """Turn a wall clock time into a moment; a time that the clocks skip moves on with them."""
    if wall.year not in YEARS:
        return When(None, "its date is out of range; imported without a time")
    wall = wall.replace(second=0, microsecond=0)
    first, second = wall.replace(tzinfo=zone, fold=0), wall.replace(tzinfo=zone, fold=1)
    starts_at = first.astimezone(UTC)
    if first.utcoffset() != second.utcoffset():
        shown = starts_at.astimezone(zone)
        if shown.replace(tzinfo=None) != wall:
            change = f"{wall:%H:%M} does not exist that day, the clocks are put forward; {shown:%H:%M} is used"
        else:
            change = f"{wall:%H:%M} comes twice that day, the clocks are put back; the first one is used"
        mended = f"{mended}; {change}" if mended else change
    return When(starts_at, mended)
