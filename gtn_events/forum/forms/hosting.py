"""What the hosts of a side event and its guests type."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length

from gtn_events.accounts.forms.base import Form
from gtn_events.accounts.forms.hosted import LONG, many_lines, one_line
from gtn_events.accounts.forms.versioned import VersionedForm
from gtn_events.core.economies import economies_in_order

from ..domain.guests import GuestParticulars
from ..domain.hosting import HostTexts
from ..enums import Audience
from ..models import SideEvent


class HostPageForm(VersionedForm):
    """What stands on the page of a side event."""

    topic = StringField(_l("Topic"), [Length(max=200)], [one_line])
    description = TextAreaField(
        _l("Description"), [Length(max=LONG)], [many_lines], description=_l("Markdown: ## heading, **bold**, - list.")
    )
    speakers = TextAreaField(
        _l("Speakers"), [Length(max=4000)], [many_lines], description=_l("One a line: name, position, economy.")
    )
    logo = FileField(_l("Logo"), description=_l("PNG, JPEG or WebP, at most 2 MB. Empty: the logo stays as it is."))

    def texts(self) -> HostTexts:
        """Return what was typed, for the domain."""
        return HostTexts(
            topic=self.topic.data or "", description=self.description.data or "", speakers=self.speakers.data or ""
        )


def stored_texts(side_event: SideEvent) -> dict[str, Any]:  # Any: a value of any field
    """Return what fills the form of a side event's page."""
    return {name: getattr(side_event, name) for name in HostTexts.__dataclass_fields__}


class AudienceForm(Form):
    """Who can take a place."""

    audience = RadioField(_l("Open to"), choices=[SelectChoice(each.value, each.label) for each in Audience])


class InviteGuestsForm(Form):
    """A list of addresses."""

    addresses = TextAreaField(
        _l("E-mail addresses"), [Length(max=LONG)], [many_lines], description=_l("One a line, 200 at most.")
    )


class GuestForm(Form):
    """A guest registers."""

    name = StringField(_l("Your name"), [DataRequired(_l("Write your name.")), Length(max=200)], [one_line])
    organisation_name = StringField(_l("Organisation"), [Length(max=200)], [one_line])
    economy_code = SelectField(_l("Economy"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what WTForms passes on
        super().__init__(*args, **kwargs)
        economies = [SelectChoice(each.code, each.short_name) for each in economies_in_order()]
        self.economy_code.choices = [SelectChoice("", _("Without a member economy")), *economies]

    def particulars(self) -> GuestParticulars:
        """Return what was typed, for the domain."""
        return GuestParticulars(
            name=self.name.data or "",
            organisation_name=self.organisation_name.data or "",
            economy_code=self.economy_code.data or None,
        )
