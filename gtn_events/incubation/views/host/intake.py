"""The places of a host in a call, on the host's own pages."""

from flask.typing import ResponseReturnValue

from gtn_events.core.permissions import Permission, requires

from ...models import Call, Host
from ..intake_pages import IntakePages
from .blueprint import blueprint

PAGES = IntakePages(
    show="incubation_host.intake",
    withdraw="incubation_host.intake_withdraw",
    back="incubation_host.overview",
    section="host-manage",
)


@blueprint.route("/calls/<call>/", methods=["GET", "POST"])
@requires(Permission.HOST_MANAGE)
def intake(host: Host, call: Call) -> ResponseReturnValue:
    """Show what the host gives in a call, or keep what was typed."""
    return PAGES.edit(call, host)


@blueprint.route("/calls/<call>/withdraw", methods=["GET", "POST"])
@requires(Permission.HOST_MANAGE)
def intake_withdraw(host: Host, call: Call) -> ResponseReturnValue:
    """Ask for a reason, or take the places back."""
    return PAGES.take_back(call, host)
