"""A host's own pages; importing the package adds every view to its blueprint."""

from . import (
    application,
    applications,
    intake,
    interviews,
    overview,
    photos,
    placements,
    profile,
    ranking,
    result,
    staff,
)
from .blueprint import blueprint

__all__ = [
    "application",
    "applications",
    "blueprint",
    "intake",
    "interviews",
    "overview",
    "photos",
    "placements",
    "profile",
    "ranking",
    "result",
    "staff",
]
