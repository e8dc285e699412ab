"""What an organiser types about a forum, its categories and its staff."""

from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Email, InputRequired, Length, NumberRange, Optional

from gtn_events.accounts.forms.base import Form
from gtn_events.accounts.forms.hosted import LONG, MINUTES, HostedForm, capitals, many_lines, one_line
from gtn_events.accounts.forms.versioned import VersionedForm
from gtn_events.core.economies import economies_in_order
from gtn_events.core.venue_time import local_at_venue

from ..domain.categories import CategoryDetails
from ..domain.forums import ForumDetails
from ..enums import Approval
from ..models import Forum, ForumCategory

MOST_PLACES = 1_000_000
PURGE_AFTER = timedelta(days=30)


class ForumForm(HostedForm):
    """The settings of a forum. ``details()`` is what was typed, once ``validate()`` said yes."""

    TIMES = ("registration_opens_at", "registration_closes_at", "changes_close_at")

    lock_version = HiddenField()

    title = StringField(_l("Title"), [DataRequired(_l("Give the forum a title.")), Length(max=120)], [one_line])
    edition = StringField(
        _l("Edition"), [Length(max=60)], [one_line], description=_l("Such as “First GTN Forum” or “2027”.")
    )
    slug = StringField(
        _l("Address"),
        [DataRequired(_l("Give the forum an address."))],
        [one_line],
        description=_l("The end of its web address, small letters, digits and hyphens: gtn-forum-2027."),
    )
    tagline = StringField(_l("One sentence about it"), [Length(max=300)], [one_line])
    host_economy_code = SelectField(_l("Host economy"), [DataRequired(_l("Choose the economy that is the host."))])
    city = StringField(_l("City"), [DataRequired(_l("Say in which city it is.")), Length(max=80)], [one_line])
    venue = StringField(_l("Venue"), [DataRequired(_l("Say at which venue it is.")), Length(max=200)], [one_line])
    venue_notes = StringField(
        _l("How to find it"), [Length(max=300)], [one_line], description=_l("Entrance, floor, nearest stop.")
    )
    time_zone = SelectField(_l("Time zone of the venue"), description=_l("All times below are times at the venue."))

    starts_on = DateField(_l("First day"), [InputRequired(_l("Give the first day."))])
    ends_on = DateField(_l("Last day"), [InputRequired(_l("Give the last day."))])
    registration_opens_at = DateTimeLocalField(
        _l("Registration opens"), [InputRequired(_l("Say when registration opens."))], format=MINUTES
    )
    registration_closes_at = DateTimeLocalField(
        _l("Registration closes"), [InputRequired(_l("Say when registration closes."))], format=MINUTES
    )
    changes_close_at = DateTimeLocalField(
        _l("Delegates can change their answers until"),
        [Optional()],
        format=MINUTES,
        description=_l("Empty: until registration closes."),
    )

    who_may_come = StringField(_l("Who may come"), [Length(max=300)], [one_line])
    costs = StringField(_l("What it costs"), [Length(max=300)], [one_line])
    description = TextAreaField(
        _l("Description"), [Length(max=LONG)], [many_lines], description=_l("Markdown: ## heading, **bold**, - list.")
    )
    practical = TextAreaField(
        _l("Practical matters"), [Length(max=LONG)], [many_lines], description=_l("Markdown. Travel, visas, hotels.")
    )
    privacy_notice = TextAreaField(_l("Privacy notice"), [Length(max=LONG)], [many_lines], description=_l("Markdown."))
    consent_text = TextAreaField(
        _l("What delegates agree to"),
        [DataRequired(_l("Write what delegates agree to.")), Length(max=LONG)],
        [many_lines],
        description=_l("A change makes a new version; those who agreed to an earlier one keep it."),
    )

    overall_capacity = IntegerField(
        _l("Places over all categories"),
        [Optional(), NumberRange(0, MOST_PLACES, _l("Write a number from 0 to 1,000,000."))],
        description=_l("Empty: only the categories have limits."),
    )
    offer_hours = IntegerField(
        _l("Hours that an offered place is kept"),
        [InputRequired(_l("Say how many hours.")), NumberRange(1, 720, _l("Write 1 to 720 hours."))],
        default=48,
        description=_l("An offer never ends at night where the delegate is."),
    )
    economy_answer_days = IntegerField(
        _l("Days that an economy has to answer"),
        [InputRequired(_l("Say how many days.")), NumberRange(1, 90, _l("Write 1 to 90 days."))],
        default=7,
        description=_l("For categories where the economy says yes before the host. After that the host decides."),
    )
    reference_prefix = StringField(
        _l("Start of ticket numbers"),
        [DataRequired(_l("Say how ticket numbers start."))],
        [one_line, capitals],
        description=_l("Such as GTN27: tickets are then GTN27-4F7Q-8K2M."),
    )
    contact_name = StringField(_l("Contact"), [Length(max=120)], [one_line])
    contact_email = StringField(
        _l("E-mail address for questions"),
        [Optional(), Email(_l("This is not an e-mail address.")), Length(max=320)],
        [one_line],
    )
    hold_mail = BooleanField(
        _l("Hold every mail until an organiser has read it"),
        description=_l("Mails wait under “Mail” to be read, changed and released."),
    )
    purge_sensitive_on = DateField(
        _l("Sensitive answers are deleted on"),
        [Optional()],
        description=_l("Meals, allergies, access needs, passports. Empty: 30 days after the last day."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what WTForms passes on
        super().__init__(*args, **kwargs)
        economies = [SelectChoice(each.code, each.short_name) for each in economies_in_order()]
        self.host_economy_code.choices = [SelectChoice("", _l("Choose one")), *economies]

    def details(self) -> ForumDetails:
        """Return what was typed, for the domain."""
        names = [name for name in ForumDetails.__dataclass_fields__ if name not in self.TIMES]
        plain: dict[str, Any] = {name: self[name].data for name in names}  # Any: a value of any column
        if plain["purge_sensitive_on"] is None:
            plain["purge_sensitive_on"] = plain["ends_on"] + PURGE_AFTER
        return ForumDetails(**plain, **self.moments)


def stored_settings(forum: Forum) -> dict[str, Any]:  # Any: a value of any column
    """Return what fills the form for a forum that exists."""
    values = {name: getattr(forum, name) for name in ForumDetails.__dataclass_fields__}
    values |= {name: local_at_venue(values[name], forum.time_zone) for name in ForumForm.TIMES}
    values["consent_text"] = forum.consent_texts[-1].text if forum.consent_texts else ""
    values["overall_capacity"] = forum.pool.capacity if forum.pool else None
    values["lock_version"] = str(forum.lock_version)
    return values


class CloneForm(Form):
    """A new edition made from an earlier forum."""

    title = StringField(_l("Title"), [DataRequired(_l("Give the new forum a title.")), Length(max=120)], [one_line])
    edition = StringField(_l("Edition"), [Length(max=60)], [one_line])
    slug = StringField(
        _l("Address"),
        [DataRequired(_l("Give the new forum an address."))],
        [one_line],
        description=_l("Small letters, digits and hyphens: gtn-forum-2028."),
    )
    reference_prefix = StringField(
        _l("Start of ticket numbers"),
        [DataRequired(_l("Say how ticket numbers start."))],
        [one_line, capitals],
        description=_l("Such as GTN28: tickets are then GTN28-4F7Q-8K2M."),
    )
    starts_on = DateField(
        _l("First day"),
        [InputRequired(_l("Give the first day."))],
        description=_l("Every other date moves by as many days."),
    )
    side_events = BooleanField(_l("Take the side events over, hidden, on the same days of the forum"))


class CategoryForm(VersionedForm):
    """One category."""

    label = StringField(_l("Name"), [DataRequired(_l("Give the category a name.")), Length(max=80)], [one_line])
    description = StringField(_l("Who it is for"), [Length(max=300)], [one_line])
    capacity = IntegerField(
        _l("Places"),
        [
            InputRequired(_l("Say how many places there are.")),
            NumberRange(0, MOST_PLACES, _l("Write a number from 0 to 1,000,000.")),
        ],
    )
    approval = RadioField(
        _l("Who decides"),
        choices=[
            SelectChoice(Approval.ECONOMY.value, _l("The person's economy, then an organiser")),
            SelectChoice(Approval.ORGANISER.value, _l("An organiser decides on each registration")),
            SelectChoice(Approval.NONE.value, _l("Nobody: a registration is confirmed while there are places")),
        ],
        default=Approval.ORGANISER.value,
    )
    open_to_public = BooleanField(_l("People can choose it themselves"), default=True)

    def details(self) -> CategoryDetails:
        """Return what was typed, for the domain."""
        return CategoryDetails(
            label=self.label.data,
            description=self.description.data,
            capacity=self.capacity.data,
            approval=Approval(self.approval.data),
            open_to_public=self.open_to_public.data,
        )


def stored_category(category: ForumCategory) -> dict[str, Any]:  # Any: a value of any column
    """Return what fills the form for a category that exists."""
    return {
        "label": category.label,
        "description": category.description,
        "capacity": category.pool.capacity,
        "approval": category.approval.value,
        "open_to_public": category.open_to_public,
    }
