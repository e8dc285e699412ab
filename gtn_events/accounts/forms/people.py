"""Giving a role, and inviting somebody to one."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from gtn_events.core.economies import economies_in_order
from gtn_events.core.permissions import Scope

from ..domain.roles import SITE
from ..enums import Role
from .base import Form, at_most, filled, one_line

SITE_ROLES = (Role.ADMINISTRATOR, Role.ORGANISER, Role.ECONOMY_COORDINATOR)


class GrantForm(Form):
    """A role, and the economy that a coordinator looks after."""

    role = SelectField(
        _l("Role"),
        description=_l("Organisers given here may run every forum. For one forum, give the role on the forum's page."),
        choices=[SelectChoice(role.value, role.label) for role in SITE_ROLES],
    )
    economy = SelectField(_l("Economy"), description=_l("Only for economy coordinators."))

    def fill_choices(self) -> None:
        """Offer today's economies by their rank, which is what a grant's scope holds."""
        self.economy.choices = [SelectChoice("", _l("None"))] + [
            SelectChoice(str(economy.rank), economy.short_name) for economy in economies_in_order()
        ]

    def validate_economy(self, field: Any) -> None:
        """Ask for the economy of a coordinator, and of nobody else."""
        if self.role.data == Role.ECONOMY_COORDINATOR and not field.data:
            raise ValidationError(_l("Choose the economy that the coordinator looks after."))

    @property
    def scope(self) -> Scope:
        """What the role is given for, once the form is valid."""
        if Role(self.role.data) is Role.ECONOMY_COORDINATOR:
            return Scope("economy", int(self.economy.data))
        return SITE


class InvitationForm(GrantForm):
    """A role for whoever has an address."""

    email = EmailField(
        _l("E-mail address"),
        description=_l("Whoever has no account with it gets an invitation by mail."),
        filters=[one_line],
        validators=[filled(_l("Write the person's e-mail address. It is empty.")), at_most(320)],
    )
