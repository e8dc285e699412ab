"""The organiser's programme pages; importing the package adds its views to the organiser's blueprint."""

from . import booklet, importing, overview, rooms, sessions, speakers

__all__ = ["booklet", "importing", "overview", "rooms", "sessions", "speakers"]
