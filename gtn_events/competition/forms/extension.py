"""How much more time the judges of a round get."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from gtn_events.accounts.forms.base import Form

DAYS = (1, 2, 3, 5, 7, 14)


class ExtensionForm(Form):
    """Whole days after the present close, at the same time of day of the host."""

    days = RadioField(_l("Days more"), coerce=int, validators=[InputRequired(_l("Choose how many days."))])

    def offer(self, words: dict[int, str]) -> None:
        """Show for each number of days when the round would close."""
        self.days.choices = [SelectChoice(days, text) for days, text in words.items()]
