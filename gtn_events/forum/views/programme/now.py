"""What runs now and what comes next, as a page for people and as the part of it that looks again by itself."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from gtn_events.core import clock
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import public
from gtn_events.core.venue_time import moment_at_venue

from ...models import Forum
from ...now_and_next import NowAndNext, now_and_next, session_happening, side_event_happening
from ...queries.programme import Programme, side_event_facts
from .blueprint import blueprint
from .cache import edition


@blueprint.get("/now")
@public
def now(forum: Forum) -> ResponseReturnValue:
    """Show what runs in each room and what comes next."""
    return render_template("forum/programme/now.html", forum=forum, **rooms_of_request(forum))


@blueprint.get("/now/rooms")
@public
def now_rooms(forum: Forum) -> ResponseReturnValue:
    """Give the changing part of the page, or say that nothing has changed."""
    response = make_response(render_template("forum/programme/_now.html", forum=forum, **rooms_of_request(forum)))
    response.add_etag()
    return response.make_conditional(request)


def rooms_of_request(forum: Forum) -> dict[str, Any]:  # Any: what a template shows
    """Return the state of all rooms, or of the one that ``room`` names, now or at the venue's time ``at``."""
    programme, other = edition(forum).programme, _other_moment(forum)
    room = next((each for each in programme.rooms if str(each.id) == request.args.get("room", "")), None)
    return {
        "state": _state(forum, programme, room.name if room else "", now=other or clock.now()),
        "room": room,
        "rooms": programme.rooms,
        "other": other,
        "asked": {"room": room.id if room else None, "at": request.args.get("at") if other else None},
        "zone": ZoneInfo(forum.time_zone),
    }


def _state(forum: Forum, programme: Programme, room: str, *, now: datetime) -> NowAndNext:
    zone = ZoneInfo(forum.time_zone)
    happenings = [session_happening(each) for each in programme.scheduled]
    happenings += [side_event_happening(each, programme.rooms, zone) for each in side_event_facts(forum, now=now)]
    chosen = [each for each in happenings if not room or each.room == room]
    return now_and_next(chosen, [each.name for each in programme.rooms], zone, now=now)


def _other_moment(forum: Forum) -> datetime | None:
    """Return the moment that the address asks for, so that a screen can be tried before the forum."""
    try:
        local = datetime.fromisoformat(request.args.get("at", "")[:16])
        return moment_at_venue(local.replace(tzinfo=None), forum.time_zone)
    except (ValueError, DomainError):
        return None
