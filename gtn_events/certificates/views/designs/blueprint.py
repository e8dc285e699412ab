"""The blueprint of the pages of designs, which turns what an address names into the owner and the kind."""

from typing import Any

from flask import Blueprint, abort, request
from flask_login import current_user

from gtn_events.core.addresses import row_id
from gtn_events.core.db import set_reading
from gtn_events.core.permissions import Scope, may

from ...design.owners import DesignOwner, design_permission, load_design_owner

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# They are sent a form, and only look at it: no writer waits for a picture.
PREVIEWS = frozenset({"certificate_designs.preview", "certificate_designs.preview_document"})

blueprint = Blueprint("certificate_designs", __name__, url_prefix="/certificates/designs/<owner>")


@blueprint.url_value_preprocessor
def _load(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Replace owner and kind in an address; whoever may not issue there does not learn of them."""
    if endpoint is None or not values:
        return
    # This is the request's first query, and it runs before the before_request functions.
    set_reading(request.method in SAFE_METHODS or endpoint in PREVIEWS)
    if not current_user.is_authenticated:
        return
    values["owner"] = owner = _owner_or_404(values["owner"])
    if "certificate_kind" in values:
        named = values["certificate_kind"]
        values["certificate_kind"] = next((each for each in owner.kinds if each.value == named), None) or abort(404)


def may_design(scope: Scope) -> bool:
    """Say whether the present person issues, and so designs, certificates of a forum, competition or call."""
    permission = design_permission(scope.kind)
    return permission is not None and may(permission, _Held(scope))


class _Held:
    """A scope as the thing that it is about."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope


def _owner_or_404(named: str) -> DesignOwner:
    kind, _dash, number = named.rpartition("-")
    scope = Scope(kind, row_id(number))
    owner = load_design_owner(scope) if may_design(scope) else None
    return owner if owner is not None else abort(404)
