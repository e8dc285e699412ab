"""Places that a holder gives away: to another in an exchange, or back to everybody."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import IntegerField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import NumberRange, Optional, StopValidation

from gtn_events.accounts.forms.base import Form, at_most, filled
from gtn_events.core.text import clean_text

from ..domain.swaps import Proposal
from ..models import ForumCategory
from ..queries.standings import Standing

MOST_PLACES = 9_999


def _text(value: Any) -> Any:  # Any: WTForms hands over whatever came in
    return clean_text(value).strip() if isinstance(value, str) else value


def _number_where_named(form: Form, field: IntegerField) -> None:
    """Ask how many come back where a category is named; before what lets the field be empty."""
    if form.return_category.data and not field.data:
        raise StopValidation(_l("Write how many places come back."))


class ExchangeForm(Form):
    """What is given, to whom, and what comes back; ``offer`` says what can be chosen."""

    taker = SelectField(_l("To whom"), [filled(_l("Choose an economy or a delegation."))])
    category = SelectField(_l("Places of"), [filled(_l("Choose a category."))])
    places = IntegerField(
        _l("How many"),
        [filled(_l("Give at least 1 place.")), NumberRange(1, MOST_PLACES, _l("Give at least 1 place."))],
    )
    return_category = SelectField(
        _l("For places of"), [Optional()], description=_l("What comes back; leave it empty to give for nothing.")
    )
    return_places = IntegerField(
        _l("How many come back"),
        [_number_where_named, Optional(), NumberRange(0, MOST_PLACES, _l("Write a number from %(min)d to %(max)d."))],
    )
    note = TextAreaField(
        _l("Note"), filters=[_text], validators=[at_most(500)], description=_l("The other side reads it.")
    )

    def offer(self, giver: str, names: Mapping[str, str], places: Sequence[Standing]) -> None:
        """Fill in the choices: every other holder, and of what the giver has places free."""
        others = [SelectChoice(holder, name) for holder, name in names.items() if holder != giver]
        self.taker.choices = [SelectChoice("", _l("Choose…")), *others]
        self.category.choices = [
            SelectChoice(
                str(each.category.id),
                f"{each.category.label} ({ngettext('%(num)d free', '%(num)d free', each.kept_free)})",
            )
            for each in places
            if each.can_give
        ]
        kept = [
            SelectChoice(str(each.category.id), each.category.label) for each in places if each.category.is_allotted
        ]
        self.return_category.choices = [SelectChoice("", _l("Nothing comes back")), *kept]

    def proposal(self, giver: str, categories: Mapping[str, ForumCategory]) -> Proposal:
        """Return what was typed, for the domain; the form is valid."""
        return Proposal(
            giver=giver,
            taker=self.taker.data,
            category=categories[self.category.data],
            places=self.places.data,
            return_category=categories.get(self.return_category.data or ""),
            return_places=self.return_places.data or 0,
            note=self.note.data or "",
        )


class GiveBackForm(Form):
    """How many unused places go back."""

    places = IntegerField(
        _l("How many places"),
        [filled(_l("Give at least 1 place.")), NumberRange(1, MOST_PLACES, _l("Give at least 1 place."))],
    )
