"""The public programme: day grid, list, session, speakers, search, calendars, files."""

from . import calendar, files, pages, people
from .blueprint import blueprint

__all__ = ["blueprint", "calendar", "files", "pages", "people"]
