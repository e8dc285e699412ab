"""Typing the title of an application before it is withdrawn for good."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import ValidationError

from gtn_events.accounts.forms.base import Form, text_field
from gtn_events.core.text import fold


class WithdrawalForm(Form):
    """The title, typed as it stands; case and spaces do not matter."""

    title = text_field(_l("Title of the project"), most=150)

    def __init__(self, expected: str, *args: Any, **kwargs: Any) -> None:  # Any: what WTForms passes on
        super().__init__(*args, **kwargs)
        self._expected = expected

    def validate_title(self, field: Field) -> None:
        """Compare what was typed with the title."""
        if fold(field.data or "") != fold(self._expected):
            raise ValidationError(_("This is not the title of the project. Nothing was withdrawn."))
