"""Entering a post, changing it, and handing it over."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional

from gtn_events.accounts.forms.base import at_most, filled, one_line, text_field
from gtn_events.accounts.forms.checkboxes import CheckboxesField
from gtn_events.accounts.forms.days import DayField
from gtn_events.accounts.forms.versioned import VersionedForm

from ..domain.handover import Handover
from ..domain.posts import PostDetails
from ..enums import PostKind
from ..models import SHOWABLE, CoordinatorPost

SHOWN_WORDS = {
    "office_name": _l("Name"),
    "post_title": _l("Title of the post"),
    "organisation": _l("Organisation"),
    "email": _l("E-mail address of the office"),
    "phone": _l("Phone of the office"),
}


class ContactForm(VersionedForm):
    """The days of a post, and its holder as the contact pages show them."""

    office_name = text_field(
        _l("Name of the person"), most=200, validators=[filled(_l("Write the person's name. It is empty."))]
    )
    post_title = text_field(_l("Title of the post"), most=150)
    organisation = text_field(_l("Organisation"), most=200)
    email = EmailField(
        _l("E-mail address of the office"),
        description=_l("Where people write to; it may differ from the address the person signs in with."),
        filters=[one_line],
        validators=[at_most(320)],
    )
    phone = text_field(_l("Phone of the office"), most=40)
    consented = CheckboxesField(
        _l("The person agrees that everybody sees"),
        description=_l("What is not ticked is seen by coordinators and organisers only."),
        choices=[SelectChoice(name, SHOWN_WORDS[name]) for name in SHOWABLE],
    )
    starts_on = DayField(_l("First day"), validators=[InputRequired(_l("Choose the first day."))])
    ends_on = DayField(_l("Last day"), description=_l("Empty while it is not known."), validators=[Optional()])

    @property
    def details(self) -> PostDetails:
        """What was typed, once the form is valid."""
        return PostDetails(
            office_name=self.office_name.data,
            post_title=self.post_title.data or "",
            organisation=self.organisation.data or "",
            email=self.email.data or "",
            phone=self.phone.data or "",
            consented=tuple(name for name in SHOWABLE if name in (self.consented.data or [])),
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
        )


class _WithHolder(ContactForm):
    holder_email = EmailField(
        _l("Address that the person signs in with"),
        description=_l("Whoever has no account gets an invitation on the first day. The role goes to this address."),
        filters=[one_line],
        validators=[filled(_l("Write the person's e-mail address. It is empty.")), at_most(320)],
    )


class PostForm(_WithHolder):
    """Who has which post from when."""

    place = SelectField(_l("Coordinates"), description=_l("All economies, a group of them, or one."))
    kind = SelectField(
        _l("As"),
        description=_l("Deputies have the same rights as the coordinator."),
        choices=[SelectChoice(each.value, each.label) for each in PostKind],
    )


class HandoverForm(_WithHolder):
    """Who follows, and the last day of whoever leaves."""

    last_day = DayField(_l("Last day of whoever leaves"), validators=[InputRequired(_l("Choose the last day."))])
    sure = BooleanField(
        _l("This is meant"), description=_l("Only where days are left without anybody, or both have the post.")
    )

    @property
    def handover(self) -> Handover:
        """What was typed, once the form is valid."""
        return Handover(
            holder_email=self.holder_email.data,
            details=self.details,
            last_day=self.last_day.data,
            sure=self.sure.data,
        )


def stored_post(post: CoordinatorPost) -> dict[str, Any]:  # Any: a value of any column
    """Return what fills the form for a post that exists."""
    names = ("office_name", "post_title", "organisation", "email", "phone", "consented", "starts_on", "ends_on")
    return {name: getattr(post, name) for name in names}
