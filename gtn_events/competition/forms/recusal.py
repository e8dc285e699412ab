"""The forms in which a judge names conflicts of interest and signs."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from gtn_events.accounts.forms.base import Form, filled, text_field

from ..domain.recusal import LONGEST_DETAIL, Declared
from ..enums import ConflictKind
from ..models import Assignment

NONE = "none"


class RecusalForm(Form):
    """What ties the judge to one entry."""

    kind = RadioField(
        _l("What ties you to this entry?"),
        choices=[SelectChoice(kind.value, kind.label) for kind in ConflictKind],
        validators=[InputRequired(_l("Choose what ties you to this entry."))],
    )
    detail = text_field(
        _l("In your own words"),
        most=LONGEST_DETAIL,
        description=_l("Only the organiser reads this. Needed for another reason."),
    )

    @property
    def declared(self) -> Declared:
        """What the judge says."""
        return Declared(ConflictKind(self.kind.data), self.detail.data or "")


class DeclarationForm(Form):
    """The judge's name, which stands for the signature."""

    typed_name = text_field(
        _l("Your name"), most=200, validators=[filled(_l("Type your name; it stands for your signature."))]
    )


def conflicts_from(sent: "MultiDict[str, Any]", seats: Iterable[Assignment]) -> dict[int, Declared]:
    """Return what a judge ticked beside their entries, by the id of the seat."""
    kinds = {kind.value: kind for kind in ConflictKind}
    return {
        seat.id: Declared(kinds[word], sent.get(f"detail_{seat.id}", ""))
        for seat in seats
        if (word := sent.get(f"conflict_{seat.id}", NONE)) in kinds
    }
