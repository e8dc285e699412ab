"""The dashboard over all calls that a person organises; a coordinator is led to the one of the economy."""

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.core.economies import Economy, economies_in_order
from gtn_events.core.permissions import Permission, may, requires

from ..queries.dashboard import Reach, calls_to_count
from .dashboard_pages import DashboardPages

blueprint = Blueprint("incubation_dashboard", __name__, url_prefix="/co-incubation")


@blueprint.get("/dashboard")
@requires(Permission.SIGNED_IN)
def show() -> ResponseReturnValue:
    """Show places, stages, flows and outcomes over all calls of an organiser."""
    pages, economy = _pages(), _own_economy()
    if pages is None and economy is not None:
        return redirect(url_for("incubation_economy.dashboard", economy=economy.code))
    return (pages or abort(403)).show()


@blueprint.post("/dashboard/export")
@requires(Permission.SIGNED_IN)
def export() -> ResponseReturnValue:
    """Send one of the tables as a file."""
    return (_pages() or abort(403)).export()


@blueprint.get("/dashboard/report.pdf")
@requires(Permission.SIGNED_IN)
def report() -> ResponseReturnValue:
    """Give the report for the working group."""
    return (_pages() or abort(403)).report()


def _pages() -> DashboardPages | None:
    calls = [call for call in calls_to_count() if may(Permission.CALL_SEE, call)]
    if not calls and not may(Permission.SITE_ADMINISTER):
        return None
    return DashboardPages(
        reach=Reach(tuple(call.id for call in calls)),
        title=_("Co-incubation, all calls"),
        name="co-incubation",
        endpoints=(".show", ".export", ".report"),
        section="co-incubation",
        of={},
    )


def _own_economy() -> Economy | None:
    return next((each for each in economies_in_order() if may(Permission.HOST_VERIFY, each)), None)
