"""Choosing an organisation, and saying what a new one is."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, URLField
from wtforms.fields import SelectChoice
from wtforms.validators import URL, Optional

from gtn_events.core.economies import economies_in_order

from ..domain.organisations import OrganisationFacts
from ..enums import OrganisationKind, OrganisationSize
from .base import Form, at_most, filled, one_line, text_field


class ChooseOrganisationForm(Form):
    """The name of an organisation, offered from those of the economy."""

    name = text_field(
        _l("Organisation"),
        most=200,
        description=_l("Type the first letters and choose it. If it is not offered, write its full name."),
        validators=[filled(_l("Write the name of your organisation. It is empty."))],
    )


class OrganisationForm(Form):
    """What is said about an organisation."""

    name = text_field(_l("Name"), most=200, validators=[filled(_l("Write the name of the organisation. It is empty."))])
    kind = SelectField(_l("Kind"), choices=[SelectChoice(one.value, one.label) for one in OrganisationKind])
    economy = SelectField(_l("Economy"), description=_l("Where it is registered."))
    size = SelectField(
        _l("Size"),
        choices=[SelectChoice("", _l("Not said")), *(SelectChoice(one.value, one.label) for one in OrganisationSize)],
    )
    sector = text_field(_l("Sector"), most=100, description=_l("For example: water treatment, solar power, packaging."))
    website = URLField(
        _l("Website"),
        filters=[one_line],
        description=_l("With https:// in front."),
        validators=[
            Optional(),
            URL(message=_l("Write the whole address, for example https://www.firm.example.")),
            at_most(300),
        ],
    )

    def fill_choices(self) -> None:
        """Offer today's economies."""
        economies = [SelectChoice(economy.code, economy.short_name) for economy in economies_in_order()]
        self.economy.choices = [SelectChoice("", _l("None")), *economies]

    @property
    def facts(self) -> OrganisationFacts:
        """What was said, once the form is valid."""
        return OrganisationFacts(
            name=self.name.data,
            kind=OrganisationKind(self.kind.data),
            economy_code=self.economy.data or None,
            size=OrganisationSize(self.size.data) if self.size.data else None,
            sector=self.sector.data or "",
            website=self.website.data or "",
        )
