"""What an organiser types about a session in another language."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from gtn_events.accounts.forms.hosted import LONG, many_lines, one_line

from .programme import RefusableForm


class SessionTextForm(RefusableForm):
    """Title and abstract in one language."""

    language = StringField(
        _l("Language"),
        [DataRequired(_l("Write the tag of a language.")), Length(max=20)],
        [one_line],
        description=_l("Its tag, such as vi or zh-Hant. One that is there is written anew."),
    )
    title = StringField(_l("Title"), [DataRequired(_l("Write the title.")), Length(max=400)], [one_line])
    abstract = TextAreaField(_l("Abstract"), [Length(max=LONG)], [many_lines], description=_l("Markdown."))
