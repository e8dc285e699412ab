"""A photo and the words for those who do not see it."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import Field

from gtn_events.accounts.forms.base import Form, filled, text_field


def _description() -> Field:
    return text_field(
        _l("What can be seen"),
        most=200,
        validators=[filled(_l("Say what can be seen, for those who do not see it."))],
        description=_l("One sentence, such as: the cold room laboratory with its test bench."),
    )


class PhotoForm(Form):
    """A new photo."""

    file = FileField(
        _l("Photo"),
        [FileRequired(_l("Choose a picture."))],
        description=_l("JPEG, PNG or WebP, at most 5 MB. Place and camera data are taken out."),
    )
    description = _description()


class DescriptionForm(Form):
    """Other words for a photo."""

    description = _description()
