"""What a person of a host types: points, a note, times for a talk."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import DateTimeLocalField, RadioField, TextAreaField, URLField
from wtforms.fields import SelectChoice
from wtforms.validators import URL, Optional

from gtn_events.accounts.forms.base import Form, at_most, one_line
from gtn_events.core.errors import VenueTimeRefused
from gtn_events.core.venue_time import moment_at_venue

from ..domain.interviews import MINUTES, MOST_SLOTS
from ..domain.reviews import Given
from ..models import CallCriterion
from .application_steps import many_lines

POINT = "score_"
_NUMBER = re.compile(r"[0-9]{1,3}", re.ASCII)
LOCAL = "%Y-%m-%dT%H:%M"


def given_from(sent: "MultiDict[str, str]", criteria: Sequence[CallCriterion]) -> Given:
    """Return what a form holds; a point that is no number counts as not chosen."""
    points = {each.key: sent.get(POINT + each.key, "") for each in criteria}
    return Given(
        points={key: int(text) for key, text in points.items() if _NUMBER.fullmatch(text)},
        note=sent.get("note", ""),
    )


class InterviewForm(Form):
    """Up to five times on the host's own clock, how long, where, and a word."""

    slot_1 = DateTimeLocalField(_l("First time"), [Optional()], format=LOCAL)
    slot_2 = DateTimeLocalField(_l("Second time"), [Optional()], format=LOCAL)
    slot_3 = DateTimeLocalField(_l("Third time"), [Optional()], format=LOCAL)
    slot_4 = DateTimeLocalField(_l("Fourth time"), [Optional()], format=LOCAL)
    slot_5 = DateTimeLocalField(_l("Fifth time"), [Optional()], format=LOCAL)
    minutes = RadioField(_l("Minutes"), choices=[SelectChoice(str(each), str(each)) for each in MINUTES], default="30")
    meeting_url = URLField(
        _l("Address of the meeting"),
        filters=[one_line],
        validators=[Optional(), URL(message=_l("Write the whole address, with https:// in front.")), at_most(300)],
        description=_l("A link that starts with https://. Optional; you can also write it in your message."),
    )
    message = TextAreaField(_l("Message"), filters=[many_lines], validators=[at_most(2_000)], render_kw={"rows": 3})

    def __init__(self, time_zone: str, *args: Any, **kwargs: Any) -> None:  # Any: what WTForms passes on
        super().__init__(*args, **kwargs)
        self._time_zone = time_zone
        self.starts: list[datetime] = []

    @property
    def slots(self) -> list[Any]:  # Any: WTForms' fields
        """The fields of the times."""
        return [self[f"slot_{number}"] for number in range(1, MOST_SLOTS + 1)]

    def validate(self, extra_validators: Any = None) -> bool:  # Any: WTForms' own signature
        """Check the fields, then that each typed time is exactly one moment; ``starts`` holds them."""
        valid = bool(super().validate(extra_validators))
        if self.meeting_url.data and not self.meeting_url.data.lower().startswith("https://"):
            self.meeting_url.errors, valid = [_("The link must start with https://.")], False
        for field in self.slots:
            if not field.data or field.errors:
                continue
            try:
                self.starts.append(moment_at_venue(field.data, self._time_zone))
            except VenueTimeRefused as refusal:
                field.errors, valid = [refusal.message], False
        return valid
