"""A delegate's agenda as iCalendar (RFC 5545): one item, or everything for a feed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gtn_events.core.later import Later
from gtn_events.core.links import site_url

from .models import Forum
from .queries.agenda import AgendaItem

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = Later("icalendar")

PRODUCT = "-//gtn-events//agenda//EN"


def agenda_calendar(forum: Forum, items: Sequence[AgendaItem]) -> bytes:
    """Return what a delegate has, in UTC.

    UIDs are stable, and SEQUENCE (the seconds from the making of the forum to the last change) grows with every
    change, so that a calendar moves what moved and takes out what was called off. A place that is waited for,
    offered or not confirmed yet is tentative.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", forum.title)
    for item in items:
        calendar.add_component(_event(forum, item))
    return bytes(calendar.to_ical())


def _event(forum: Forum, item: AgendaItem) -> "icalendar.Event":
    changed = item.changed_at.replace(microsecond=0)
    event = icalendar.Event()
    event.add("uid", item.uid)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", max(0, int((changed - forum.created_at).total_seconds())))
    event.add("dtstart", item.starts_at)
    event.add("dtend", item.ends_at)
    event.add("summary", item.title)
    event.add("location", ", ".join(filter(None, (item.room, forum.venue, forum.city))))
    event.add("status", "CANCELLED" if item.is_called_off else "CONFIRMED" if item.is_certain else "TENTATIVE")
    if not item.is_called_off:
        event.add("url", _page(forum, item))
    return event


def _page(forum: Forum, item: AgendaItem) -> str:
    if item.slug:
        return site_url("forum_public.side_event", forum=forum, slug=item.slug)
    return site_url("forum_programme.session", forum=forum, code=item.code)
