"""The desk of a host: applications that named it, and those that let others see them."""

from flask import render_template
from flask.typing import ResponseReturnValue

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.permissions import Permission, requires

from ...domain.host_fit import sector_labels
from ...domain.host_ranking import ranking_of
from ...domain.review_window import takes_reviews
from ...models import Call, Host
from ...queries.host_desk import desk_of
from .blueprint import blueprint
from .desk import own_intake


@blueprint.get("/calls/<call>/applications")
@requires(Permission.HOST_MANAGE)
def applications(host: Host, call: Call) -> ResponseReturnValue:
    """Show what the host sees, with scores, talks and places."""
    intake = own_intake(host, call)
    desk, now = desk_of(intake, current_account().id), clock.now()
    return render_template(
        "incubation/host/applications.html",
        host=host,
        call=call,
        intake=intake,
        desk=desk,
        ranking=ranking_of(desk),
        sectors=sector_labels(call),
        open=takes_reviews(call, now=now),
        now=now,
    )
