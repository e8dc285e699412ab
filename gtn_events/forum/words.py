"""Dates and times of a forum in words, for templates and mails."""

from collections.abc import Iterable
from datetime import date, datetime

from flask import Flask

from gtn_events.accounts.domain.names import NAME_LANGUAGES
from gtn_events.core.text import local

from .queries.public import EconomyCount


def days_in_words(first: date, last: date) -> str:
    """Return the days of a forum: ``5 and 6 June 2013``, ``5–7 June 2013``, ``30 June and 1 July 2013``."""
    if first == last:
        return f"{first.day} {first:%B %Y}"
    joiner = " and " if (last - first).days == 1 else "–"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{joiner}{last.day} {last:%B %Y}"
    start = f"{first.day} {first:%B}" + (f" {first.year}" if first.year != last.year else "")
    joiner = joiner if joiner.startswith(" ") else " – "
    return f"{start}{joiner}{last.day} {last:%B %Y}"


def weekday(day: date) -> str:
    """Return ``Wednesday 5 June``."""
    return f"{day:%A} {day.day} {day:%B}"


def span_in_words(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """Return a time at the venue: ``Wed 5 June, 16:00–17:30``; the second day is named when it is another."""
    first, last = local(starts_at, zone), local(ends_at, zone)
    start = f"{first:%a} {first.day} {first:%B}, {first:%H:%M}"
    if first.date() == last.date():
        return f"{start}–{last:%H:%M}"
    return f"{start} – {last:%a} {last.day} {last:%B}, {last:%H:%M}"


def name_language(tag: str) -> str:
    """Return the name of a language, or its tag where we have none."""
    return NAME_LANGUAGES.get(tag, tag)


def ring_of(counts: Iterable[EconomyCount]) -> list[tuple[str, str, int]]:
    """Return what the ring shows: (code, name, value) with small numbers left out."""
    return [(count.code, count.name, count.shown or 0) for count in counts]


def init_app(app: Flask) -> None:
    """Give the templates these functions."""
    app.jinja_env.globals.update(
        days_in_words=days_in_words,
        name_language=name_language,
        ring_of=ring_of,
        span_in_words=span_in_words,
        weekday=weekday,
    )
