"""Forms of the ground."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from .outbox.writing import LONGEST_SUBJECT

LONGEST_TEXT = 50_000


class MailForm(FlaskForm):
    """Subject and text of a mail that waits; ``seen`` tells which version the person looked at."""

    subject = StringField(
        _l("Subject"),
        validators=[
            InputRequired(_l("Write a subject. It is empty.")),
            Length(max=LONGEST_SUBJECT, message=_l("The subject is too long: at most %(max)d characters.")),
        ],
    )
    body_text = TextAreaField(
        _l("Text"),
        description=_l("Plain text; an empty line starts a new paragraph. Links become clickable."),
        validators=[
            InputRequired(_l("Write a text. It is empty.")),
            Length(max=LONGEST_TEXT, message=_l("The text is too long: at most %(max)d characters.")),
        ],
    )
    seen = HiddenField()
