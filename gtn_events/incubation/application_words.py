"""How what stands in an application reads on a page."""

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date
from flask import Flask
from flask_babel import LazyString, get_locale
from flask_babel import lazy_gettext as _l

from gtn_events.accounts.domain.names import NAME_LANGUAGES

from .enums import Trait
from .services import SERVICES

READINESS: Mapping[int, LazyString] = {
    1: _l("The principle is observed"),
    2: _l("The concept is formed"),
    3: _l("The concept is shown by experiment"),
    4: _l("It works in the laboratory"),
    5: _l("It works in relevant surroundings"),
    6: _l("It is demonstrated in relevant surroundings"),
    7: _l("A prototype runs in real operation"),
    8: _l("It is complete and qualified"),
    9: _l("It is proven in use and on the market"),
}


def need_in_words(code: str) -> str:
    """Return the label of a service; a code that is not in the catalogue any more comes back as it is."""
    return str(SERVICES[code].label) if code in SERVICES else code


def trait_in_words(code: str) -> str:
    """Return the label of a trait."""
    return Trait(code).label


def readiness_in_words(level: int) -> str:
    """Return what a technology readiness level means."""
    return str(READINESS[level])


def language_in_words(tag: str) -> str:
    """Return the name of a language; a tag that is not in the list comes back as it is."""
    return NAME_LANGUAGES.get(tag, tag)


def months(first: date, last: date) -> str:
    """Return ``Sep–Dec`` for two days, ``Oct`` when both are in one month of a year."""
    names = [format_date(day, "MMM", locale=get_locale() or "en") for day in (first, last)]
    same = (first.year, first.month) == (last.year, last.month)
    return names[0] if same else "–".join(names)


def init_app(app: Flask) -> None:
    """Give templates the words."""
    for word in (need_in_words, trait_in_words, readiness_in_words, language_in_words, months):
        app.add_template_filter(word)
