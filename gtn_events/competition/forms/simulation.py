"""What an organiser types about a design that is to be simulated."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DecimalField, IntegerField
from wtforms.validators import InputRequired, NumberRange

from gtn_events.accounts.forms.base import Form

from ..domain.simulating import Design

USUAL: dict[str, Any] = {
    "entries": 60,
    "judges": 15,
    "cards": 3,
    "shortlist": 10,
    "quality": 8,
    "noise": 6,
    "severity": 4,
}


def _whole(label: Any, most: int, **more: Any) -> IntegerField:  # Any: a lazy text, and what WTForms takes
    refusal = _l("Write a whole number from 1 to %(most)s.", most=most)
    return IntegerField(label, [InputRequired(refusal), NumberRange(1, most, refusal)], **more)


def _points(label: Any, **more: Any) -> DecimalField:  # Any: as above
    refusal = _l("Write a number from 0 to 50.")
    return DecimalField(label, [InputRequired(refusal), NumberRange(0, 50, refusal)], places=None, **more)


class SimulationForm(Form):
    """One design; ``design()`` is what was typed, once ``validate()`` said yes."""

    entries = _whole(_l("Entries"), 5_000)
    judges = _whole(_l("Judges"), 500)
    cards = _whole(_l("Scorecards for each entry"), 50)
    shortlist = _whole(_l("How many go on"), 5_000)
    quality = _points(
        _l("How much entries differ"),
        description=_l("Standard deviation in points of 100, of what they are truly worth."),
    )
    noise = _points(
        _l("How much two scorecards of one entry differ"),
        description=_l("Beside strictness: what would stay if all judges were equally strict."),
    )
    severity = _points(
        _l("How much judges differ in strictness"),
        description=_l("0 if all judges are equally strict."),
    )

    def design(self) -> Design:
        """Return what was typed, for the domain."""
        return Design(**{name: self[name].data for name in USUAL})
