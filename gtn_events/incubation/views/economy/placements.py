"""The placements of an economy's firms, and those at its hosts."""

from flask import render_template
from flask.typing import ResponseReturnValue

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires

from ...domain.placement_rows import rows_for
from ...models import Application, Host
from ...queries.placements import placements_where
from ..loading import EconomyPage
from .blueprint import blueprint


@blueprint.get("/placements")
@requires(Permission.HOST_VERIFY)
def placements(economy: EconomyPage) -> ResponseReturnValue:
    """Show both; nothing of other economies."""
    code, now = economy.row.code, clock.now()
    return render_template(
        "incubation/economy/placements.html",
        economy=economy,
        abroad=rows_for(db.session.scalars(placements_where(Application.economy_code == code)), now=now),
        here=rows_for(db.session.scalars(placements_where(Host.economy_code == code)), now=now),
    )
