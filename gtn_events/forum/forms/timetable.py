"""What an organiser asks of a timetable."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, SelectMultipleField, TimeField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from ..models import Track
from ..timetable import Wishes
from .programme import RefusableForm

STEPS = (5, 10, 15, 30, 60)
LONGEST = 12 * 60


class TimetableForm(RefusableForm):
    """How long sessions are, when they may begin, and which tracks are kept apart. ``wishes()`` once it is valid."""

    minutes = IntegerField(
        _l("Minutes of a session"),
        [InputRequired(_l("Say how many minutes it lasts.")), NumberRange(5, LONGEST, _l("Write 5 to 720 minutes."))],
    )
    plenary_minutes = IntegerField(
        _l("Minutes of a plenary"),
        [InputRequired(_l("Say how many minutes it lasts.")), NumberRange(5, LONGEST, _l("Write 5 to 720 minutes."))],
    )
    earliest = TimeField(_l("Not before"), [InputRequired(_l("Write a time."))])
    latest = TimeField(_l("Over by"), [InputRequired(_l("Write a time."))])
    step = SelectField(_l("Sessions begin every"), coerce=int)
    apart = SelectMultipleField(
        _l("Tracks of which no two sessions run at once"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def __init__(self, tracks: list[Track], **kwargs: Any) -> None:  # Any: what WTForms passes on
        super().__init__(**kwargs)
        self.step.choices = [SelectChoice(step, _l("%(count)d minutes", count=step)) for step in STEPS]
        self.apart.choices = [SelectChoice(track.id, track.name) for track in tracks]

    def validate(self, extra_validators: Any = None) -> bool:  # Any: WTForms' own signature
        """Check every field, and that the day ends after it begins."""
        valid = bool(super().validate(extra_validators))
        if valid and self.latest.data <= self.earliest.data:
            self.latest.errors = [_l("A day ends after it begins.")]
            return False
        return valid

    def wishes(self) -> Wishes:
        """Return what was asked for."""
        return Wishes(
            minutes=self.minutes.data,
            plenary_minutes=self.plenary_minutes.data,
            step=self.step.data,
            earliest=self.earliest.data,
            latest=self.latest.data,
            apart=tuple(sorted(self.apart.data or ())),
        )
