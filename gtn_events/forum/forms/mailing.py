"""A mail to a chosen set."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField

from gtn_events.accounts.forms.base import Form, at_most, filled, text_field

from ..domain.mailing_text import FIELDS

LONGEST_TEXT = 20_000


class MailingForm(Form):
    """Subject and text with fields; ``seen`` tells which version the person looked at."""

    subject = text_field(_l("Subject"), most=250, validators=[filled(_l("Write a subject. It is empty."))])
    text = TextAreaField(
        _l("Text"),
        description=_l(
            "Plain text after “Dear …”. An empty line starts a new paragraph. Fields: %(fields)s.",
            fields=", ".join(f"{{{each}}}" for each in FIELDS),
        ),
        validators=[filled(_l("Write a text. It is empty.")), at_most(LONGEST_TEXT)],
    )
    seen = HiddenField()
