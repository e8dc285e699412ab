"""Days as documents write them, in the language of the document."""

from datetime import date

from babel.dates import format_date, format_interval

_THIN_SPACES = dict.fromkeys(map(ord, "\u2009\u202f"), " ")  # which fonts lack
_OF_NUMBERS = ("zh", "ja", "ko")  # write months as numbers


def day_of(day: date, language: str) -> str:
    """Return a day in words: ``7 June 2013``, ``7 de junio de 2013``."""
    if language == "en":
        return f"{day.day} {day:%B %Y}"
    return format_date(day, "long", locale=_locale(language)).translate(_THIN_SPACES)


def days_of(first: date, last: date, language: str) -> str:
    """Return the days from one to another in words, in a language other than English."""
    if first == last:
        return day_of(first, language)
    days = format_interval(first, last, "yMMMMd", locale=_locale(language)).translate(_THIN_SPACES)
    if language[:2] in _OF_NUMBERS or format_date(first, "MMMM", locale=_locale(language)) in days:
        return days
    # Some languages shorten the months of a span, which is not for a document that somebody keeps.
    return f"{day_of(first, language)} – {day_of(last, language)}"


def _locale(language: str) -> str:
    return language.replace("-", "_")
