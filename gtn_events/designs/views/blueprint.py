"""The blueprint of the pages of designs, which turns what an address names into the owner and the kind."""

from typing import Any

from flask import Blueprint, abort, request
from flask_login import current_user

from gtn_events.core.addresses import row_id
from gtn_events.core.db import set_reading
from gtn_events.core.permissions import Scope, may

from ..kinds import DesignedKind, designed_kind
from ..owners import DesignOwner, design_permissions, load_design_owner

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# They are sent a form, and only look at it: no writer waits for a picture.
PREVIEWS = frozenset({"designs.preview", "designs.preview_document"})

blueprint = Blueprint("designs", __name__, url_prefix="/designs/<owner>")


@blueprint.url_value_preprocessor
def _load(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Replace owner and kind in an address; whoever may not make such documents there does not learn of them."""
    if endpoint is None or not values:
        return
    # This is the request's first query, and it runs before the before_request functions.
    set_reading(request.method in SAFE_METHODS or endpoint in PREVIEWS)
    if not current_user.is_authenticated:
        return
    values["owner"] = owner = _owner_or_404(values["owner"])
    if "design_kind" in values:
        named = values["design_kind"]
        values["design_kind"] = next((each for each in kinds_to_design(owner.scope) if each.key == named), None)
        if values["design_kind"] is None:
            abort(404)


def may_design(scope: Scope, kind: str) -> bool:
    """Say whether the present person makes, and so designs, documents of a kind of a forum, competition or call."""
    permission = design_permissions(scope.kind).get(kind)
    return permission is not None and may(permission, _Held(scope))


def kinds_to_design(scope: Scope) -> list[DesignedKind]:
    """Return the kinds of documents of a forum, competition or call that the present person designs."""
    return [designed_kind(key) for key in design_permissions(scope.kind) if may_design(scope, key)]


class _Held:
    """A scope as the thing that it is about."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope


def _owner_or_404(named: str) -> DesignOwner:
    kind, _dash, number = named.rpartition("-")
    scope = Scope(kind, row_id(number))
    owner = load_design_owner(scope) if kinds_to_design(scope) else None
    return owner if owner is not None else abort(404)
