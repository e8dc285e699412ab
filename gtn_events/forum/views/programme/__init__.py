"""The public programme: day grid, list, now and next, screen, session, speakers, search, favourites, files."""

from . import calendar, favourites, files, materials, now, pages, people, places, screen
from .blueprint import blueprint

__all__ = ["blueprint", "calendar", "favourites", "files", "materials", "now", "pages", "people", "places", "screen"]
