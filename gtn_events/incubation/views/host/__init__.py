"""A host's own pages; importing the package adds every view to its blueprint."""

from . import intake, overview, photos, profile, staff
from .blueprint import blueprint

__all__ = ["blueprint", "intake", "overview", "photos", "profile", "staff"]
