"""Function and rank of a person in the delegation."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import NumberRange, Optional

from gtn_events.accounts.forms.base import Form
from gtn_events.forum.enums import DelegationFunction

from ..domain.sheet_columns import LAST_RANK


class ProtocolForm(Form):
    """Where a person stands in protocol order."""

    function = SelectField(
        _l("Function in the delegation"),
        choices=[SelectChoice(each.value, each.label) for each in DelegationFunction],
        description=_l("A delegation has one head; whoever was it becomes alternate head."),
    )
    rank = IntegerField(
        _l("Rank"),
        [Optional(), NumberRange(1, LAST_RANK, _l("Write a number from 1 to %(max)d."))],
        description=_l("1 stands first among those of the same function; without one the name decides."),
    )
