"""Until when an offered place is kept."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

NIGHT_BEGINS = time(22, 0)
NIGHT_ENDS = time(7, 0)
MORNING = time(8, 0)


def offer_deadline(*, now: datetime, hours: int, time_zone: str) -> datetime:
    """Return when an offer made now ends: never between 22:00 and 07:00 where the delegate is.

    Args:
        now: the moment of the offer, aware.
        hours: how long offers of this forum stand.
        time_zone: the delegate's own zone, an IANA name; an unknown one counts as UTC.

    Returns:
        ``now + hours``, moved to the following 08:00 local when that falls in the night; UTC.
    """
    zone = _zone(time_zone)
    local = (now.astimezone(UTC) + timedelta(hours=hours)).astimezone(zone)
    clock = local.time()
    if clock >= NIGHT_BEGINS:
        local = datetime.combine(local.date() + timedelta(days=1), MORNING, zone)
    elif clock < NIGHT_ENDS:
        local = datetime.combine(local.date(), MORNING, zone)
    return local.astimezone(UTC)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
