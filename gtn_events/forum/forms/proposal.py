"""What a proposer types about a side event, and what an organiser types about proposals."""

from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from gtn_events.accounts.forms.base import Form
from gtn_events.accounts.forms.hosted import LONG, MINUTES, many_lines, one_line
from gtn_events.accounts.forms.once import OnceForm
from gtn_events.accounts.forms.versioned import VersionedForm
from gtn_events.core.economies import economies_in_order
from gtn_events.core.errors import VenueTimeRefused
from gtn_events.core.venue_time import local_at_venue, moment_at_venue

from ..domain.proposals.deciding import Place
from ..domain.proposals.drafts import NamedCoHost, ProposalTexts
from ..domain.proposals.rules import MOST_CO_HOSTS, MOST_WISHES
from ..enums import ProposalFormat, WishedSlot
from ..models import Forum, ProposalWindow, SideEventProposal
from ..words import weekday
from .forum import MOST_PLACES


def _line(label: Any, most: int, description: Any = "") -> StringField:  # Any: lazily translated texts
    return StringField(label, [Length(max=most)], [one_line], description=description)


def _text(label: Any, most: int, description: Any = "") -> TextAreaField:  # Any: lazily translated texts
    return TextAreaField(label, [Length(max=most)], [many_lines], description=description)


class ProposalForm(OnceForm):
    """A proposal as a draft: what is missing is said when it is sent."""

    title = _line(_l("Title"), 200, _l("At most 15 words."))
    topic = _line(_l("Topic"), 200, _l("For example green public procurement."))
    lead_economy_code = SelectField(_l("Lead economy"))
    lead_name = _line(_l("Lead organisation"), 200, _l("When no economy leads it."))
    contact_name = _line(_l("Contact person"), 120)
    contact_email = _line(_l("Their e-mail"), 320)
    contact_phone = _line(_l("Their telephone, with code"), 60)
    format = RadioField(_l("How people take part"), default=ProposalFormat.IN_PERSON.value)
    languages = _line(_l("Languages"), 200, _l("For example English and Spanish."))
    interpretation = _line(
        _l("Interpretation you wish for"), 200, _l("From and into which language. There is none unless it is agreed.")
    )
    description = _text(_l("Description"), LONG, _l("200 to 300 words. This text stands on the public page."))
    objectives = _text(_l("What it is to achieve"), 4000, _l("At most 100 words."))
    expected_number = IntegerField(
        _l("How many people you expect"),
        [Optional(), NumberRange(1, MOST_PLACES, _l("Write a number from 1 to 1,000,000."))],
    )
    room_layout = _line(_l("Room layout you wish for"), 200, _l("For example theatre, round tables, U-shape."))
    equipment = _line(_l("Equipment"), 300)
    accessibility = _line(_l("Accessibility"), 300, _l("For example captioning, sign language, step-free stage."))
    speakers = _text(_l("Speakers"), 4000, _l("One a line: name, position, economy."))
    website = _line(_l("Web address"), 300)
    seen = HiddenField()

    def __init__(self, forum: Forum, *args: Any, **kwargs: Any) -> None:  # Any: what WTForms passes on
        super().__init__(*args, **kwargs)
        economies = [SelectChoice(each.code, each.short_name) for each in economies_in_order()]
        self.lead_economy_code.choices = [SelectChoice("", _("None: an organisation leads it")), *economies]
        self.format.choices = [SelectChoice(each.value, each.label) for each in ProposalFormat]
        days = [SelectChoice(day.isoformat(), weekday(day)) for day in _days(forum)]
        for number in wishes():
            self[f"day_{number}"].choices = [SelectChoice("", _("No wish")), *days]
            self[f"slot_{number}"].choices = [SelectChoice(each.value, each.label) for each in WishedSlot]

    @property
    def version(self) -> int | None:
        """The lock version of what the person had before them."""
        return int(self.seen.data) if (self.seen.data or "").isdecimal() and len(self.seen.data) < 10 else None

    def validate(self, extra_validators: Any = None) -> bool:  # Any: WTForms' own signature
        """Check every field, and that a web address is one."""
        valid = bool(super().validate(extra_validators))
        if self.website.data and not self.website.data.startswith(("https://", "http://")):
            self.website.errors = [*self.website.errors, _("Begin with https:// or http://.")]
            return False
        return valid

    def texts(self) -> ProposalTexts:
        """Return what was typed, for the domain."""
        names = (
            *("title", "topic", "lead_name", "contact_name", "contact_email", "contact_phone", "languages"),
            *("interpretation", "description", "objectives", "room_layout", "equipment", "accessibility"),
            *("speakers", "website"),
        )
        return ProposalTexts(
            **{name: self[name].data or "" for name in names},
            lead_economy_code=self.lead_economy_code.data or None,
            format=ProposalFormat(self.format.data),
            expected_number=self.expected_number.data,
            wishes=[
                {"day": self[f"day_{number}"].data, "slot": self[f"slot_{number}"].data}
                for number in wishes()
                if self[f"day_{number}"].data
            ],
        )

    def co_hosts(self) -> list[NamedCoHost]:
        """Return the co-hosts that were named; one needs a name and an address."""
        pairs = [(self[f"co_host_name_{number}"].data, self[f"co_host_email_{number}"].data) for number in co_hosts()]
        return [NamedCoHost(name or email, email) for name, email in pairs if name or email]


