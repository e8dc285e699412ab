"""Forms of the ground."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import BooleanField, FileField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from .outbox.writing import LONGEST_SUBJECT

LONGEST_TEXT = 50_000
LONGEST_WORDS = 3_000


class Form(FlaskForm):
    """The base of every form: a text field gets texts, a file field gets files, whatever a client sends."""

    class Meta(FlaskForm.Meta):
        """How what was sent reaches the fields."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:  # Any: WTForms' own signature
            """Return what was sent without a file under a text's name, a text under a file's, or JSON of any shape."""
            sent = super().wrap_formdata(form, formdata)
            if not sent:
                return sent
            file_names = {field.name for field in form if isinstance(field, FileField)}
            return MultiDict(
                (name, value)
                for name, values in sent.lists()
                for value in values
                if isinstance(value, FileStorage if name in file_names else str)
            )


class MailForm(Form):
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


class MailWordingForm(Form):
    """What organisers add to a kind of mail, and whether each one waits for them."""

    words = TextAreaField(
        _l("Your words"),
        description=_l(
            "Plain text, before the closing of every mail of this kind. An empty line starts a new paragraph."
        ),
        validators=[Length(max=LONGEST_WORDS, message=_l("The text is too long: at most %(max)d characters."))],
    )
    hold = BooleanField(
        _l("Hold each of these mails until an organiser releases it"),
        description=_l("For mails that somebody should read before they leave."),
    )
    version = HiddenField()
