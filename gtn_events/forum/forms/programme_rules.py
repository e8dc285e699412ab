"""What an organiser sets about conflicts, opening hours, and rooms and speakers that are away."""

from datetime import date, datetime, time
from typing import Any, ClassVar

from flask_babel import format_date
from flask_babel import lazy_gettext as _l
from wtforms import DateTimeLocalField, Field, RadioField, StringField, TimeField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from gtn_events.accounts.forms.hosted import MINUTES, one_line
from gtn_events.core.errors import VenueTimeRefused
from gtn_events.core.venue_time import moment_at_venue

from ..enums import ConflictKind, Treatment
from ..models import Forum
from ..queries.attendance_rule import forum_days
from ..queries.programme_conflicts import opening_hours, treatments_of
from .programme import RefusableForm

KIND_NAMES = {
    ConflictKind.ROOM: _l("Two sessions in one room"),
    ConflictKind.SPEAKER: _l("One speaker in two sessions"),
    ConflictKind.ROOM_SMALL: _l("More people expected than the room seats"),
    ConflictKind.OUTSIDE: _l("Outside the opening hours, or on no day of the forum"),
    ConflictKind.SIDE_EVENT: _l("A side event during a plenary"),
    ConflictKind.AWAY: _l("A room that is closed, or a speaker who cannot come"),
}
TREATMENT_NAMES = (
    (Treatment.BLOCK, _l("Blocks")),
    (Treatment.WARN, _l("Warns")),
    (Treatment.IGNORE, _l("Is ignored")),
)


class ProgrammeRulesForm(RefusableForm):
    """A treatment for each kind of conflict, and two times for each day."""

    DAYS: ClassVar[tuple[date, ...]] = ()

    def days(self) -> list[tuple[date, Field, Field]]:
        """Return each day of the forum with the fields of its opening and closing time."""
        return [(day, self[f"opens-{day.isoformat()}"], self[f"closes-{day.isoformat()}"]) for day in self.DAYS]

    def kinds(self) -> list[Field]:
        """Return the fields of the treatments, in the order of the kinds."""
        return [self[f"kind-{kind.value}"] for kind in KIND_NAMES]

    def validate(self, extra_validators: Any = None) -> bool:  # Any: WTForms' own signature
        """Check every field, and that a day has both times, or none, in their order."""
        valid = bool(super().validate(extra_validators))
        for _day, opens, closes in self.days():
            if (opens.data is None) is not (closes.data is None) and not (opens.errors or closes.errors):
                missing = opens if opens.data is None else closes
                missing.errors = [_l("Write both times, or none.")]
                valid = False
            elif opens.data is not None and closes.data is not None and closes.data <= opens.data:
                closes.errors = [_l("A day closes after it opens.")]
                valid = False
        return valid

    def treatments(self) -> dict[ConflictKind, Treatment]:
        """Return what was chosen for each kind."""
        return {kind: Treatment(self[f"kind-{kind.value}"].data) for kind in KIND_NAMES}

    def hours(self) -> dict[date, tuple[time, time]]:
        """Return the hours of the days that have any."""
        return {day: (opens.data, closes.data) for day, opens, closes in self.days() if opens.data is not None}


def programme_rules_form(forum: Forum) -> type[ProgrammeRulesForm]:
    """Return the form with fields for each day of the forum."""
    days = tuple(forum_days(forum))
    fields: dict[str, Any] = {"DAYS": days}  # Any: a class's namespace
    for kind, name in KIND_NAMES.items():
        choices = [SelectChoice(treatment.value, label) for treatment, label in TREATMENT_NAMES]
        fields[f"kind-{kind.value}"] = RadioField(name, choices=choices)
    for day in days:
        told = format_date(day, "EEE d MMM")
        fields[f"opens-{day.isoformat()}"] = TimeField(_l("Opens on %(day)s", day=told), [Optional()])
        fields[f"closes-{day.isoformat()}"] = TimeField(_l("Closes on %(day)s", day=told), [Optional()])
    return type("ProgrammeRulesForm", (ProgrammeRulesForm,), fields)


def stored_programme_rules(forum: Forum) -> dict[str, Any]:  # Any: a value of any field
    """Return what fills the form."""
    values: dict[str, Any] = {f"kind-{kind.value}": each.value for kind, each in treatments_of(forum).items()}
    for each in opening_hours(forum):
        values[f"opens-{each.day.isoformat()}"] = each.opens
        values[f"closes-{each.day.isoformat()}"] = each.closes
    return values


class TimeAwayForm(RefusableForm):
    """A time in which a room is closed or a speaker cannot come. ``moments()`` once ``validate()`` said yes."""

    starts_at = DateTimeLocalField(_l("From"), [DataRequired(_l("Write when it begins."))], format=MINUTES)
    ends_at = DateTimeLocalField(_l("To"), [DataRequired(_l("Write when it ends."))], format=MINUTES)
    reason = StringField(_l("Reason"), [Length(max=200)], [one_line], description=_l("Only organisers see it."))

    def __init__(self, time_zone: str, **kwargs: Any) -> None:  # Any: what WTForms passes on
        super().__init__(**kwargs)
        self._zone = time_zone
        self._moments: dict[str, datetime] = {}

    def validate(self, extra_validators: Any = None) -> bool:  # Any: WTForms' own signature
        """Check every field, and that both are one moment at the venue."""
        valid = bool(super().validate(extra_validators))
        for name in ("starts_at", "ends_at"):
            field = self[name]
            if field.errors or field.data is None:
                continue
            try:
                self._moments[name] = moment_at_venue(field.data, self._zone)
            except VenueTimeRefused as refusal:
                field.errors = [refusal.message]
                valid = False
        return valid

    def moments(self) -> tuple[datetime, datetime]:
        """Return when it begins and ends."""
        return self._moments["starts_at"], self._moments["ends_at"]
