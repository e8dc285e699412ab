"""The organiser's programme pages; importing the package adds its views to the organiser's blueprint."""

from . import (
    archive,
    away,
    booklet,
    importing,
    overview,
    places,
    releases,
    rooms,
    rules,
    schedule,
    session_texts,
    sessions,
    speakers,
    sponsors,
    timetable,
)

__all__ = [
    "archive",
    "away",
    "booklet",
    "importing",
    "overview",
    "places",
    "releases",
    "rooms",
    "rules",
    "schedule",
    "session_texts",
    "sessions",
    "speakers",
    "sponsors",
    "timetable",
]
