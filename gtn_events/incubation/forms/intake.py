"""What a host gives and asks in a call, as it is typed."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from gtn_events.accounts.forms.base import Form, filled, text_field
from gtn_events.accounts.forms.days import DayField

from ..domain.intakes import MOST_PLACES, IntakeTerms
from ..enums import Trait
from ..models import Call, Intake
from .base import CheckboxesField, many_lines, typed

RESERVES = {trait: "reserve_" + trait.value.replace("-", "_") for trait in Trait}
_LIMIT = NumberRange(1, MOST_PLACES, _l("Write a number from 1 to 500."))


class IntakeForm(Form):
    """Places, limits, kept places and dates. ``terms()`` is what was typed, once ``validate()`` said yes."""

    lock_version = HiddenField()
    places = IntegerField(_l("Places"), [InputRequired(_l("Say how many firms you take in.")), _LIMIT])
    stay_from = DayField(_l("Stays from"), [InputRequired(_l("Say from when."))])
    stay_until = DayField(_l("Stays until"), [InputRequired(_l("Say until when."))])
    only_sectors = CheckboxesField(_l("Only these sectors"), description=_l("None chosen: every sector of the call."))
    economy_cap = IntegerField(_l("At most of one economy"), [Optional(), _LIMIT])
    sector_cap = IntegerField(_l("At most of one sector"), [Optional(), _LIMIT])
    gives = TextAreaField(
        _l("What you give in this call"),
        [Length(max=500)],
        [many_lines],
        description=_l("Such as a desk, the laboratory for ten hours a week, a room in town."),
    )
    asks = TextAreaField(_l("What you ask of a guest"), [Length(max=500)], [many_lines])
    mentor = text_field(_l("Who looks after guests"), most=200, description=_l("A function rather than a name."))

    def offer(self, call: Call) -> None:
        """Fill in the sectors of the call."""
        self.only_sectors.choices = [SelectChoice(each["key"], each["label"]) for each in call.sectors]

    def terms(self) -> IntakeTerms:
        """Return what was typed, for the domain."""
        kept = {trait: self[name].data for trait, name in RESERVES.items()}
        plain = [name for name in IntakeTerms.__dataclass_fields__ if name not in {"reserves", "only_sectors"}]
        return IntakeTerms(
            **{name: typed(self[name]) for name in plain},
            reserves=[{"trait": trait.value, "places": places} for trait, places in kept.items() if places],
            only_sectors=list(self.only_sectors.data or ()),
        )

    @property
    def seen(self) -> int | None:
        """The lock version that the person saw, None when there were no places."""
        typed = self.lock_version.data or ""
        return int(typed) if typed.isdecimal() and len(typed) < 10 else None

    @property
    def reserves(self) -> list[Any]:  # Any: WTForms fields
        """The fields of kept places."""
        return [self[name] for name in RESERVES.values()]


for _trait, _name in RESERVES.items():
    _kept = IntegerField(_trait.label, [Optional(), NumberRange(0, MOST_PLACES, _l("Write a number from 0 to 500."))])
    setattr(IntakeForm, _name, _kept)


def stored_terms(call: Call, intake: Intake | None) -> dict[str, Any]:  # Any: a value of any column
    """Return what fills the form; the dates of the call before there are places."""
    if intake is None:
        return {"stay_from": call.placements_from, "stay_until": call.placements_until, "only_sectors": []}
    values = {name: getattr(intake, name) for name in IntakeTerms.__dataclass_fields__ if name != "reserves"}
    values |= {RESERVES[Trait(each["trait"])]: each["places"] for each in intake.reserves}
    return values | {"lock_version": str(intake.lock_version)}


class WithdrawForm(Form):
    """Why places are taken back."""

    reason = TextAreaField(
        _l("Why"), [filled(_l("Say why the places are taken back.")), Length(max=1000)], [many_lines]
    )
