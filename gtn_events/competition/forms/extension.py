"""How much more time the judges of a round get, also when it was closed."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from gtn_events.accounts.forms.base import Form, at_most
from gtn_events.core.text import clean_text

DAYS = (1, 2, 3, 5, 7, 14)


class ExtensionForm(Form):
    """Whole days after the present close, at the same time of day of the host."""

    days = RadioField(_l("Days more"), coerce=int, validators=[InputRequired(_l("Choose how many days."))])

    def offer(self, words: dict[int, str]) -> None:
        """Show for each number of days when the round would close."""
        self.days.choices = [SelectChoice(days, text) for days, text in words.items()]


class ReopeningForm(ExtensionForm):
    """The same from today on, with why a closed round takes scores again."""

    reason = TextAreaField(
        _l("Reason"),
        filters=[lambda value: clean_text(value or "")],
        validators=[at_most(1000)],
        description=_l("It stays in the journal of the round."),
    )
