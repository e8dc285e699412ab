"""The calendar feed of one agenda, for calendars that do not sign in; the address alone opens it."""

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from gtn_events.core import clock
from gtn_events.core.permissions import public

from ..agenda_calendar import agenda_calendar
from ..domain.agenda_feed import registration_of_feed
from ..queries.agenda import agenda_of

blueprint = Blueprint("forum_feed", __name__, url_prefix="/calendar")


@blueprint.get("/<token>.ics")
@public
def calendar(token: str) -> ResponseReturnValue:
    """Send the agenda as it stands, with what was called off; 404 for an address that was renewed or revoked."""
    registration = registration_of_feed(token)
    if registration is None:
        abort(404)
    response = Response(
        agenda_calendar(registration.forum, agenda_of(registration, now=clock.now())), mimetype="text/calendar"
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    response.add_etag()
    return response.make_conditional(request)
