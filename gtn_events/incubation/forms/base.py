"""What the forms of co-incubation share: cleaned texts, days that a calendar knows, several of a list."""

from typing import Any

from wtforms import Field, SelectMultipleField, StringField
from wtforms.widgets import CheckboxInput, ListWidget

from gtn_events.core.text import clean_text

MINUTES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
LONG = 20_000


class CheckboxesField(SelectMultipleField):
    """Several of a list, each with its box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def many_lines(text: str | None) -> str:
    """Return typed text with its lines, clean."""
    return clean_text(text or "")


def capitals(text: str | None) -> str:
    """Return typed letters as capitals."""
    return (text or "").upper()


def add_error(field: Field, message: str) -> None:
    """Show one more error at a field."""
    field.errors = [*field.errors, message]


def typed(field: Field) -> Any:  # Any: the value of any field
    """Return what a field holds; a text that did not come with the form counts as empty."""
    return field.data or "" if isinstance(field, StringField) else field.data
