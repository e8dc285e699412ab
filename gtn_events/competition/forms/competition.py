"""What an organiser types about a competition, its categories and its declaration."""

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
from gtn_events.core.economies import economies_in_order
from gtn_events.core.venue_time import local_at_venue

from ..domain.competitions import CompetitionDetails
from ..enums import EntryPath, LatePolicy
from ..models import Competition

MOST_ENTRIES = 100_000
LONGEST_GRACE = 10_080
LONGEST_APPEALS = 90


class CompetitionForm(HostedForm):
    """The settings of a competition. ``details()`` is what was typed, once ``validate()`` said yes."""

    TIMES = ("entries_open_at", "entries_close_at", "endorsement_closes_at", "results_embargo_until")

    lock_version = HiddenField()

    title = StringField(_l("Title"), [DataRequired(_l("Give the competition a title.")), Length(max=120)], [one_line])
    edition = StringField(_l("Edition"), [Length(max=60)], [one_line], description=_l("Such as “2027”."))
    slug = StringField(
        _l("Address"),
        [DataRequired(_l("Give the competition an address."))],
        [one_line],
        description=_l("The end of its web address, small letters, digits and hyphens: sme-competition-2027."),
    )
    tagline = StringField(_l("One sentence about it"), [Length(max=300)], [one_line])
    host_economy_code = SelectField(_l("Host economy"), [DataRequired(_l("Choose the economy that is the host."))])
    city = StringField(_l("City"), [DataRequired(_l("Say in which city it is held.")), Length(max=80)], [one_line])
    time_zone = SelectField(_l("Time zone of the host"), description=_l("All times below are times at the host."))

    entries_open_at = DateTimeLocalField(
        _l("Entries open"), [InputRequired(_l("Say when entries open."))], format=MINUTES
    )
    entries_close_at = DateTimeLocalField(
        _l("Entries close"), [InputRequired(_l("Say when entries close."))], format=MINUTES
    )
    late_policy = RadioField(
        _l("Entries sent after the close"),
        choices=[SelectChoice(each.value, each.label) for each in LatePolicy],
        default=LatePolicy.NONE.value,
    )
    grace_minutes = IntegerField(
        _l("Minutes of grace"),
        [
            InputRequired(_l("Write 0 for none.")),
            NumberRange(0, LONGEST_GRACE, _l("Write a number of minutes from 0 to 10,080, a week.")),
        ],
        default=0,
    )
    results_embargo_until = DateTimeLocalField(
        _l("Results are kept back until"), [Optional()], format=MINUTES, description=_l("Empty: no embargo.")
    )

    appeal_days = IntegerField(
        _l("Days to appeal"),
        [Optional(), NumberRange(1, LONGEST_APPEALS, _l("Write a number of days from 1 to 90."))],
        description=_l("From the day on which a decision reaches its entrant. Empty: no appeals."),
    )

    entry_path = RadioField(
        _l("Who may enter"),
        choices=[SelectChoice(each.value, each.label) for each in EntryPath],
        default=EntryPath.OPEN.value,
    )
    economy_limit = IntegerField(
        _l("Places of one economy"),
        [Optional(), NumberRange(1, MOST_ENTRIES, _l("Write a number from 1 to 100,000."))],
        description=_l("Most entries; where economies endorse, most endorsed ones. Empty: no limit."),
    )
    host_limit = IntegerField(
        _l("Places of the host economy"),
        [Optional(), NumberRange(1, MOST_ENTRIES, _l("Write a number from 1 to 100,000."))],
        description=_l("Empty: as for every other economy."),
    )
    endorsement_closes_at = DateTimeLocalField(
        _l("Economies decide until"),
        [Optional()],
        format=MINUTES,
        description=_l("On endorsement and nomination. Empty: 14 days after entries close."),
    )
    several_categories = BooleanField(_l("An entry may stand in more than one category"))

    description = TextAreaField(
        _l("Description"), [Length(max=LONG)], [many_lines], description=_l("Markdown: ## heading, **bold**, - list.")
    )
    rules = TextAreaField(_l("Rules"), [Length(max=LONG)], [many_lines], description=_l("Markdown."))
    prizes = TextAreaField(_l("What can be won"), [Length(max=LONG)], [many_lines], description=_l("Markdown."))
    privacy_notice = TextAreaField(_l("Privacy notice"), [Length(max=LONG)], [many_lines], description=_l("Markdown."))

    reference_prefix = StringField(
        _l("Start of entry numbers"),
        [DataRequired(_l("Say how entry numbers start."))],
        [one_line, capitals],
        description=_l("Such as ISC27: entries are then ISC27-4F7Q-8K2M."),
    )
    contact_name = StringField(_l("Contact"), [Length(max=120)], [one_line])
    contact_email = StringField(
        _l("E-mail address for questions"),
        [Optional(), Email(_l("This is not an e-mail address.")), Length(max=320)],
        [one_line],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what WTForms passes on
        super().__init__(*args, **kwargs)
        economies = [SelectChoice(each.code, each.formal_name) for each in economies_in_order()]
        self.host_economy_code.choices = [SelectChoice("", _l("Choose one")), *economies]

    def details(self) -> CompetitionDetails:
        """Return what was typed, for the domain."""
        names = [name for name in CompetitionDetails.__dataclass_fields__ if name not in self.TIMES]
        plain: dict[str, Any] = {name: self[name].data for name in names}  # Any: a value of any column
        plain["late_policy"] = LatePolicy(plain["late_policy"])
        plain["entry_path"] = EntryPath(plain["entry_path"])
        return CompetitionDetails(**plain, **self.moments)


class NewCompetitionForm(CompetitionForm):
    """A competition that does not exist yet, with its first declaration."""

    declaration = TextAreaField(
        _l("What entrants declare"),
        [DataRequired(_l("Write what entrants declare.")), Length(max=LONG)],
        [many_lines],
        description=_l("Markdown. Every entry keeps the version it was sent under."),
    )


def stored_settings(competition: Competition) -> dict[str, Any]:  # Any: a value of any column
    """Return what fills the form for a competition that exists."""
    values = {name: getattr(competition, name) for name in CompetitionDetails.__dataclass_fields__}
    values |= {name: local_at_venue(values[name], competition.time_zone) for name in CompetitionForm.TIMES}
    values["late_policy"] = competition.late_policy.value
    values["entry_path"] = competition.entry_path.value
    values["lock_version"] = str(competition.lock_version)
    return values


class CloneForm(Form):
    """A new edition made from an earlier competition."""

    title = StringField(
        _l("Title"), [DataRequired(_l("Give the new competition a title.")), Length(max=120)], [one_line]
    )
    edition = StringField(_l("Edition"), [Length(max=60)], [one_line])
    slug = StringField(
        _l("Address"),
        [DataRequired(_l("Give the new competition an address."))],
        [one_line],
        description=_l("Small letters, digits and hyphens: sme-competition-2028."),
    )
    reference_prefix = StringField(
        _l("Start of entry numbers"), [DataRequired(_l("Say how entry numbers start."))], [one_line, capitals]
    )
    opens_on = DateField(
        _l("Entries open on"),
        [InputRequired(_l("Say on which day entries open."))],
        description=_l("Every other date, the rounds' too, moves by as many days."),
    )


class CategoryForm(Form):
    """One category."""

    label = StringField(_l("Name"), [DataRequired(_l("Give the category a name.")), Length(max=80)], [one_line])
    description = StringField(_l("What belongs to it"), [Length(max=300)], [one_line])


class DeclarationForm(Form):
    """A new version of what entrants declare."""

    text = TextAreaField(
        _l("What entrants declare"),
        [DataRequired(_l("Write what entrants declare.")), Length(max=LONG)],
        [many_lines],
        description=_l("Markdown. A change makes a new version; entries keep the one they were sent under."),
    )
