"""The organiser's pages; importing the package adds every view to its blueprint."""

from . import (
    categories,
    decisions,
    declarations,
    eligibility,
    entry_bulk,
    entry_export,
    entry_list,
    entry_page,
    overview,
    progress,
    questionnaire,
    ranking,
    rounds,
    rubric,
    settings,
    staff,
    state,
)
from .blueprint import blueprint

__all__ = [
    "blueprint",
    "categories",
    "decisions",
    "declarations",
    "eligibility",
    "entry_bulk",
    "entry_export",
    "entry_list",
    "entry_page",
    "overview",
    "progress",
    "questionnaire",
    "ranking",
    "rounds",
    "rubric",
    "settings",
    "staff",
    "state",
]
