"""The competitions that take entries, on the landing page of the whole site."""

from typing import Any

from flask import url_for

from gtn_events.core import clock

from .domain.entry_window import Window, window_of
from .queries.public_page import published_competitions


def competitions_to_show() -> list[dict[str, Any]]:
    """Return what the landing page shows of each open call, the nearest close first; see ``core.views.pages``."""
    now = clock.now()
    taking = [each for each in published_competitions() if window_of(each, now=now) in (Window.OPEN, Window.GRACE)]
    return [
        {
            "title": competition.title,
            "tagline": competition.tagline,
            "url": url_for("competition_public.show", competition=competition),
            "close_at": competition.entries_close_at,
            "zone": competition.time_zone,
            "city": competition.city,
        }
        for competition in reversed(taking)
    ]
