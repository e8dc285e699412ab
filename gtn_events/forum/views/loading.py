"""Turns the forum's slug in an address into the forum itself, for every blueprint below /forums/<forum>."""

from typing import Any

from flask import Blueprint, abort, current_app, request
from flask_login import current_user
from sqlalchemy import bindparam, select

from gtn_events.core import clock
from gtn_events.core.db import db, set_reading
from gtn_events.core.permissions import Permission, may
from gtn_events.core.wiring import SAFE_METHODS

from ..enums import ForumState
from ..models import Forum
from ..queries.decisions import to_decide

_FORUM = select(Forum).where(Forum.slug == bindparam("slug"))


def load_forum(blueprint: Blueprint) -> None:
    """Let the blueprint's views receive a ``Forum`` as their ``forum`` argument.

    An unknown forum is a 404, and so is a draft for people who may not see it. Whoever is
    not signed in goes to the sign-in page of a view that asks for a permission whether or
    not the forum exists, so that its name tells nothing.
    """
    blueprint.url_value_preprocessor(_replace_slug)


def load_organised_forum(blueprint: Blueprint) -> None:
    """As ``load_forum``, for the organiser's pages: their tab row says how many registrations wait for a decision."""
    load_forum(blueprint)
    blueprint.context_processor(_tab_counts)


def tab_counts(forum: Forum) -> dict[str, int]:
    """Return what stands in the organiser's tab row."""
    return {"registrations": sum(each.pending for each in to_decide(Forum.id == forum.id, now=clock.now()))}


def _tab_counts() -> dict[str, dict[str, int]]:
    forum = (request.view_args or {}).get("forum")
    return {"tab_counts": tab_counts(forum)} if isinstance(forum, Forum) else {}


def _replace_slug(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if endpoint is None or not values or "forum" not in values:
        return
    # This is the request's first query, and it runs before the before_request functions.
    set_reading(request.method in SAFE_METHODS)
    needs_person = getattr(current_app.view_functions[endpoint], "access", None) is not None
    if needs_person and not current_user.is_authenticated:
        return
    forum = db.session.scalar(_FORUM, {"slug": values["forum"]})
    if forum is None or (forum.state is ForumState.DRAFT and not may(Permission.FORUM_SEE, forum)):
        abort(404)
    values["forum"] = forum
