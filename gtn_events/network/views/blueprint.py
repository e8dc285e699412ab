"""The blueprint of the network's pages; a group in an address becomes its row."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, current_app, request
from flask_login import current_user

from gtn_events.core.db import db, set_reading
from gtn_events.core.permissions import Scope
from gtn_events.core.wiring import SAFE_METHODS

from ..models import EconomyGroup

blueprint = Blueprint("network", __name__)
WHOLE = "apec"


@dataclass(frozen=True)
class GroupPage:
    """The group that an address names, the whole network without a row; in an address it reads as its number."""

    row: EconomyGroup | None

    @property
    def scope(self) -> Scope:
        """What the role of its coordinator is given for."""
        return self.row.scope if self.row is not None else Scope("group", 0)

    def __str__(self) -> str:
        return str(self.row.id) if self.row is not None else WHOLE


@blueprint.url_value_preprocessor
def _load_group(endpoint: str | None, values: dict[str, Any] | None) -> None:  # Any: an address's own values
    """Replace the group of an address by its row; to whoever is not signed in its existence tells nothing."""
    if endpoint is None or not values or not isinstance(values.get("group"), str):
        return
    # This is the request's first query, and it runs before the before_request functions.
    set_reading(request.method in SAFE_METHODS)
    needs_person = getattr(current_app.view_functions[endpoint], "access", None) is not None
    if needs_person and not current_user.is_authenticated:
        return
    named = values["group"]
    row = db.session.get(EconomyGroup, int(named)) if named.isdecimal() and len(named) < 9 else None
    if row is None and named != WHOLE:
        abort(404)
    values["group"] = GroupPage(row)
