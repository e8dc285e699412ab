"""The pages of a placement; importing the package adds every view to its blueprint."""

from . import agreement, agreement_draft, milestones, overview, reports, running, services
from .blueprint import blueprint

__all__ = [
    "agreement",
    "agreement_draft",
    "blueprint",
    "milestones",
    "overview",
    "reports",
    "running",
    "services",
]
