"""How the words of a ranking read on a page."""

from flask import Flask
from flask_babel import gettext as _


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


def init_app(app: Flask) -> None:
    """Give templates the words."""
    app.add_template_filter(step_of_ladder)
