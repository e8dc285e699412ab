"""Turns the competition's slug in an address into the competition itself, for every blueprint below it."""

from typing import Any

from flask import Blueprint, abort, current_app, request
from flask_login import current_user
from sqlalchemy import bindparam, select

from gtn_events.core.db import db, set_reading
from gtn_events.core.permissions import Permission, may
from gtn_events.core.wiring import SAFE_METHODS

from ..enums import CompetitionState
from ..models import Competition

_COMPETITION = select(Competition).where(Competition.slug == bindparam("slug"))


def load_competition(blueprint: Blueprint) -> None:
    """Let the blueprint's views receive a ``Competition`` as their ``competition`` argument.

    An unknown competition is a 404, and so is a draft for people who may not see it. Whoever
    is not signed in goes to the sign-in page of a view that asks for a permission whether or
    not the competition exists, so that its name tells nothing.
    """
    blueprint.url_value_preprocessor(_replace_slug)


def _replace_slug(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if endpoint is None or not values or "competition" not in values:
        return
    # This is the request's first query, and it runs before the before_request functions.
    set_reading(request.method in SAFE_METHODS)
    needs_person = getattr(current_app.view_functions[endpoint], "access", None) is not None
    if needs_person and not current_user.is_authenticated:
        return
    competition = db.session.scalar(_COMPETITION, {"slug": values["competition"]})
    if competition is None or (competition.state is CompetitionState.DRAFT and not _may_see_draft(competition)):
        abort(404)
    values["competition"] = competition


def _may_see_draft(competition: Competition) -> bool:
    return may(Permission.COMPETITION_SEE, competition) or may(Permission.COMPETITION_JUDGE, competition)
