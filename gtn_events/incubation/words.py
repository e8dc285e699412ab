"""How the codes of hosts read on a page."""

from flask import Flask

from .enums import ServiceTerms
from .figures import written
from .languages import LANGUAGES
from .services import SERVICES
from .trl import LEVELS


def language_name(tag: str) -> str:
    """Return the name of a language by its tag."""
    return str(LANGUAGES.get(tag, tag))


def service_name(code: str) -> str:
    """Return the name of a service by its code."""
    return str(SERVICES[code].label) if code in SERVICES else code


def service_unit(code: str) -> str:
    """Return in what a service is counted."""
    return str(SERVICES[code].unit) if code in SERVICES else ""


def service_terms(terms: str) -> str:
    """Return what a service costs, in words."""
    return ServiceTerms(terms).label


def trl_words(level: int) -> str:
    """Return what a level of technology readiness means."""
    return str(LEVELS.get(level, ""))


def init_app(app: Flask) -> None:
    """Give templates the words."""
    app.jinja_env.filters.update(
        figure=written,
        language_name=language_name,
        service_name=service_name,
        service_terms=service_terms,
        service_unit=service_unit,
        trl_words=trl_words,
    )
