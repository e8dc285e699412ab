"""The desk of a side event's hosts; importing the package adds every view to its blueprint."""

from . import guests, overview, page, questionnaire, staff
from .blueprint import blueprint

__all__ = ["blueprint", "guests", "overview", "page", "questionnaire", "staff"]
