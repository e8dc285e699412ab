"""The public programme: day grid, list, session, speakers, search, calendars."""

from . import calendar, pages, people
from .blueprint import blueprint

__all__ = ["blueprint", "calendar", "pages", "people"]
