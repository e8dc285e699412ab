"""What an organiser sets about who attended."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from gtn_events.accounts.forms.checkboxes import CheckboxesField
from gtn_events.accounts.forms.versioned import VersionedForm

from ..enums import AttendanceKind
from ..models import Forum
from ..queries.attendance_rule import Rule, checkpoints_of, rule_of

RULES = (
    (AttendanceKind.ONCE, _l("Checked in once at least")),
    (AttendanceKind.DAYS, _l("Checked in on a share of the forum's days")),
    (AttendanceKind.CHECKPOINTS, _l("Checked in at named checkpoints")),
)


class AttendanceForm(VersionedForm):
    """The rule of one forum. ``rule()`` is what was typed, once ``validate()`` said yes.

    What the chosen kind of rule does not use may be empty: a page with a script does not show it.
    """

    kind = RadioField(
        _l("Who attended"),
        [InputRequired(_l("Choose a rule."))],
        choices=[SelectChoice(kind.value, label) for kind, label in RULES],
    )
    percent = IntegerField(
        _l("Share of the days, in percent"),
        [Optional(), NumberRange(1, 100, _l("Write a number from 1 to 100."))],
        description=_l("Days at the venue; the number of days is rounded up. Several check-ins on one day count once."),
    )
    every = RadioField(
        _l("Of these checkpoints"),
        [InputRequired(_l("Choose one."))],
        choices=[SelectChoice("all", _l("All have to be passed")), SelectChoice("any", _l("One is enough"))],
    )
    checkpoint_ids = CheckboxesField(_l("Named checkpoints"), coerce=int)

    def __init__(self, forum: Forum, *args: Any, **kwargs: Any) -> None:  # Any: what WTForms passes on
        super().__init__(*args, **kwargs)
        self.stored = rule_of(forum)
        self.checkpoint_ids.choices = [SelectChoice(each.id, each.label) for each in checkpoints_of(forum)]

    def rule(self) -> Rule:
        """Return what was typed; a share that the rule does not use stays as it is."""
        kind, ids = AttendanceKind(self.kind.data), tuple(sorted(self.checkpoint_ids.data or ()))
        unused = self.percent.data is None and kind is not AttendanceKind.DAYS
        return Rule(kind, self.stored.percent if unused else self.percent.data or 0, self.every.data == "all", ids)


def stored_rule(forum: Forum) -> dict[str, Any]:  # Any: a value of any field
    """Return what fills the form."""
    rule = rule_of(forum)
    return {
        "kind": rule.kind.value,
        "percent": rule.percent,
        "every": "all" if rule.every else "any",
        "checkpoint_ids": list(rule.checkpoint_ids),
    }
