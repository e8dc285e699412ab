"""The screen of the hall and the clock that speakers see: one page each, and a fragment that they ask for again."""

from typing import Any

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from gtn_events.core import clock
from gtn_events.core.links import site_url
from gtn_events.core.pdf import qr_svg
from gtn_events.core.permissions import public

from ...models import Competition
from ..live_shown import clock_words, final_or_404, milliseconds, shown_of
from .blueprint import blueprint

SERVER_TIME = "X-Server-Time"


@blueprint.get("/live/<int:number>/screen")
@public
def screen(competition: Competition, number: int) -> ResponseReturnValue:
    """Show what happens, big and without anything around it."""
    return _page("competition/live/screen.html", competition, number)


@blueprint.get("/live/<int:number>/speaker")
@public
def speaker(competition: Competition, number: int) -> ResponseReturnValue:
    """Show the time left and nothing that distracts."""
    return _page("competition/live/speaker.html", competition, number)


@blueprint.get("/live/<int:number>/state")
@public
def state(competition: Competition, number: int) -> ResponseReturnValue:
    """Give the changing part of the screen, or say that nothing has changed; with the time of this server."""
    response = make_response(render_template("competition/live/_stage.html", **_facts(competition, number)))
    response.add_etag()
    response.headers[SERVER_TIME] = str(milliseconds(clock.now()))
    return response.make_conditional(request)


def _page(template: str, competition: Competition, number: int) -> str:
    now, facts = clock.now(), _facts(competition, number)
    left = clock_words(facts["shown"].stage.timer.left(now))
    return render_template(template, **facts | {"left": left, "now_ms": milliseconds(now)})


def _facts(competition: Competition, number: int) -> dict[str, Any]:  # Any: what the template shows
    # Without the time left: the same state gives the same bytes, however often it is asked for.
    address = site_url("competition_live.vote", competition=competition, number=number)
    return {
        "competition": competition,
        "shown": shown_of(final_or_404(competition, number)),
        "vote_address": address,
        "qr": qr_svg,
        "left": "",
    }
