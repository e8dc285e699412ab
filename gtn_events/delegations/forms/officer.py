"""An officer of a delegation."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField
from wtforms.validators import Optional

from gtn_events.accounts.forms.base import Form, at_most, filled, one_line, text_field
from gtn_events.accounts.forms.days import DayField

from ..domain.officers import OfficerDetails


class OfficerForm(Form):
    """Who it is, how to reach them, and on which days."""

    name = text_field(_l("Name"), most=200, validators=[filled(_l("Write the person's name. It is empty."))])
    post = text_field(_l("Post"), most=150)
    email = EmailField(
        _l("E-mail address"),
        description=_l("An address or a phone number is needed."),
        filters=[one_line],
        validators=[at_most(320)],
    )
    phone = text_field(_l("Mobile phone, with the code of the economy"), most=40)
    starts_on = DayField(_l("First day of duty"), validators=[Optional()])
    ends_on = DayField(_l("Last day of duty"), validators=[Optional()])

    @property
    def details(self) -> OfficerDetails:
        """What was typed, once the form is valid."""
        return OfficerDetails(
            name=self.name.data,
            post=self.post.data or "",
            email=self.email.data or "",
            phone=self.phone.data or "",
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
        )
