"""Turns forum and economy of an address into the delegation, for every page below it."""

from typing import Any

from flask import Blueprint, abort, current_app, request
from flask_login import current_user
from sqlalchemy import select

from gtn_events.core.db import db, set_reading
from gtn_events.core.economies import Economy
from gtn_events.core.permissions import Permission, may
from gtn_events.core.wiring import SAFE_METHODS
from gtn_events.forum.enums import ForumState
from gtn_events.forum.models import Forum

from ..models import Delegation


def load_delegation(blueprint: Blueprint) -> None:
    """Let the blueprint's views receive a ``Delegation``: its scope, the economy, is what the guard asks for.

    Whoever is not signed in goes to the sign-in page whether or not the forum exists. A draft is a 404
    for people who do not work at it.
    """
    blueprint.url_value_preprocessor(_replace)


def _replace(endpoint: str | None, values: dict[str, Any] | None) -> None:  # Any: Flask's own signature
    if endpoint is None or not values or not {"forum", "economy"} <= values.keys():
        return
    # This is the request's first query, and it runs before the before_request functions.
    set_reading(request.method in SAFE_METHODS)
    needs_person = getattr(current_app.view_functions[endpoint], "access", None) is not None
    if needs_person and not current_user.is_authenticated:
        return
    forum = db.session.scalar(select(Forum).where(Forum.slug == values.pop("forum")))
    economy = db.session.get(Economy, values.pop("economy"))
    if forum is None or economy is None:
        abort(404)
    if forum.state is ForumState.DRAFT and not may(Permission.FORUM_SEE, forum):
        abort(404)
    values["delegation"] = Delegation(forum, economy)
