"""The screen of a foyer or of a door: what runs now and next, big, and the part of it that is asked for again."""

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from gtn_events.core import clock
from gtn_events.core.links import site_url
from gtn_events.core.pdf import qr_svg
from gtn_events.core.permissions import public

from ...models import Forum
from .blueprint import blueprint
from .now import rooms_of_request

SERVER_TIME = "X-Server-Time"


@blueprint.get("/screen")
@public
def screen(forum: Forum) -> ResponseReturnValue:
    """Show all rooms, or the one that ``room`` names, without anything around it."""
    facts = rooms_of_request(forum)
    moment = facts["other"] or clock.now()
    return render_template(
        "forum/programme/screen.html",
        forum=forum,
        moment=moment,
        now_ms=_milliseconds(),
        address=site_url("forum_programme.grid", forum=forum),
        qr=qr_svg,
        **facts,
    )


@blueprint.get("/screen/rooms")
@public
def screen_rooms(forum: Forum) -> ResponseReturnValue:
    """Give the changing part of the screen, or say that nothing has changed; with the time of this server."""
    facts = rooms_of_request(forum)
    response = make_response(render_template("forum/programme/_screen.html", forum=forum, **facts))
    response.add_etag()
    response.headers[SERVER_TIME] = str(_milliseconds())
    return response.make_conditional(request)


def _milliseconds() -> int:
    return int(clock.now().timestamp() * 1000)
