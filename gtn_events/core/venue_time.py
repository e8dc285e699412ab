"""A local time that somebody typed becomes one moment, or is refused when the clocks make it none or two."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from .errors import VenueTimeRefused

_AREAS = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
# Calendars, time zones and the database agree within these; a year outside is a slip of the finger.
YEARS = range(1970, 2200)


def moment_at_venue(local: datetime, time_zone: str) -> datetime:
    """Return the moment (UTC) that the clocks at the venue show as ``local``.

    Args:
        local: naive, as typed.
        time_zone: an IANA name that exists.

    Raises:
        VenueTimeRefused: the clocks are put forward over this time, so it does not
            exist, or put back over it, so it comes twice; or the year cannot be meant.
    """
    refuse_other_years(local.year)
    zone = ZoneInfo(time_zone)
    first = local.replace(tzinfo=zone, fold=0)
    second = local.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    written = f"{local:%H:%M} on {local.day} {local:%B %Y}"
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        raise VenueTimeRefused(
            f"{written} does not exist in {place(time_zone)}: the clocks are put forward over it. "
            "Choose a time an hour earlier or later."
        )
    raise VenueTimeRefused(
        f"{written} comes twice in {place(time_zone)}: the clocks are put back over it. "
        "Choose a time an hour earlier or later."
    )


def refuse_other_years(year: int) -> None:
    """Raise ``VenueTimeRefused`` when a year cannot be meant."""
    if year not in YEARS:
        raise VenueTimeRefused(f"Choose a year from {YEARS[0]} to {YEARS[-1]}.")


def local_at_venue(moment: datetime | None, time_zone: str) -> datetime | None:
    """Return what the clocks at the venue show at a moment, naive, to fill a form; None stays None."""
    if moment is None:
        return None
    return moment.astimezone(ZoneInfo(time_zone)).replace(tzinfo=None)


def shift_local(moment: datetime, *, days: int, time_zone: str) -> datetime:
    """Return the moment when the venue's clocks show the same time some days later.

    A time that the clocks skip or repeat that day becomes the first moment that fits.
    """
    local = moment.astimezone(ZoneInfo(time_zone)).replace(tzinfo=None) + timedelta(days=days)
    return local.replace(tzinfo=ZoneInfo(time_zone), fold=0).astimezone(UTC)


def day_at_venue(moment: datetime, time_zone: str) -> date:
    """Return the calendar day at the venue."""
    return moment.astimezone(ZoneInfo(time_zone)).date()


def time_zones() -> list[str]:
    """Return the IANA names of places, and UTC, in alphabetical order."""
    return ["UTC", *sorted(name for name in available_timezones() if name.startswith(_AREAS))]


def place(time_zone: str) -> str:
    """Return a zone's place as people write it: ``Ho Chi Minh`` for ``Asia/Ho_Chi_Minh``."""
    return time_zone.rsplit("/", 1)[-1].replace("_", " ")
