"""Whom a coordinator nominates."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, SelectField
from wtforms.fields import SelectChoice

from gtn_events.accounts.forms.base import Form, at_most, filled, one_line, text_field

from ..domain.nominations import Nominee


class NominationForm(Form):
    """A firm and whoever there enters; ``offer`` says for which economies."""

    economy_code = SelectField(_l("Economy"))
    organisation_name = text_field(_l("Firm"), most=200, validators=[filled(_l("Write the name of the firm."))])
    name = text_field(_l("Who enters there"), most=200, validators=[filled(_l("Write the person's name."))])
    email = EmailField(
        _l("E-mail address"),
        filters=[one_line],
        validators=[filled(_l("Write their address.")), at_most(320)],
        description=_l("The link with which the firm enters goes there."),
    )

    def offer(self, economies: Mapping[str, str]) -> None:
        """Fill in the choices; the only one is chosen."""
        self.economy_code.choices = [SelectChoice(code, name) for code, name in economies.items()]
        if not self.economy_code.data:
            self.economy_code.data = next(iter(economies))

    def nominee(self) -> Nominee:
        """Return what was typed, for the domain."""
        return Nominee(
            organisation_name=self.organisation_name.data or "",
            name=self.name.data or "",
            email=self.email.data or "",
        )
