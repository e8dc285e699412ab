"""What an organiser changes in a mail."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from gtn_events.accounts.forms.base import Form, one_line

from .forum import LONG, many_lines


class MailForm(Form):
    """A mail that has not left, as an organiser changes it."""

    seen = HiddenField()
    subject = StringField(_l("Subject"), [DataRequired(_l("Write a subject.")), Length(max=300)], [one_line])
    body_text = TextAreaField(_l("Text"), [DataRequired(_l("Write a text.")), Length(max=LONG)], [many_lines])
