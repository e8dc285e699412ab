"""The published result of a call: figures, flows, places host by host, and the file to run the match again."""

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from gtn_events.core import clock
from gtn_events.core.exports import disposition
from gtn_events.core.permissions import public
from gtn_events.eligibility.domain.setting import economy_names

from ...domain.match_file import match_file
from ...models import Call, MatchRun
from ...queries.match import flows_of, published_run, run_numbered, runs_of
from ...queries.places import hosts_of_run
from ..flow_pages import flows_shown
from .blueprint import blueprint


@blueprint.get("/<call>/result")
@public
def result(call: Call) -> ResponseReturnValue:
    """Show the match that stands, without a name of a firm; before it is published, when that will be."""
    run = published_run(call)
    if run is None:
        return render_template("incubation/public/result_awaited.html", call=call, now=clock.now())
    return render_template(
        "incubation/public/result.html",
        call=call,
        run=run,
        published=[each for each in runs_of(call) if each.published_at is not None],
        hosts=hosts_of_run(run),
        flows=flows_shown(flows_of(run), economy_names()),
    )


@blueprint.get("/<call>/result/<int:number>.json")
@public
def result_file(call: Call, number: int) -> ResponseReturnValue:
    """Hand out a published run, also one that another has followed, as the file that is checked."""
    run = _published(call, number)
    response = Response(match_file(run), content_type="application/json")
    response.headers["Content-Disposition"] = disposition(f"{call.slug}-match-{run.number}.json")
    return response


def _published(call: Call, number: int) -> MatchRun:
    run = run_numbered(call, number)
    if run is None or run.published_at is None:
        abort(404)
    return run
