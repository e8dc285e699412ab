"""The public programme: day grid, list, now and next, screen, session, speakers, search, calendars, files."""

from . import calendar, files, now, pages, people, screen
from .blueprint import blueprint

__all__ = ["blueprint", "calendar", "files", "now", "pages", "people", "screen"]
