"""The organiser's pages; importing the package adds every view to its blueprints."""

from . import (
    categories,
    certificates,
    checkpoints,
    mail,
    overview,
    participation,
    progress_report,
    proposal_acts,
    proposals,
    questionnaire,
    registration_bulk,
    registration_edit,
    registration_export,
    registration_list,
    registration_page,
    settings,
    side_events,
    staff,
    state,
)
from .blueprint import blueprint
from .settings import opening

__all__ = [
    "blueprint",
    "categories",
    "certificates",
    "checkpoints",
    "mail",
    "opening",
    "overview",
    "participation",
    "progress_report",
    "proposal_acts",
    "proposals",
    "questionnaire",
    "registration_bulk",
    "registration_edit",
    "registration_export",
    "registration_list",
    "registration_page",
    "settings",
    "side_events",
    "staff",
    "state",
]
