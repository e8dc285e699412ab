"""What an economy's coordinator sees of its badges: nothing of any other economy."""

from typing import Any

from flask import Blueprint, abort, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass, Economy
from gtn_events.core.permissions import Permission, requires

from ..enums import BadgeState
from ..models import Forum
from ..queries.badge_custody import Party, badges_of_party
from .loading import load_forum

blueprint = Blueprint("forum_delegation_badges", __name__, url_prefix="/forums/<forum>/delegation/<economy>")
load_forum(blueprint)


@blueprint.url_value_preprocessor
def _load_economy(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Put the economy before the forum: the first thing with a scope is what the permission is asked for."""
    if endpoint is None or not values or not isinstance(values.get("economy"), str):
        return
    if getattr(current_app.view_functions[endpoint], "access", None) is not None and not current_user.is_authenticated:
        return
    economy = db.session.scalar(select(Economy).where(Economy.code == values.pop("economy")))
    if economy is None:
        abort(404)
    forum = values.pop("forum")
    values |= {"economy": economy, "forum": forum}


@blueprint.get("/badges")
@requires(Permission.DELEGATION_BADGES_SEE)
def badges(economy: Economy, forum: Forum) -> ResponseReturnValue:
    """Show where the badges of the economy are."""
    found = badges_of_party(forum, Party(DelegationClass.ECONOMY, economy))
    counts = {state: sum(each.state is state for each in found) for state in BadgeState}
    return render_template(
        "forum/delegation/badges.html",
        forum=forum,
        economy=economy,
        badges=found,
        counts={state: count for state, count in counts.items() if count},
    )
