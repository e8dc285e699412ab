"""The dashboard of one call."""

from flask.typing import ResponseReturnValue

from gtn_events.core.permissions import Permission, requires

from ...models import Call
from ...queries.dashboard import Reach
from ..dashboard_pages import DashboardPages
from .blueprint import blueprint


@blueprint.get("/dashboard")
@requires(Permission.CALL_SEE)
def dashboard(call: Call) -> ResponseReturnValue:
    """Show places, stages, flows and outcomes of the call."""
    return _pages(call).show()


@blueprint.post("/dashboard/export")
@requires(Permission.CALL_SEE)
def dashboard_export(call: Call) -> ResponseReturnValue:
    """Send one of its tables as a file."""
    return _pages(call).export()


@blueprint.get("/dashboard/report.pdf")
@requires(Permission.CALL_SEE)
def dashboard_report(call: Call) -> ResponseReturnValue:
    """Give the report for the working group."""
    return _pages(call).report()


def _pages(call: Call) -> DashboardPages:
    return DashboardPages(
        reach=Reach((call.id,)),
        title=call.title,
        name=call.slug,
        endpoints=(".dashboard", ".dashboard_export", ".dashboard_report"),
        section="call-manage",
        of={"call": call},
        subject=call,
    )
