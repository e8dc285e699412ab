"""A passport that every check accepts, and a forum whose letters have a signature."""

from datetime import date
from typing import Any

from gtn_events.forum.domain.passports import PassportData
from gtn_events.forum.enums import PassportKind

SECRET = "X7654321"
PAGE = {
    "full_name": "Rosa Huamán Ñaupari",
    "number": "x 7654321",
    "kind": "ordinary",
    "nationality": "Peruvian",
    "born_on": "1979-03-04",
    "birth_place": "Cusco",
    "sex": "F",
    "issued_on": "2011-01-10",
    "expires_on": "2016-01-10",
    "consulate": "Consulate in Lima",
    "entry_on": "2013-06-03",
    "exit_on": "2013-06-08",
    "pays": "Andes Cold Chain",
}


def passport(**values: Any) -> PassportData:
    """A passport valid long enough, for a journey around the forum; ``values`` are its fields."""
    given: dict[str, Any] = {
        name: date.fromisoformat(text) if name.endswith("_on") else text for name, text in PAGE.items()
    }
    return PassportData(**{**given, "kind": PassportKind.ORDINARY} | values)
