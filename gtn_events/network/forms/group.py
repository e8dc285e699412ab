"""A group of economies."""

from flask_babel import lazy_gettext as _l
from wtforms.fields import SelectChoice

from gtn_events.accounts.forms.base import filled, text_field
from gtn_events.accounts.forms.checkboxes import CheckboxesField, chosen
from gtn_events.accounts.forms.versioned import VersionedForm
from gtn_events.core.economies import Economy, economies_in_order


class GroupForm(VersionedForm):
    """What a group is called and which economies are in it."""

    name = text_field(
        _l("Name of the group"), most=80, validators=[filled(_l("Write the name of the group. It is empty."))]
    )
    economies = CheckboxesField(_l("Economies"), validators=[chosen(_l("Choose at least one economy."))])

    def offer(self) -> None:
        """Offer today's economies in protocol order."""
        self.economies.choices = [SelectChoice(each.code, each.short_name) for each in economies_in_order()]

    @property
    def chosen_economies(self) -> list[Economy]:
        """What was ticked, once the form is valid."""
        return [each for each in economies_in_order() if each.code in self.economies.data]
