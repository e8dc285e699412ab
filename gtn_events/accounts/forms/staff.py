"""One more person who works at a forum or a competition."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from ..enums import Role
from .base import Form, one_line


class StaffForm(Form):
    """Whom to give a role, and which; ``offer`` says which there are."""

    email = StringField(
        _l("E-mail address"),
        [DataRequired(_l("Give the person's address.")), Length(max=320)],
        [one_line],
        description=_l("Whoever has no account with it gets an invitation by mail."),
    )
    role = RadioField(_l("Role"), default="helper")

    def offer(self, roles: Sequence[Role]) -> None:
        """Fill in the choices; nothing is asked where there is one only."""
        if len(roles) == 1:
            del self.role
        else:
            self.role.choices = [SelectChoice(role.value, role.label) for role in roles]

    def chosen_role(self, roles: Sequence[Role]) -> Role:
        """Return the role that was chosen, or the only one of ``roles``."""
        return Role(self.role.data) if self.role else roles[0]

    def validate_email(self, field: StringField) -> None:
        """Refuse what cannot be an address."""
        if "@" not in (field.data or ""):
            raise ValidationError(_("This is not an e-mail address."))
