"""What a browser would send for a form that shows stored values, so that they can be typed over."""

from wtforms import BooleanField, Field, FileField, SelectMultipleField

from gtn_events.core.forms import Form


def typed_strings(form: Form) -> dict[str, list[str]]:
    """Return field name to the strings of each field, without files and ticks."""
    return {field.name: _strings(field) for field in form if not isinstance(field, FileField | BooleanField)}


def _strings(field: Field) -> list[str]:
    if isinstance(field, SelectMultipleField):
        return [str(each) for each in field.data or ()]
    value = field._value() if hasattr(field, "_value") else field.data  # how WTForms fills a page
    return [] if value is None else [str(value)]
