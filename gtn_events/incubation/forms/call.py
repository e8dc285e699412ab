"""What an organiser types about a call."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateTimeLocalField, HiddenField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional

from gtn_events.accounts.forms.base import Form, filled, text_field
from gtn_events.accounts.forms.days import DayField
from gtn_events.core.errors import DomainError, VenueTimeRefused
from gtn_events.core.venue_time import local_at_venue, moment_at_venue, time_zones

from ..domain.call_sectors import Sector, sectors_from
from ..domain.calls import CallDetails
from ..domain.opening import NextCall
from ..enums import MatchingMethod
from ..models import Call
from .base import LONG, MINUTES, add_error, capitals, many_lines, typed

TIMES = ("opens_at", "closes_at", "ranking_until")
TYPED_OTHERWISE = (*TIMES, "sectors", "method")
_WEEKS = NumberRange(1, 104, _l("Write a number of weeks from 1 to 104."))


def _moment(label: Any, missing: Any, **options: Any) -> DateTimeLocalField:  # Any: lazily translated texts
    return DateTimeLocalField(label, [InputRequired(missing)], format=MINUTES, **options)


def _number(label: Any, missing: Any, limits: NumberRange, **options: Any) -> IntegerField:  # Any: as above
    return IntegerField(label, [InputRequired(missing), limits], **options)


def _long_text(label: Any, description: Any = "") -> TextAreaField:  # Any: as above
    return TextAreaField(label, [Length(max=LONG)], [many_lines], description=description)


class CallForm(Form):
    """The settings of a call. ``details()`` is what was typed, once ``validate()`` said yes."""

    lock_version = HiddenField()

    title = text_field(_l("Title"), most=120, validators=[filled(_l("Give the call a title."))])
    slug = text_field(
        _l("Address"),
        most=60,
        validators=[filled(_l("Give the call an address."))],
        description=_l("The end of its web address, small letters, digits and hyphens: co-incubation-2027."),
    )
    tagline = text_field(_l("One sentence about it"), most=300)
    time_zone = SelectField(_l("Time zone of the call"), description=_l("All times below are times there."))

    opens_at = _moment(_l("Applications open"), _l("Say when applications open."))
    closes_at = _moment(_l("Applications close"), _l("Say when applications close."))
    ranking_until = _moment(_l("Hosts rank until"), _l("Say until when hosts rank."))
    match_on = DayField(_l("Places are given on"), [InputRequired(_l("Say on which day places are given."))])
    accept_days = _number(
        _l("Days to answer an offer"),
        _l("Say how many days there are to answer an offer."),
        NumberRange(1, 60, _l("Write a number of days from 1 to 60.")),
        default=10,
    )
    placements_from = DayField(_l("Stays begin from"), [InputRequired(_l("Say from when stays can begin."))])
    placements_until = DayField(_l("Stays end by"), [InputRequired(_l("Say when the last stay ends."))])
    weeks_at_least = _number(_l("Shortest stay, in weeks"), _l("Say how short a stay can be."), _WEEKS, default=4)
    weeks_at_most = _number(_l("Longest stay, in weeks"), _l("Say how long a stay can be."), _WEEKS, default=26)

    sectors = TextAreaField(
        _l("Sectors"), [Length(max=4000)], [many_lines], description=_l("One on each line, such as Food chains.")
    )
    method = RadioField(
        _l("How places are given"),
        choices=[SelectChoice(each.value, each.label) for each in MatchingMethod],
        default=MatchingMethod.STABLE.value,
    )
    most_wishes = _number(
        _l("Hosts that a firm may name, at most"),
        _l("Say how many hosts a firm may name."),
        NumberRange(1, 20, _l("Write a number from 1 to 20.")),
        default=8,
    )

    description = _long_text(_l("Description"), _l("Markdown: ## heading, **bold**, - list."))
    funding = _long_text(_l("What it costs and what is paid"), _l("Markdown."))
    declaration = _long_text(_l("What applicants declare"), _l("Markdown."))
    privacy_notice = _long_text(_l("Privacy notice"), _l("Markdown."))

    reference_prefix = text_field(
        _l("Start of application numbers"),
        most=8,
        validators=[filled(_l("Say how application numbers start."))],
        description=_l("Such as COI27: applications are then COI27-4F7Q-8K2M."),
    )
    contact_name = text_field(_l("Contact"), most=120)
    contact_email = text_field(
        _l("E-mail address for questions"),
        most=320,
        validators=[Optional(), Email(_l("This is not an e-mail address."))],
    )

    def __init__(self, *args: Any, present: list[Sector] | None = None, **kwargs: Any) -> None:  # Any: WTForms' own
        """Args: ``present`` are the sectors of the call, which keep their keys."""
        super().__init__(*args, **kwargs)
        self.time_zone.choices = [SelectChoice(name, name.replace("_", " ")) for name in time_zones()]
        self.reference_prefix.data = capitals(self.reference_prefix.data)
        self._present = present or []
        self._typed: dict[str, Any] = {}  # Any: moments and sectors

    def validate(self, extra_validators: Any = None) -> bool:  # Any: WTForms' own signature
        """Check every field, that each time is one moment at the call's place, and the lines of the sectors."""
        valid = bool(super().validate(extra_validators))
        if self.time_zone.errors:
            return False
        for name in TIMES:
            if not self[name].errors:
                valid = self._read(name, lambda field: moment_at_venue(field.data, self.time_zone.data)) and valid
        return self._read("sectors", self._sectors) and valid

    def details(self) -> CallDetails:
        """Return what was typed, for the domain."""
        names = [name for name in CallDetails.__dataclass_fields__ if name not in TYPED_OTHERWISE]
        plain = {name: typed(self[name]) for name in names}
        return CallDetails(**plain, **self._typed, method=MatchingMethod(self.method.data))

    def _sectors(self, field: Any) -> list[Sector]:  # Any: a WTForms field
        return sectors_from((field.data or "").split("\n"), self._present)

    def _read(self, name: str, reading: Any) -> bool:  # Any: a function of a field
        try:
            self._typed[name] = reading(self[name])
        except (VenueTimeRefused, DomainError) as refusal:
            add_error(self[name], refusal.message)
            return False
        return True


def stored_settings(call: Call) -> dict[str, Any]:  # Any: a value of any column
    """Return what fills the form for a call that exists."""
    values = {name: getattr(call, name) for name in CallDetails.__dataclass_fields__}
    values |= {name: local_at_venue(values[name], call.time_zone) for name in TIMES}
    values["sectors"] = "\n".join(sector["label"] for sector in call.sectors)
    return values | {"method": call.method.value, "lock_version": str(call.lock_version)}


class CloneForm(Form):
    """A new call made from an earlier one."""

    title = text_field(_l("Title"), most=120, validators=[filled(_l("Give the new call a title."))])
    slug = text_field(
        _l("Address"),
        most=60,
        validators=[filled(_l("Give the new call an address."))],
        description=_l("Small letters, digits and hyphens: co-incubation-2028."),
    )
    reference_prefix = text_field(
        _l("Start of application numbers"), most=8, validators=[filled(_l("Say how application numbers start."))]
    )
    opens_on = DayField(
        _l("Applications open on"),
        [InputRequired(_l("Say on which day applications open."))],
        description=_l("Every other date moves by as many days."),
    )

    def following(self) -> NextCall:
        """Return what was typed, for the domain."""
        return NextCall(
            title=self.title.data,
            slug=self.slug.data,
            reference_prefix=capitals(self.reference_prefix.data),
            opens_on=self.opens_on.data,
        )
