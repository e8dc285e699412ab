"""What the settings of everything that one economy hosts have in common: texts, and times at the host."""

from typing import Any, ClassVar

from wtforms import SelectField
from wtforms.fields import SelectChoice

from gtn_events.core.errors import VenueTimeRefused
from gtn_events.core.text import clean_text
from gtn_events.core.venue_time import moment_at_venue, time_zones

from .base import Form

MINUTES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
LONG = 20_000


def one_line(text: str | None) -> str:
    """Return typed text on one line, clean; a field that was not sent is empty."""
    return " ".join(clean_text(text or "").split())


def many_lines(text: str | None) -> str:
    """Return typed text with its lines, clean."""
    return clean_text(text or "")


def capitals(text: str | None) -> str:
    """Return typed letters as capitals."""
    return (text or "").upper()


class HostedForm(Form):
    """Settings with times in the host's zone; ``TIMES`` names the fields, ``moments`` is what they mean."""

    TIMES: ClassVar[tuple[str, ...]]
    time_zone: SelectField

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what WTForms passes on
        super().__init__(*args, **kwargs)
        self.time_zone.choices = [SelectChoice(name, name.replace("_", " ")) for name in time_zones()]
        self.moments: dict[str, Any] = {}  # Any: one may be None, the others not

    def validate(self, extra_validators: Any = None) -> bool:  # Any: WTForms' own signature
        """Check every field, then that each typed time is exactly one moment at the host."""
        valid = bool(super().validate(extra_validators))
        if self.time_zone.errors:
            return False
        for name in self.TIMES:
            field = self[name]
            if field.errors:
                continue
            try:
                self.moments[name] = moment_at_venue(field.data, self.time_zone.data) if field.data else None
            except VenueTimeRefused as refusal:
                field.errors = [*field.errors, refusal.message]
                valid = False
        return valid
