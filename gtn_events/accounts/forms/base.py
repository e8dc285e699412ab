"""What every form of accounts has in common: cleaned text, and refusals shown at their field."""

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from gtn_events.core import forms
from gtn_events.core.errors import DomainError
from gtn_events.core.text import clean_text


class Form(forms.Form):
    """A form whose fields can be told what the domain refused."""

    def validate(self, extra_validators: Any = None) -> bool:  # Any: WTForms' own signature
        """Check every field; what went wrong stands in the fields as plain text, in the reader's language."""
        valid = bool(super().validate(extra_validators))
        for field in self:
            field.errors = [str(error) for error in field.errors]
        return valid

    def refuse(self, error: DomainError) -> None:
        """Show a refusal at the field it belongs to, or above the form when it has none."""
        field = self._fields.get(error.field or "")
        if field is not None:
            field.errors = [*field.errors, error.message]
        else:
            self.form_errors.append(error.message)


def one_line(value: Any) -> Any:  # Any: WTForms hands over whatever came in
    """Return typed text cleaned and on one line."""
    return " ".join(clean_text(value).split()) if isinstance(value, str) else value


def at_most(count: int) -> Length:
    """Return the check that a text has no more than so many signs."""
    return Length(max=count, message=_l("Use at most %(count)d signs.", count=count))


def filled(message: Any) -> DataRequired:
    """Return the check that something was typed, with the sentence (lazily translated) that is shown otherwise."""
    return DataRequired(message)


def text_field(label: Any, *, most: int, validators: list[Callable[..., Any]] | None = None, **options: Any) -> Any:
    """Return a one-line text field whose value is cleaned and limited to ``most`` signs."""
    return StringField(label, filters=[one_line], validators=[*(validators or []), at_most(most)], **options)
