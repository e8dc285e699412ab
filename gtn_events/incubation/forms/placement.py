"""What is typed on the pages of a placement: days, stays, milestones, how they go, services."""

from datetime import date
from itertools import chain, repeat
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DecimalField, FieldList, FormField, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from gtn_events.accounts.forms.base import Form, at_most, filled, text_field
from gtn_events.accounts.forms.days import DayField
from gtn_events.accounts.forms.once import OnceForm
from gtn_events.accounts.forms.versioned import VersionedForm, show_stored
from gtn_events.core.errors import DomainError, Stale

from ..enums import Light
from ..models import Placement, Stay
from ..services import SERVICES
from .agreement import Row
from .base import many_lines

EMPTY: dict[str, date | None] = {"starts_on": None, "ends_on": None}
DAY_MISSING = _l("Choose a day.")


class DayForm(Form):
    """The day on which something happened."""

    on = DayField(_l("Day"), [InputRequired(DAY_MISSING)])


class EndForm(DayForm):
    """An end before its time."""

    reason = TextAreaField(
        _l("Reason"),
        filters=[many_lines],
        validators=[filled(_l("Give a reason: the others read it.")), at_most(2_000)],
        description=_l("Firm, host, both coordinators and the organiser read it."),
        render_kw={"rows": 3},
    )


class StayRow(Row):
    """One stay."""

    starts_on = DayField(_l("From"), [Optional()])
    ends_on = DayField(_l("To"), [Optional()])

    def validate(self, extra_validators: Any = None) -> bool:  # Any: WTForms' own signature
        """Check the days, then that there are both or none."""
        valid = bool(super().validate(extra_validators))
        if valid and bool(self.starts_on.data) != bool(self.ends_on.data):
            self.ends_on.errors, valid = [_("Choose both days, or none.")], False
        return valid


class StaysForm(VersionedForm):
    """When the firm is at the host; an empty row is left out."""

    stays = FieldList(FormField(StayRow), max_entries=8)

    @property
    def days(self) -> list[tuple[Any, Any]]:  # Any: dates
        """First and last day of each stay that was given."""
        return [(row["starts_on"], row["ends_on"]) for row in self.stays.data if row["starts_on"]]

    def refuse_over(self, refusal: DomainError, placement: Placement) -> None:
        """Show a refusal; where the stays changed meanwhile, also those that are stored now."""
        self.form_errors.append(refusal.message)
        if not isinstance(refusal, Stale):
            return
        self.show(placement)
        stored = _days_of(placement.stays)
        for row, days in zip(self.stays, chain(stored, repeat(EMPTY)), strict=False):
            show_stored(row.form, days)
        for days in stored[len(self.stays) :]:
            self.stays.append_entry(days)


def stays_form(stays: list[Stay]) -> StaysForm:
    """Return the form with the stays as they are planned and one empty row."""
    return StaysForm(data={"stays": [*_days_of(stays), {}]})


def _days_of(stays: list[Stay]) -> list[dict[str, date | None]]:
    return [{"starts_on": stay.starts_on, "ends_on": stay.ends_on} for stay in stays]


class MilestoneForm(Form):
    """What is to be reached, how one sees it, and until when."""

    title = text_field(_l("What is reached"), most=200, validators=[filled(_l("Write what is to be reached."))])
    due_on = DayField(_l("Until"), [InputRequired(DAY_MISSING)])
    measure = text_field(
        _l("How one sees it"), most=300, description=_l("A number, a paper, something that runs. Optional.")
    )


class LightForm(Form):
    """How it goes."""

    light = RadioField(
        _l("How it goes"),
        [InputRequired(_l("Choose one."))],
        choices=[SelectChoice(each.value, each.label) for each in Light],
    )
    note = TextAreaField(
        _l("What stands in the way, and what is done about it"),
        filters=[many_lines],
        validators=[at_most(2_000)],
        render_kw={"rows": 2},
    )


class DoneForm(Form):
    """What shows that it is reached."""

    evidence = TextAreaField(
        _l("What shows it"),
        filters=[many_lines],
        validators=[at_most(2_000)],
        description=_l("A sentence or a link, or a file below."),
        render_kw={"rows": 3},
    )
    file = FileField(_l("File"), description=_l("PDF, picture, Word, Excel or CSV, at most 10 MB. Optional."))


class ServiceForm(OnceForm):
    """What the host gave on one day."""

    given_on = DayField(_l("Day"), [InputRequired(DAY_MISSING)])
    service = SelectField(_l("Service"), choices=[], default="mentoring")
    quantity = DecimalField(
        _l("How much"),
        [InputRequired(_l("Write a number."))],
        description=_l("In the unit of the service: hours of mentoring, for example."),
        render_kw={"inputmode": "decimal"},
    )
    person = text_field(_l("With whom"), most=200, description=_l("The mentor, for example. Optional."))
    note = text_field(_l("What about"), most=500, description=_l("Optional."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what WTForms passes on
        super().__init__(*args, **kwargs)
        self.service.choices = [SelectChoice(each.code, f"{each.label} ({each.unit})") for each in SERVICES.values()]

    def validate_quantity(self, field: Any) -> None:  # Any: a field
        """Take an ordinary number."""
        value = field.data
        if value is not None and (
            not value.is_finite() or value <= 0 or value > 10_000 or -value.as_tuple().exponent > 2
        ):
            raise ValidationError(_("Write a number above 0, with at most two decimals."))


class ReportForm(Form):
    """The hidden part of a report's form; its questions are added by ``placement_report``."""

    seen = HiddenField()
