"""The reader's time beside the venue's."""

from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from gtn_events.core.moments import city_of_zone, reader_zone
from gtn_events.core.text import zone_of

from ...models import Forum


def reader_on(day: date, forum: Forum) -> tzinfo | None:
    """Return the reader's zone if their clocks differ from the venue's at noon of that day."""
    name = reader_zone()
    if name is None:
        return None
    zone = zone_of(name)
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(forum.time_zone))
    return None if noon.utcoffset() == noon.astimezone(zone).utcoffset() else zone


def zones_of(forum: Forum) -> dict[str, object]:
    """Return what the templates need to show a time twice."""
    name = reader_zone()
    reader = zone_of(name) if name else None
    return {"zone": ZoneInfo(forum.time_zone), "reader": reader, "reader_place": city_of_zone(reader) if reader else ""}
