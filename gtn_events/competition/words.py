"""How the words of a ranking read on a page."""

from flask import Flask
from flask_babel import gettext as _
from flask_login import current_user

from gtn_events.accounts.enums import Role


def step_of_ladder(decided_by: str) -> str:
    """Return a step of the tie ladder as words, from what a ranking stores."""
    step, _colon, criterion = decided_by.partition(":")
    return {
        "head-to-head": _("judges who scored both"),
        "criterion": _("the criterion %(criterion)s", criterion=criterion),
        "first-places": _("the number of first places"),
        "chair": _("the chair’s vote"),
        "lot": _("lot"),
    }[step]


def coordinates_economy() -> bool:
    """Say whether the person of this request coordinates an economy; their roles are read already."""
    return current_user.is_authenticated and any(
        grant.role is Role.ECONOMY_COORDINATOR for grant in current_user.live_grants
    )


def init_app(app: Flask) -> None:
    """Give templates the words, and what the tab row asks."""
    app.add_template_filter(step_of_ladder)
    app.add_template_global(coordinates_economy)
