"""The public programme: day grid, list, now and next, session, speakers, search, calendars, files."""

from . import calendar, files, now, pages, people
from .blueprint import blueprint

__all__ = ["blueprint", "calendar", "files", "now", "pages", "people"]
