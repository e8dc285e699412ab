"""Several of a list, as checkboxes."""

from typing import Any

from flask_babel import gettext as _
from wtforms import Field, SelectMultipleField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget


class CheckboxesField(SelectMultipleField):
    """Several of a list, as checkboxes; what is chosen is checked by the step's own rule."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any, **options: Any) -> None:  # Any: what WTForms passes on
        super().__init__(label, validate_choice=False, **options)


def chosen(message: Any) -> Any:  # Any: a lazy translation in, a WTForms validator out
    """Return the check that at least one of a list was chosen, and nothing that is not in it."""

    def check(_form: Any, field: Field) -> None:  # Any: WTForms' own signature
        if not field.data:
            raise ValidationError(message)
        if set(field.data) - {choice.value for choice in field.choices}:
            raise ValidationError(_("Something you chose is not offered any more. The list shows what is."))

    return check
