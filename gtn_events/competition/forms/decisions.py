"""What the organiser types when a ranking is computed again, a decision is changed, or the chair has voted."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from gtn_events.accounts.forms.base import Form, at_most
from gtn_events.core.text import clean_text


class ReasonForm(Form):
    """A reason that is kept; whether one is needed is for the domain to say."""

    reason = TextAreaField(
        _l("Reason"),
        filters=[lambda value: clean_text(value or "")],
        validators=[at_most(1000)],
        description=_l("It stays beside what is changed, for everybody who may see the ranking."),
    )
