"""The placements of an economy's firms, and those at its hosts."""

from flask.typing import ResponseReturnValue

from gtn_events.core.permissions import Permission, requires

from ...models import Application, Host
from ...queries.placement_list import FIRMS, HOSTS
from ..loading import EconomyPage
from ..placement_pages import own_list
from .blueprint import blueprint


@blueprint.get("/placements")
@requires(Permission.HOST_VERIFY)
def placements(economy: EconomyPage) -> ResponseReturnValue:
    """Show both over all calls, or one of them; nothing of other economies."""
    code = economy.row.code
    sides = {FIRMS: Application.economy_code == code, HOSTS: Host.economy_code == code}
    return own_list("incubation/economy/placements.html", sides, economy=economy)
