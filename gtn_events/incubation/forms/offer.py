"""What is typed about an offer: why it is declined or taken back, and who gets a place by hand."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length

from gtn_events.accounts.forms.base import Form, filled

from ..models import Application
from ..queries.places import HostPlaces
from .base import many_lines

MOST = 1000
CHOSEN = 0  # what stands in a list before anything is chosen


class DeclineForm(Form):
    """Why a place is given back; needed once it was accepted."""

    reason = TextAreaField(_l("Reason, read by the organiser and the host"), [Length(max=MOST)], [many_lines])


class TakeBackForm(Form):
    """Why the organiser takes a place back."""

    reason = TextAreaField(
        _l("Reason, read by the applicant"),
        [filled(_l("Say why; the applicant reads it.")), Length(max=MOST)],
        [many_lines],
    )


class GiveForm(Form):
    """Who gets which free place, and why by hand."""

    application = SelectField(_l("Firm"), [filled(_l("Choose a firm."))], coerce=int)
    intake = SelectField(_l("Place"), [filled(_l("Choose a place."))], coerce=int)
    reason = TextAreaField(
        _l("Reason, kept in the journal"), [filled(_l("Say why by hand.")), Length(max=MOST)], [many_lines]
    )

    def offer(self, applications: Iterable[Application], places: Iterable[HostPlaces]) -> None:
        """Fill in who has no place, and which places are free."""
        self.application.choices = [
            SelectChoice(CHOSEN, _("Choose a firm")),
            *(SelectChoice(each.id, _firm(each)) for each in applications),
        ]
        self.intake.choices = [
            SelectChoice(CHOSEN, _("Choose a place")),
            *(SelectChoice(each.intake.id, _place(each)) for each in places),
        ]

    def choose(self, args: Mapping[str, Any]) -> None:
        """Begin with what the address names."""
        for field in (self.application, self.intake):
            wanted = str(args.get(field.name, ""))
            field.data = int(wanted) if wanted in {str(each.value) for each in field.choices} else CHOSEN


def _firm(application: Application) -> str:
    return _(
        "%(firm)s, %(economy)s: %(title)s",
        firm=application.organisation_name,
        economy=application.economy.short_name,
        title=application.title,
    )


def _place(places: HostPlaces) -> str:
    return _(
        "%(host)s, %(economy)s (%(free)s free)",
        host=places.intake.host.name,
        economy=places.intake.host.economy.short_name,
        free=places.free,
    )
