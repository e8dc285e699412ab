"""The calendar feeds of an agenda and of favourites, for calendars that do not sign in: an address opens them."""

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from gtn_events.core import clock
from gtn_events.core.permissions import public

from ..agenda_calendar import agenda_calendar
from ..domain.agenda_feed import registration_of_feed
from ..domain.favourite_feed import favourite_feed_of
from ..queries.agenda import agenda_of
from ..queries.favourites import favourite_codes
from .programme.cache import edition
from .programme.calendar import calendar_of

blueprint = Blueprint("forum_feed", __name__, url_prefix="/calendar")


@blueprint.get("/<token>.ics")
@public
def calendar(token: str) -> ResponseReturnValue:
    """Send the agenda as it stands, with what was called off; 404 for an address that was renewed or revoked."""
    registration = registration_of_feed(token)
    if registration is None:
        abort(404)
    return _file(agenda_calendar(registration.forum, agenda_of(registration, now=clock.now())))


@blueprint.get("/favourites/<token>.ics")
@public
def favourites(token: str) -> ResponseReturnValue:
    """Send what people see of the favourites now, with what was called off; 404 as above."""
    feed = favourite_feed_of(token)
    if feed is None:
        abort(404)
    codes = favourite_codes(feed.account_id, feed.forum)
    return _file(calendar_of(feed.forum, edition(feed.forum), codes).to_ical())


def _file(data: bytes) -> ResponseReturnValue:
    response = Response(data, mimetype="text/calendar")
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    response.add_etag()
    return response.make_conditional(request)
