"""The firms that are, were and will be at a host."""

from flask.typing import ResponseReturnValue

from gtn_events.core.permissions import Permission, requires

from ...models import Host, Intake
from ...queries.placement_list import HOSTS
from ..placement_pages import own_list
from .blueprint import blueprint


@blueprint.get("/placements")
@requires(Permission.HOST_MANAGE)
def placements(host: Host) -> ResponseReturnValue:
    """Show the host's own placements over all calls, what changed last first."""
    return own_list("incubation/host/placements.html", {HOSTS: Intake.host_id == host.id}, host=host)
