"""Which time zone a person starts in, until they choose one."""

from functools import cache
from zoneinfo import available_timezones

AREAS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")

# Of an economy with several zones, the one that most of its people live by.
MAIN_ZONES = {
    "AUS": "Australia/Sydney",
    "BD": "Asia/Brunei",
    "CDA": "America/Toronto",
    "CHL": "America/Santiago",
    "PRC": "Asia/Shanghai",
    "HKC": "Asia/Hong_Kong",
    "INA": "Asia/Jakarta",
    "JPN": "Asia/Tokyo",
    "ROK": "Asia/Seoul",
    "MAS": "Asia/Kuala_Lumpur",
    "MEX": "America/Mexico_City",
    "NZ": "Pacific/Auckland",
    "PNG": "Pacific/Port_Moresby",
    "PE": "America/Lima",
    "PHL": "Asia/Manila",
    "RUS": "Europe/Moscow",
    "SGP": "Asia/Singapore",
    "CT": "Asia/Taipei",
    "THA": "Asia/Bangkok",
    "US": "America/New_York",
    "VN": "Asia/Ho_Chi_Minh",
}


@cache
def zones_by_place() -> tuple[str, ...]:
    """Return the IANA time zones that are named after a place, in order of their names."""
    return tuple(name for name in sorted(available_timezones()) if name.partition("/")[0] in AREAS and "/" in name)


def first_zone(of_browser: str, economy_code: str | None) -> str:
    """Return the zone of a new person: their browser's, else the main one of their economy, else UTC.

    Args:
        of_browser: what the browser called its zone. A name that is none of a place tells
            nothing about where the person is; ``UTC`` is what a browser says that hides it.
    """
    if of_browser in zones_by_place():
        return of_browser
    return MAIN_ZONES.get(economy_code or "", "UTC")
