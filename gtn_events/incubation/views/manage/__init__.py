"""The organiser's pages; importing the package adds every view to its blueprint."""

from . import (
    application_bulk,
    application_export,
    application_list,
    application_page,
    application_rules,
    blocks,
    criteria,
    eligibility,
    hosts,
    mail,
    overview,
    questionnaire,
    settings,
    staff,
    state,
)
from .blueprint import blueprint

__all__ = [
    "application_bulk",
    "application_export",
    "application_list",
    "application_page",
    "application_rules",
    "blocks",
    "blueprint",
    "criteria",
    "eligibility",
    "hosts",
    "mail",
    "overview",
    "questionnaire",
    "settings",
    "staff",
    "state",
]
