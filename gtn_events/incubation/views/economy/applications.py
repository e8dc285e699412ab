"""How the applications of an economy's firms and the reviews of its hosts go on."""

from flask import render_template
from flask.typing import ResponseReturnValue

from gtn_events.core.permissions import Permission, requires

from ...queries.host_review_progress import firms_of_economy, hosts_of_economy
from ..loading import EconomyPage
from .blueprint import blueprint


@blueprint.get("/applications")
@requires(Permission.HOST_VERIFY)
def applications(economy: EconomyPage) -> ResponseReturnValue:
    """Show the economy's own firms and hosts; nothing of other economies."""
    return render_template(
        "incubation/economy/applications.html",
        economy=economy,
        firms=firms_of_economy(economy.row.code),
        hosts=hosts_of_economy(economy.row.code),
    )
