"""What an organiser types about one entry."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateTimeLocalField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from gtn_events.accounts.forms.base import Form
from gtn_events.accounts.forms.hosted import MINUTES, many_lines
from gtn_events.core.errors import VenueTimeRefused
from gtn_events.core.venue_time import moment_at_venue

LONGEST_REASON = 2_000


def reason_in(text: str | None) -> str:
    """Return a typed reason, clean and not endless."""
    return many_lines(text)[:LONGEST_REASON]


class ExtensionForm(Form):
    """Until when one entry can be changed, and why."""

    until = DateTimeLocalField(
        _l("Until, on the clock of the host"),
        [Optional()],
        format=MINUTES,
        description=_l("Empty: with everybody else."),
    )
    reason = TextAreaField(
        _l("Reason"),
        [DataRequired(_l("Give a reason: it stands in the journal.")), Length(max=LONGEST_REASON)],
        [many_lines],
    )

    def __init__(self, time_zone: str, *args: Any, **kwargs: Any) -> None:  # Any: what WTForms passes on
        super().__init__(*args, **kwargs)
        self._time_zone = time_zone
        self.moment: datetime | None = None

    def validate(self, extra_validators: Any = None) -> bool:  # Any: WTForms' own signature
        """Check both fields, then that the typed time is exactly one moment; ``moment`` holds it."""
        valid = bool(super().validate(extra_validators))
        if self.until.data and not self.until.errors:
            try:
                self.moment = moment_at_venue(self.until.data, self._time_zone)
            except VenueTimeRefused as refusal:
                self.until.errors = [*self.until.errors, refusal.message]
                valid = False
        return valid
