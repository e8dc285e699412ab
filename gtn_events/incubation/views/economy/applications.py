"""How the applications of an economy's firms go on, which places they are offered, and the reviews of its hosts."""

from flask import render_template
from flask.typing import ResponseReturnValue

from gtn_events.core.permissions import Permission, requires

from ...queries.host_review_progress import firms_of_economy, hosts_of_economy
from ...queries.offers import offers_to_firms_of, placements_of_offers
from ..loading import EconomyPage
from .blueprint import blueprint


@blueprint.get("/applications")
@requires(Permission.HOST_VERIFY)
def applications(economy: EconomyPage) -> ResponseReturnValue:
    """Show the economy's own firms and hosts; nothing of other economies."""
    offers = offers_to_firms_of(economy.row.code)
    return render_template(
        "incubation/economy/applications.html",
        economy=economy,
        firms=firms_of_economy(economy.row.code),
        offers=offers,
        placements=placements_of_offers(offers),
        hosts=hosts_of_economy(economy.row.code),
    )
