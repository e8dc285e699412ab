"""What an organiser types about a checkpoint."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from gtn_events.accounts.forms.hosted import one_line
from gtn_events.accounts.forms.versioned import VersionedForm

from ..domain.checkpoints import CheckpointDetails
from ..enums import CheckpointKind, CheckpointRule
from ..models import Checkpoint, Forum
from ..queries.forums import categories_in_order
from ..queries.side_events import side_events_of

KINDS = [
    SelectChoice(CheckpointKind.MAIN_DOOR.value, _l("Main door")),
    SelectChoice(CheckpointKind.DAY.value, _l("A day of the forum")),
    SelectChoice(CheckpointKind.SIDE_EVENT.value, _l("Side event")),
    SelectChoice(CheckpointKind.DINNER.value, _l("Dinner or reception")),
    SelectChoice(CheckpointKind.BUS.value, _l("Bus")),
    SelectChoice(CheckpointKind.OTHER.value, _l("Something else")),
]
RULES = [
    SelectChoice(CheckpointRule.ONCE.value, _l("Each person once")),
    SelectChoice(CheckpointRule.DAILY.value, _l("Each person once a day, by the venue\u2019s clock")),
    SelectChoice(CheckpointRule.IN_AND_OUT.value, _l("In and out, as often as they like")),
]


class CheckpointForm(VersionedForm):
    """One checkpoint. ``details()`` is what was typed, once ``validate()`` said yes."""

    label = StringField(_l("Name"), [DataRequired(_l("Give the checkpoint a name.")), Length(max=80)], [one_line])
    kind = SelectField(_l("What it is"), choices=KINDS, default=CheckpointKind.MAIN_DOOR.value)
    side_event_id = SelectField(_l("Side event"), description=_l("Only those with a place at it pass."), default="")
    rule = RadioField(_l("Who passes how often"), choices=RULES, default=CheckpointRule.ONCE.value)
    category_keys = SelectMultipleField(
        _l("Only these categories"),
        description=_l("Choose none to let every category pass."),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    counts = BooleanField(
        _l("Whoever comes in here has attended the forum"),
        description=_l("Certificates of participation go to those who attended."),
        default=True,
    )

    def __init__(self, forum: Forum, *args: Any, **kwargs: Any) -> None:  # Any: what WTForms passes on
        super().__init__(*args, **kwargs)
        self._side_events = {str(each.id): each for each in side_events_of(forum)}
        titles = [SelectChoice(key, each.title) for key, each in self._side_events.items()]
        self.side_event_id.choices = [SelectChoice("", _l("None")), *titles]
        self.category_keys.choices = [SelectChoice(each.key, each.label) for each in categories_in_order(forum)]

    def details(self) -> CheckpointDetails:
        """Return what was typed, for the domain."""
        return CheckpointDetails(
            label=self.label.data,
            kind=CheckpointKind(self.kind.data),
            rule=CheckpointRule(self.rule.data),
            side_event=self._side_events.get(self.side_event_id.data),
            category_keys=tuple(self.category_keys.data or ()),
            counts=self.counts.data,
        )


def stored_checkpoint(checkpoint: Checkpoint) -> dict[str, Any]:  # Any: a value of any column
    """Return what fills the form for a checkpoint that exists."""
    return {
        "label": checkpoint.label,
        "kind": checkpoint.kind.value,
        "side_event_id": str(checkpoint.side_event_id or ""),
        "rule": checkpoint.rule.value,
        "category_keys": checkpoint.category_keys,
        "counts": checkpoint.counts,
    }
