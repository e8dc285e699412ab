"""How many places a session has."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

from gtn_events.core.errors import DomainError

from .programme import MOST_SEATS, RefusableForm


class PlacesForm(RefusableForm):
    """The places of one session; left empty, everybody may come without signing up."""

    places = IntegerField(
        _l("Places"),
        [Optional(), NumberRange(1, MOST_SEATS, _l("Write a number from 1 to 1,000,000."))],
        description=_l("Empty: everybody may come, and nobody signs up."),
    )

    def refuse_places(self, refusal: DomainError) -> None:
        """Show a refusal at the one field there is."""
        self.places.errors = [*self.places.errors, refusal.message]
