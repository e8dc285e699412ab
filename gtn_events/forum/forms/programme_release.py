"""What an organiser says about a version of the programme."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateTimeLocalField, IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from gtn_events.accounts.forms.hosted import MINUTES, many_lines
from gtn_events.core.errors import VenueTimeRefused
from gtn_events.core.venue_time import moment_at_venue

from .programme import RefusableForm

LONGEST_NOTES = 2000


class ReleaseForm(RefusableForm):
    """Notes, and from when the version is public. ``public_moment()`` once ``validate()`` said yes."""

    notes = TextAreaField(
        _l("What is new"),
        [Length(max=LONGEST_NOTES)],
        [many_lines],
        description=_l("Stands beside the version, and in the mail to those whose sessions are different."),
    )
    public_from = DateTimeLocalField(
        _l("Public from"),
        [Optional()],
        format=MINUTES,
        description=_l("Empty: at once. Until then people see the version before."),
    )
    seen = IntegerField(validators=[InputRequired()], widget=HiddenInput())

    def __init__(self, time_zone: str, **kwargs: Any) -> None:  # Any: what WTForms passes on
        super().__init__(**kwargs)
        self._zone = time_zone
        self._public_moment: datetime | None = None

    def validate(self, extra_validators: Any = None) -> bool:  # Any: WTForms' own signature
        """Check every field, and that the moment is one at the venue."""
        valid = bool(super().validate(extra_validators))
        if self.public_from.data is None or self.public_from.errors:
            return valid
        try:
            self._public_moment = moment_at_venue(self.public_from.data, self._zone)
        except VenueTimeRefused as refusal:
            self.public_from.errors = [refusal.message]
            return False
        return valid

    def public_moment(self) -> datetime | None:
        """Return from when it is public; None is at once."""
        return self._public_moment


class GoBackForm(RefusableForm):
    """Why an earlier version is released again."""

    notes = TextAreaField(_l("What people read about it"), [Length(max=LONGEST_NOTES)], [many_lines])
    seen = IntegerField(validators=[InputRequired()], widget=HiddenInput())
