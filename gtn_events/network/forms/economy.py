"""Editing an economy."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from gtn_events.accounts.forms.base import filled, text_field
from gtn_events.accounts.forms.versioned import VersionedForm

from ..domain.economies import EconomyNames


class EconomyForm(VersionedForm):
    """What an economy is called, and whether it is travel-eligible."""

    formal_name = text_field(
        _l("Official name"), most=80, validators=[filled(_l("Write the official name. It is empty."))]
    )
    short_name = text_field(
        _l("Short name"),
        most=80,
        description=_l("In lists, on badges and on plots."),
        validators=[filled(_l("Write the short name. It is empty."))],
    )
    in_sentence = text_field(
        _l("Inside a sentence"),
        most=80,
        description=_l("With the article if it takes one: the Philippines."),
        validators=[filled(_l("Write the name as it stands inside a sentence. It is empty."))],
    )
    travel_eligible = BooleanField(
        _l("Travel-eligible"), description=_l("Participants of this economy may be funded by APEC.")
    )

    @property
    def names(self) -> EconomyNames:
        """What was typed, once the form is valid."""
        return EconomyNames(
            formal_name=self.formal_name.data,
            short_name=self.short_name.data,
            in_sentence=self.in_sentence.data,
            travel_eligible=self.travel_eligible.data,
        )
