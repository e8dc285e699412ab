"""Who comes in somebody's place, and why."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.fields import SelectChoice

from gtn_events.accounts.forms.base import Form, at_most, filled
from gtn_events.core.text import clean_text
from gtn_events.forum.models import Registration

from .nomination import NominationForm


def _text(value: Any) -> Any:  # Any: WTForms hands over whatever came in
    return clean_text(value).strip() if isinstance(value, str) else value


def _reason() -> TextAreaField:
    return TextAreaField(
        _l("Reason"),
        filters=[_text],
        validators=[filled(_l("Give a reason: who leaves will read it.")), at_most(500)],
        description=_l("Who leaves reads it in the mail."),
    )


class WhoComesForm(Form):
    """One of those who have registered; ``offer`` says who."""

    by = RadioField(_l("Who comes instead?"))

    def offer(self, candidates: Sequence[Registration]) -> None:
        """Fill in the choices: name, where they work, and how their registration stands."""
        self.by.choices = [
            SelectChoice(
                str(each.id),
                ", ".join(filter(None, (each.delegate_name, each.organisation_name, each.state.label.lower()))),
            )
            for each in candidates
        ]


class HandOverForm(Form):
    """Why."""

    reason = _reason()


class SubstituteNomineeForm(NominationForm):
    """Somebody new, nominated for the place."""

    is_whole = True
    reason = _reason()
