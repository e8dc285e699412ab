"""A speaker's photo, account and biography."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from gtn_events.accounts.forms.hosted import LONG, many_lines, one_line
from gtn_events.core.errors import DomainError

from .programme import RefusableForm


class SpeakerPhotoForm(RefusableForm):
    """A picture and the words for those who do not see it."""

    file = FileField(
        _l("Photo"), description=_l("JPEG, PNG or WebP, at most 5 MB. Place and camera data are taken out.")
    )
    description = StringField(
        _l("What can be seen"),
        [Length(max=200)],
        [one_line],
        description=_l("One sentence, such as: a woman at a microphone, smiling."),
    )

    def refuse(self, refusal: DomainError) -> None:
        """Show a refusal at its field; what is wrong with the picture stands at the picture."""
        if refusal.field is None:
            self.file.errors = [*self.file.errors, refusal.message]
        else:
            super().refuse(refusal)


class SpeakerAccountForm(RefusableForm):
    """Whose account keeps what the programme says of a speaker."""

    email = StringField(
        _l("E-mail of the account"),
        [Length(max=320)],
        [one_line],
        description=_l("They change biography, photo, times away and materials themselves. Empty: nobody does."),
    )


class BiographyForm(RefusableForm):
    """What a speaker says of themselves."""

    biography = TextAreaField(_l("Biography"), [Length(max=LONG)], [many_lines], description=_l("Markdown."))
