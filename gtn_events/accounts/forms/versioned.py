"""A form of a row that two people may have open at once."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, HiddenField, SelectFieldBase

from gtn_events.core.addresses import row_id
from gtn_events.core.errors import DomainError, Stale
from gtn_events.core.text import clock_time, day
from gtn_events.core.versions import Versioned

from .base import Form

LONGEST_SHOWN = 200


class VersionedForm(Form):
    """A form that remembers in ``seen`` which version of its row was shown; a template renders it.

    Sending it again after a refusal is a decision, made in sight of what is stored.
    """

    seen = HiddenField()

    @property
    def version(self) -> int:
        """The version that the person saw; 0, which no row has, for garbage."""
        return row_id((self.seen.raw_data or [""])[0])

    def show(self, row: Versioned | None) -> None:
        """Remember the version of a row whose values the form was filled with; a new row has none."""
        self.seen.data = str(row.lock_version if row else 0)

    def refuse_beside(
        self,
        refusal: DomainError,
        row: Versioned | None,
        stored: Mapping[str, Any],  # Any: a value of any field
    ) -> None:
        """Show a refusal; where the row changed meanwhile, also what is stored, at each field where it differs."""
        self.refuse(refusal)
        if not isinstance(refusal, Stale):
            return
        self.show(row)
        show_stored(self, stored)


def show_stored(form: Form, stored: Mapping[str, Any]) -> None:  # Any: a value of any field
    """Say at each field of a form what is stored, where that differs from what was typed."""
    for name, value in stored.items():
        field = form._fields.get(name)
        if field is not None and (field.data or None) != (value or None):
            field.errors = [*field.errors, _("Stored now: %(value)s", value=_in_words(field, value))]


def _in_words(field: Field, value: Any) -> str:  # Any: a value of any field
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, SelectFieldBase):
        chosen = {str(each) for each in (value if isinstance(value, list) else [value])}
        labels = [str(choice.label) for choice in field.iter_choices() if str(choice.value) in chosen]
        return ", ".join(labels) or _("nothing")
    if isinstance(value, datetime):
        return f"{day(value)}, {clock_time(value)}"
    if isinstance(value, date):
        return day(value)
    return str(value)[:LONGEST_SHOWN] if value not in (None, "") else _("nothing")
