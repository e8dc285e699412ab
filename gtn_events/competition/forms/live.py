"""What is typed for a live final: its rule by the organiser, a code and a choice by somebody in the hall."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from gtn_events.accounts.forms.base import Form, filled, text_field
from gtn_events.core.badges import badge_events

from ..domain.live_rule import COLUMNS, LONGEST_PITCH, LONGEST_QUESTIONS, MOST_PLACES, MOST_VOTES, LiveRule, rule_of
from ..domain.voting import LONGEST_CODE
from ..enums import AudiencePoints, RevealOrder
from ..models import LiveFinal
from ..results.audience import MOST_WEIGHT


def _number(label: Any, least: int, most: int, description: Any = "") -> IntegerField:  # Any: lazily translated
    wrong = _l("Write a whole number from %(least)d to %(most)d.", least=least, most=most)
    return IntegerField(label, [InputRequired(wrong), NumberRange(least, most, wrong)], description=description)


class LiveRuleForm(Form):
    """The published rule; ``rule()`` is what was typed, once ``validate()`` said yes."""

    pitch_minutes = _number(_l("Minutes for a pitch"), 1, LONGEST_PITCH)
    question_minutes = _number(_l("Minutes for questions"), 0, LONGEST_QUESTIONS)
    audience = BooleanField(_l("The audience votes"), description=_l("With the code of a badge, one ballot a badge."))
    badge_event = SelectField(_l("Whose badges vote"))
    votes_per_badge = _number(_l("Entries that a badge may name"), 1, MOST_VOTES)
    audience_weight = _number(
        _l("What the audience decides, per cent"),
        0,
        MOST_WEIGHT,
        _l("The jury decides the rest. With 0 the votes are counted and change no place."),
    )
    audience_points = RadioField(
        _l("How votes become points"), choices=[SelectChoice(each.value, each.label) for each in AudiencePoints]
    )
    reveal_order = RadioField(
        _l("In which order places are shown"), choices=[SelectChoice(each.value, each.label) for each in RevealOrder]
    )
    reveal_places = _number(_l("Places that are shown"), 1, MOST_PLACES, _l("The places of the others stay unsaid."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what WTForms passes on
        super().__init__(*args, **kwargs)
        self.badge_event.choices = [
            SelectChoice("", _l("Nobody's")),
            *(SelectChoice(each.key, each.label) for each in badge_events()),
        ]

    def rule(self) -> LiveRule:
        """Return what was typed, for the domain."""
        values = {name: self[name].data for name in (*COLUMNS, "audience")}
        values["audience_points"] = AudiencePoints(values["audience_points"])
        values["reveal_order"] = RevealOrder(values["reveal_order"])
        return LiveRule(**values)


def stored_rule(final: LiveFinal | None) -> dict[str, Any]:  # Any: a value of any column
    """Return what fills the form: the rule that stands, or the usual one."""
    rule = rule_of(final) if final is not None else LiveRule()
    values = {name: getattr(rule, name) for name in (*COLUMNS, "audience")}
    return values | {"audience_points": rule.audience_points.value, "reveal_order": rule.reveal_order.value}


class BadgeForm(Form):
    """The code of a badge, typed or scanned."""

    code = text_field(
        _l("Code of your badge"),
        most=LONGEST_CODE,
        validators=[filled(_l("Type the code that stands on your badge."))],
        description=_l("It stands on your badge and on your ticket. Your ballot is kept without your name."),
    )


def chosen_entries(sent: Sequence[str]) -> list[int]:
    """Return the ids that a ballot names; what is no number names nobody."""
    return [int(each) for each in sent if each.isascii() and each.isdecimal() and len(each) < 10]
