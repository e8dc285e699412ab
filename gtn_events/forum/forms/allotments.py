"""The places of one category for all holders at once: a number and a last day for each."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, IntegerField
from wtforms.validators import NumberRange, Optional

from gtn_events.accounts.forms.versioned import VersionedForm
from gtn_events.core.errors import DomainError
from gtn_events.core.venue_time import day_at_venue, moment_at_venue, refuse_other_years

from ..domain.allotments import NOTHING, Kept

MOST_PLACES = 1_000_000


class AllotmentForm(VersionedForm):
    """Numbers and days by holder; the day for all counts where a holder has none of its own."""

    HOLDERS: ClassVar[Mapping[str, str]] = {}

    until_all = DateField(
        _l("Unused places are released after"),
        [Optional()],
        description=_l("A day at the venue, for every row without a day of its own. Empty: until you release them."),
    )

    def rows(self) -> list[tuple[str, str, Field, Field]]:
        """Return holder, name, and the two fields of each."""
        return [
            (holder, name, self[f"places_{holder}"], self[f"until_{holder}"]) for holder, name in self.HOLDERS.items()
        ]

    @property
    def empty_rows(self) -> dict[str, None]:
        """What the fields hold where nothing is kept."""
        return dict.fromkeys(["until_all", *(field.name for row in self.rows() for field in row[2:])])

    def wanted(self, before: Mapping[str, Kept], *, time_zone: str) -> dict[str, Kept]:
        """Return what was typed, for the domain; a day that was not changed stays the very moment it was."""
        wanted = {}
        for holder, _name, places, until in self.rows():
            day = until.data or self.until_all.data
            stored = before.get(holder, NOTHING).releases_at
            same = stored is not None and last_day(stored, time_zone) == day
            moment = stored if same else end_of_day(day, time_zone) if day else None
            wanted[holder] = Kept(places=places.data or 0, releases_at=moment if places.data else None)
        return wanted

    def refuse(self, error: DomainError) -> None:
        """Show a refusal at the number of the holder it is about."""
        at_number = error.field in self.HOLDERS
        super().refuse(DomainError(error.message, field=f"places_{error.field}") if at_number else error)


def allotment_form(holders: Mapping[str, str]) -> type[AllotmentForm]:
    """Return the form with a row for each holder."""
    fields: dict[str, Any] = {"HOLDERS": holders}  # Any: a class's namespace
    for holder, name in holders.items():
        fields[f"places_{holder}"] = IntegerField(
            name, [Optional(), NumberRange(0, MOST_PLACES, _l("Write a number from 0 to 1,000,000."))]
        )
        fields[f"until_{holder}"] = DateField(name, [Optional()])
    return type("AllotmentForm", (AllotmentForm,), fields)


def stored_allotments(before: Mapping[str, Kept], *, time_zone: str) -> dict[str, Any]:  # Any: a field's value
    """Return what fills the form; one day that all have in common stands at the top only."""
    kept = {holder: each for holder, each in before.items() if each.places}
    days = {holder: last_day(each.releases_at, time_zone) for holder, each in kept.items() if each.releases_at}
    common = next(iter(days.values())) if len(set(days.values())) == 1 and len(days) == len(kept) else None
    values: dict[str, Any] = {f"places_{holder}": each.places for holder, each in kept.items()}
    if common is not None:
        return values | {"until_all": common}
    return values | {f"until_{holder}": day for holder, day in days.items()}


def end_of_day(day: date, time_zone: str) -> datetime:
    """Return the moment a day ends at the venue.

    Raises:
        VenueTimeRefused: the year cannot be meant.
    """
    refuse_other_years(day.year)
    return moment_at_venue(datetime.combine(day + timedelta(days=1), time()), time_zone)


def last_day(moment: datetime, time_zone: str) -> date:
    """Return the last day before a moment at the venue."""
    return day_at_venue(moment - timedelta(seconds=1), time_zone)
