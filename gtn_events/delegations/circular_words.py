"""The words of circulars: states of a version, and the sections of a general information circular in order."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class CircularState(StrEnum):
    """Where a version stands; of one circular at most one is a draft and at most one is released."""

    DRAFT = "draft"
    RELEASED = "released"
    SUPERSEDED = "superseded"


SECTIONS = {
    "welcome": _l("Welcome"),
    "dates": _l("Dates and venues"),
    "schedule": _l("Schedule"),
    "contacts": _l("Organiser's contacts"),
    "accreditation": _l("Accreditation and liaison officers"),
    "registration": _l("Registration"),
    "access": _l("Access to meetings"),
    "media": _l("Media"),
    "accommodation": _l("Accommodation"),
    "arrival": _l("Arrival: visa, customs, airport"),
    "transport": _l("Transport"),
    "services": _l("Services at the venue"),
    "documents": _l("Documents: reproduction and distribution"),
    "social": _l("Social and accompanying programme"),
    "security": _l("Security"),
    "facts": _l("General facts"),
    "annexes": _l("Annexes: forms and maps"),
}
