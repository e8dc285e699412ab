"""Days as forms ask for them."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField
from wtforms.validators import ValidationError

from gtn_events.core.venue_time import YEARS


class DayField(DateField):
    """A day within the years that can be meant."""

    def pre_validate(self, form: Any) -> None:  # Any: WTForms' own signature
        """Refuse a slip of the finger."""
        super().pre_validate(form)
        if self.data is not None and self.data.year not in YEARS:
            raise ValidationError(_l("Choose a year from %(first)s to %(last)s.", first=YEARS[0], last=YEARS[-1]))
