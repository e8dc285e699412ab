"""The blueprint of the delegation desk; each module beside this one adds its views."""

from typing import Any

from flask import Blueprint, request

from gtn_events.core.permissions import Permission, may

from ..models import Delegation
from ..queries.people import waiting_for_economy
from .loading import load_delegation

blueprint = Blueprint("delegations", __name__, url_prefix="/forums/<forum>/delegation/<economy>")
load_delegation(blueprint)


@blueprint.context_processor
def _of_the_page() -> dict[str, Any]:  # Any: values for a template
    """Give every page its delegation and forum, and the tab row how many wait for the economy."""
    delegation = (request.view_args or {}).get("delegation")
    # Also the page that refuses somebody asks for this.
    if not isinstance(delegation, Delegation) or not may(Permission.DELEGATION_MANAGE, delegation):
        return {}
    waiting, _due_at = waiting_for_economy(delegation)
    return {"delegation": delegation, "forum": delegation.forum, "tab_counts": {"desk": waiting}}