def wishes() -> range:
    """Return the numbers of the wished times."""
    return range(1, MOST_WISHES + 1)


def co_hosts() -> range:
    """Return the numbers of the co-hosts."""
    return range(1, MOST_CO_HOSTS + 1)


for _number in wishes():
    setattr(ProposalForm, f"day_{_number}", SelectField(_l("Day, wish %(number)s", number=_number), default=""))
    setattr(
        ProposalForm,
        f"slot_{_number}",
        SelectField(_l("Time, wish %(number)s", number=_number), default=WishedSlot.LUNCH.value),
    )
for _number in co_hosts():
    setattr(ProposalForm, f"co_host_name_{_number}", _line(_l("Co-host %(number)s", number=_number), 200))
    setattr(
        ProposalForm, f"co_host_email_{_number}", _line(_l("Their e-mail, co-host %(number)s", number=_number), 320)
    )


def stored_proposal(proposal: SideEventProposal) -> dict[str, Any]:  # Any: a value of any column
    """Return what fills the form for a proposal that exists."""
    values = {name: getattr(proposal, name) for name in SideEventProposal.__table__.columns.keys()}  # noqa: SIM118
    values |= {"lead_economy_code": proposal.lead_economy_code or "", "format": proposal.format.value}
    for number, wish in enumerate(proposal.wishes, start=1):
        values |= {f"day_{number}": wish["day"], f"slot_{number}": wish["slot"]}
    for number, each in enumerate(proposal.co_hosts, start=1):
        values |= {f"co_host_name_{number}": each.name, f"co_host_email_{number}": each.email}
    return values


class WindowForm(VersionedForm):
    """When a forum takes proposals; ``moments`` is what the typed times mean."""

    opens_at = DateTimeLocalField(_l("Opens"), [InputRequired(_l("Say when it opens."))], format=MINUTES)
    closes_at = DateTimeLocalField(_l("Closes"), [InputRequired(_l("Say when it closes."))], format=MINUTES)
    takes = BooleanField(_l("Proposals are taken between these times"), default=True)
    words = TextAreaField(
        _l("What proposers read before they begin"),
        [Length(max=LONG)],
        [many_lines],
        description=_l("Markdown: ## heading, **bold**, - list."),
    )

    def __init__(self, forum: Forum, *args: Any, **kwargs: Any) -> None:  # Any: what WTForms passes on
        super().__init__(*args, **kwargs)
        self._zone = forum.time_zone
        self.moments: dict[str, datetime] = {}

    def validate(self, extra_validators: Any = None) -> bool:  # Any: WTForms' own signature
        """Check every field, then that each typed time is exactly one moment at the venue."""
        valid = bool(super().validate(extra_validators))
        return _read_moments(self, ("opens_at", "closes_at"), self._zone) and valid


class AgreeForm(Form):
    """Where and when an agreed side event is, and for how many. ``place()`` is what was typed."""

    room_name = StringField(_l("Room"), [Length(max=120)], [one_line])
    starts_at = DateTimeLocalField(_l("Starts"), [InputRequired(_l("Say when it starts."))], format=MINUTES)
    ends_at = DateTimeLocalField(_l("Ends"), [InputRequired(_l("Say when it ends."))], format=MINUTES)
    capacity = IntegerField(
        _l("Places"),
        [
            InputRequired(_l("Say how many places there are.")),
            NumberRange(0, MOST_PLACES, _l("Write a number from 0 to 1,000,000.")),
        ],
    )

    def __init__(self, forum: Forum, *args: Any, **kwargs: Any) -> None:  # Any: what WTForms passes on
        super().__init__(*args, **kwargs)
        self._zone = forum.time_zone
        self.moments: dict[str, datetime] = {}

    def validate(self, extra_validators: Any = None) -> bool:  # Any: WTForms' own signature
        """Check every field, then that each typed time is exactly one moment at the venue."""
        valid = bool(super().validate(extra_validators))
        return _read_moments(self, ("starts_at", "ends_at"), self._zone) and valid

    def place(self) -> Place:
        """Return what was typed, for the domain."""
        return Place(room_name=self.room_name.data or "", capacity=self.capacity.data, **self.moments)


class ReasonForm(Form):
    """Why a proposal goes back or is declined; the proposer reads it."""

    reason = TextAreaField(_l("Reason"), [Length(max=4000)], [many_lines], description=_l("The proposer reads it."))


def stored_window(window: ProposalWindow, zone: str) -> dict[str, Any]:  # Any: a value of any column
    """Return what fills the form for a window that exists."""
    return {
        "opens_at": local_at_venue(window.opens_at, zone),
        "closes_at": local_at_venue(window.closes_at, zone),
        "takes": window.takes,
        "words": window.words,
    }


def _read_moments(form: Any, names: tuple[str, ...], zone: str) -> bool:  # Any: one of the forms above
    valid = True
    for name in names:
        field = form[name]
        if field.errors:
            continue
        try:
            form.moments[name] = moment_at_venue(field.data, zone)
        except VenueTimeRefused as refusal:
            field.errors = [*field.errors, refusal.message]
            valid = False
    return valid


def _days(forum: Forum) -> list[date]:
    return [forum.starts_on + timedelta(days=number) for number in range((forum.ends_on - forum.starts_on).days + 1)]
