"""The words of what is stored as codes with values, in the language of who reads."""

from enum import StrEnum

from flask import Flask
from flask_babel import gettext as _
from flask_login import current_user

from gtn_events.accounts.enums import Role

from .assignment import words_of_shortfall, words_of_tie
from .ranking import (
    judge_name,
    name_of_pattern,
    name_of_standing,
    notices_of,
    reason_of_standing,
    request_to_review,
    step_of_ladder,
    words_of_tie_step,
)

__all__ = [
    "coordinates_economy",
    "judge_name",
    "label_of",
    "name_of_pattern",
    "name_of_standing",
    "notices_of",
    "reason_of_standing",
    "request_to_review",
    "step_of_ladder",
    "words_of_shortfall",
    "words_of_tie",
    "words_of_tie_step",
]


def label_of(member: StrEnum) -> str:
    """Return the label of a word that is stored, as it reads on a page."""
    return _(member.label)  # type: ignore[attr-defined]  # every enumeration of the package has one


def coordinates_economy() -> bool:
    """Say whether the person of this request coordinates an economy; their roles are read already."""
    return current_user.is_authenticated and any(
        grant.role is Role.ECONOMY_COORDINATOR for grant in current_user.live_grants
    )


def init_app(app: Flask) -> None:
    """Give templates the words, and what the tab row asks."""
    app.add_template_global(coordinates_economy)
    app.add_template_filter(label_of)
    app.add_template_filter(step_of_ladder)
    app.add_template_filter(words_of_tie)
    app.add_template_global(name_of_standing)
    app.add_template_global(reason_of_standing)
    app.add_template_global(words_of_shortfall)
    app.add_template_global(words_of_tie_step)
