"""The coordinator's view: who of the own economy is funded, and which papers are there; never a file or an amount."""

from typing import Any

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.permissions import Permission, requires
from gtn_events.forum.models import Forum
from gtn_events.forum.views.loading import load_forum

from ...models import Delegation
from ...queries.travel import paper_states, travel_settings, travellers_of
from ...travel_enums import PaperKind

blueprint = Blueprint("delegations_economy_travel", __name__, url_prefix="/forums/<forum>/delegation/<economy>/travel")
load_forum(blueprint)


@blueprint.url_value_preprocessor
def _load_economy(_endpoint: str | None, values: dict[str, Any] | None) -> None:  # Any: what an address holds
    """Put the economy first: the guard looks at the first thing that roles are held for."""
    if not values or not current_user.is_authenticated:
        return
    economy = db.session.get(Economy, values.pop("economy"))
    if economy is None:
        abort(404)
    rest = dict(values)
    values.clear()
    values.update({"economy": economy, **rest})


@blueprint.get("")
@requires(Permission.DELEGATION_TRAVEL_SEE)
def show(economy: Economy, forum: Forum) -> ResponseReturnValue:
    """Show the states of the economy's travellers."""
    settings = travel_settings(forum)
    needed = settings.papers if settings else []
    travellers = travellers_of(forum, economy_code=economy.code)
    return render_template(
        "delegations/travel/economy.html",
        delegation=Delegation(forum, economy),
        forum=forum,
        economy=economy,
        travellers=travellers,
        states={each.id: paper_states(each, needed) for each in travellers},
        kinds=[kind for kind in PaperKind if kind.value in needed],
    )
