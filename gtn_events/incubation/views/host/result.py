"""What the match gave a host: firms, which of its ranks, who has answered, who waits."""

from flask import render_template
from flask.typing import ResponseReturnValue

from gtn_events.core import clock
from gtn_events.core.permissions import Permission, requires

from ...models import Call, Host
from ...queries.host_result import guests_of
from ...queries.match import published_run, ranks_taken
from ...queries.waiting import waiting_lists
from .blueprint import blueprint
from .desk import own_intake


@blueprint.get("/calls/<call>/result")
@requires(Permission.HOST_MANAGE)
def result(host: Host, call: Call) -> ResponseReturnValue:
    """Show it; before a match is published, when that will be."""
    intake, run = own_intake(host, call), published_run(call)
    return render_template(
        "incubation/host/result.html",
        host=host,
        call=call,
        intake=intake,
        run=run,
        guests=guests_of(intake) if run else [],
        ranks=ranks_taken(run, [intake.id])[intake.id] if run else [],
        waiting=waiting_lists([intake.id])[intake.id] if run else [],
        now=clock.now(),
    )
