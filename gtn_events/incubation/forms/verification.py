"""What a coordinator decides about a host."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from gtn_events.accounts.forms.base import Form, filled, text_field
from gtn_events.accounts.forms.days import DayField

from .base import many_lines


class VerifyForm(Form):
    """Until when a host is verified."""

    until = DayField(_l("Verified until"), [InputRequired(_l("Say until when."))])
    note = text_field(_l("Note to the host"), most=500)


class SendBackForm(Form):
    """What has to change first."""

    reason = TextAreaField(
        _l("What has to change"), [filled(_l("Say what has to change.")), Length(max=2000)], [many_lines]
    )
