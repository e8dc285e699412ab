"""The calls that take applications, on the landing page of the whole site."""

from typing import Any

from flask import url_for

from gtn_events.core import clock
from gtn_events.core.moments import city_of_zone

from .domain.call_window import Window, window_of
from .queries.calls import Places, places_by_call, published_calls


def calls_to_show() -> list[dict[str, Any]]:
    """Return what the landing page shows of each open call, the nearest close first; see ``core.views.pages``."""
    now = clock.now()
    taking = [each for each in published_calls() if window_of(each, now=now) is Window.OPEN]
    places = places_by_call() if taking else {}
    return [
        {
            "title": call.title,
            "tagline": call.tagline,
            "url": url_for("incubation_public.show", call=call),
            "close_at": call.closes_at,
            "zone": call.time_zone,
            "city": city_of_zone(call.time_zone),
            "places": places.get(call.id, Places()).places,
        }
        for call in reversed(taking)
    ]
