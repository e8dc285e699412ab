"""The firms that are, were and will be at a host."""

from flask import render_template
from flask.typing import ResponseReturnValue

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires

from ...domain.placement_rows import rows_for
from ...models import Host, Intake
from ...queries.placements import placements_where
from .blueprint import blueprint


@blueprint.get("/placements")
@requires(Permission.HOST_MANAGE)
def placements(host: Host) -> ResponseReturnValue:
    """Show the host's own placements over all calls, the newest first."""
    rows = rows_for(db.session.scalars(placements_where(Intake.host_id == host.id)), now=clock.now())
    return render_template("incubation/host/placements.html", host=host, rows=rows)
