"""The dashboard of one economy over all calls: its own firms and hosts, nothing of others."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.core.permissions import Permission, requires

from ...queries.dashboard import Reach, calls_to_count
from ..dashboard_pages import DashboardPages
from ..loading import EconomyPage
from .blueprint import blueprint


@blueprint.get("/dashboard")
@requires(Permission.HOST_VERIFY)
def dashboard(economy: EconomyPage) -> ResponseReturnValue:
    """Show stages and outcomes of the economy's firms, places of its hosts, and flows from and to it."""
    return _pages(economy).show()


@blueprint.post("/dashboard/export")
@requires(Permission.HOST_VERIFY)
def dashboard_export(economy: EconomyPage) -> ResponseReturnValue:
    """Send one of its tables as a file."""
    return _pages(economy).export()


@blueprint.get("/dashboard/report.pdf")
@requires(Permission.HOST_VERIFY)
def dashboard_report(economy: EconomyPage) -> ResponseReturnValue:
    """Give the report for the working group."""
    return _pages(economy).report()


def _pages(economy: EconomyPage) -> DashboardPages:
    return DashboardPages(
        reach=Reach(tuple(call.id for call in calls_to_count()), economy.row.code),
        title=_("Co-incubation of %(economy)s", economy=economy.row.short_name),
        name=f"co-incubation-{economy.row.code.lower()}",
        endpoints=(".dashboard", ".dashboard_export", ".dashboard_report"),
        section="economy",
        of={"economy": economy},
    )
