"""What a manager types about a host, one form for each section of the profile."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DecimalField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional, Regexp

from gtn_events.accounts.forms.base import Form, at_most, filled, text_field
from gtn_events.core.text import clean_text
from gtn_events.core.venue_time import time_zones

from ..domain.profile import SECTIONS
from ..enums import ServiceTerms
from ..languages import LANGUAGES
from ..models import Host
from ..services import SERVICES
from ..trl import LEVELS
from .base import CheckboxesField, many_lines, typed

MOST_SECTORS = 20
LONGEST_FEE = 120
_PARAGRAPH = Length(max=4000)
_COUNT = NumberRange(0, 1_000_000, _l("Write a whole number from 0 to 1,000,000."))


def _paragraph(label: Any, description: Any = "") -> TextAreaField:  # Any: lazily translated texts
    return TextAreaField(label, [_PARAGRAPH], [many_lines], description=description)


def _count(label: Any) -> IntegerField:  # Any: as above
    return IntegerField(label, [Optional(), _COUNT])


class SectionForm(Form):
    """One section of a profile; ``values()`` is what was typed, once ``validate()`` said yes."""

    section = ""
    lock_version = HiddenField()

    def values(self) -> dict[str, Any]:  # Any: a value of any column
        """Return the columns of the section."""
        return {name: typed(self[name]) for name in SECTIONS[self.section]}

    def fill(self, host: Host) -> None:
        """Show what is stored."""
        self.process(data=self.stored(host))

    def stored(self, host: Host) -> dict[str, Any]:  # Any: a value of any column
        """Return what is stored as the fields show it."""
        return {name: getattr(host, name) for name in SECTIONS[self.section]}

    @property
    def seen(self) -> int:
        """The lock version that the person saw; 0 when it is garbage."""
        typed = self.lock_version.data or ""
        return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


class AboutForm(SectionForm):
    """What the host is."""

    section = "about"
    own_script_name = text_field(_l("Name in your own script"), most=200)
    summary = text_field(
        _l("In one sentence"), most=300, description=_l("What you are good at: food chains and rural cooling.")
    )
    city = text_field(_l("City"), most=80, validators=[filled(_l("Say in which city the host is."))])
    address = text_field(_l("Address"), most=300)
    time_zone = SelectField(_l("Time zone"))
    website = text_field(
        _l("Website"),
        most=300,
        validators=[Optional(), Regexp(r"https?://[^\s<>\"]+\Z", message=_l("Begin it with https://."))],
    )
    opened_in = IntegerField(
        _l("Opened in"), [Optional(), NumberRange(1800, 2100, _l("Write a year from 1800 to 2100."))]
    )
    legal_status = text_field(_l("Legal status"), most=80, description=_l("Such as foundation, company, public body."))
    affiliation = text_field(_l("Affiliation"), most=120, description=_l("Such as a university or a ministry."))
    programme = _paragraph(_l("Programme for guests"), _l("Markdown. What a guest does here, week by week."))
    people = _paragraph(_l("People"), _l("Markdown. Who leads, who looks after guests. No private addresses."))
    results = _paragraph(_l("Results so far"), _l("Markdown."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what WTForms passes on
        super().__init__(*args, **kwargs)
        self.time_zone.choices = [SelectChoice(name, name.replace("_", " ")) for name in time_zones()]


class FieldForm(SectionForm):
    """For whom the host is."""

    section = "field"
    sectors = TextAreaField(
        _l("Sectors"), [at_most(2000)], [many_lines], description=_l("In your own words, one on each line.")
    )
    languages = CheckboxesField(
        _l("Languages that guests can work in"), choices=[SelectChoice(tag, word) for tag, word in LANGUAGES.items()]
    )
    trl_from = SelectField(_l("Readiness of the technology, from"), coerce=int)
    trl_until = SelectField(_l("to"), coerce=int)
    admission = _paragraph(_l("Whom you take in"), _l("Markdown."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what WTForms passes on
        super().__init__(*args, **kwargs)
        for field in (self.trl_from, self.trl_until):
            field.choices = [SelectChoice(level, f"{level}: {words}") for level, words in LEVELS.items()]

    def validate(self, extra_validators: Any = None) -> bool:  # Any: WTForms' own signature
        """Check every field, and that there are not too many sectors."""
        valid = bool(super().validate(extra_validators))
        lines = self._lines()
        if len(lines) > MOST_SECTORS or any(len(line) > 80 for line in lines):
            self.sectors.errors = [str(_l("Name at most 20 sectors of at most 80 signs."))]
            return False
        return valid

    def values(self) -> dict[str, Any]:  # Any: a value of any column
        """Return the columns of the section; a sector that is named twice counts once."""
        return super().values() | {"sectors": self._lines()}

    def stored(self, host: Host) -> dict[str, Any]:  # Any: a value of any column
        """Return what is stored, one sector on each line."""
        return super().stored(host) | {"sectors": "\n".join(host.sectors)}

    def _lines(self) -> list[str]:
        lines = (" ".join(line.split()) for line in (self.sectors.data or "").split("\n"))
        return [line for line in dict.fromkeys(lines) if line]


class ServicesForm(SectionForm):
    """What the host does for guests, and what each of it costs."""

    section = "services"
    costs = _paragraph(_l("What a stay costs"), _l("Markdown. Rooms, deposit, insurance, living in the city."))

    def terms_of(self, code: str) -> tuple[str, str]:
        """Return terms and fee of a service, empty terms when it is not given."""
        return self["terms_" + code.replace("-", "_")].data or "", self["fee_" + code.replace("-", "_")].data or ""

    def values(self) -> dict[str, Any]:  # Any: a value of any column
        """Return the columns of the section."""
        given = [(code, *self.terms_of(code)) for code in SERVICES]
        services = [{"code": code, "terms": terms, "fee": fee} for code, terms, fee in given if terms]
        return {"costs": self.costs.data, "services": services}

    def fill(self, host: Host) -> None:
        """Show what is stored."""
        stored = {each["code"]: each for each in host.services}
        data = {"costs": host.costs}
        for code, each in stored.items():
            name = code.replace("-", "_")
            data |= {f"terms_{name}": each["terms"], f"fee_{name}": each["fee"]}
        self.process(data=data)


def _fee(text: Any) -> Any:  # Any: WTForms hands over whatever came in
    return " ".join(clean_text(text).split()) if isinstance(text, str) else text


for _code, _service in SERVICES.items():
    _terms = SelectField(
        _service.label,
        choices=[SelectChoice("", _l("Not here")), *(SelectChoice(each.value, each.label) for each in ServiceTerms)],
        default="",
    )
    setattr(ServicesForm, "terms_" + _code.replace("-", "_"), _terms)
    setattr(
        ServicesForm,
        "fee_" + _code.replace("-", "_"),
        StringField(_l("Fee"), [Length(max=LONGEST_FEE)], [_fee]),
    )


class PlacesForm(SectionForm):
    """Rooms, people and figures."""

    section = "places"
    space_m2 = DecimalField(
        _l("Space, in square metres"),
        [Optional(), NumberRange(0, 10_000_000, _l("Write a number from 0 to 10,000,000."))],
        places=None,
    )
    desks = _count(_l("Desks"))
    mentors = _count(_l("Mentors"))
    tenants = _count(_l("Firms here now"))
    foreign_tenants = _count(_l("of them from other economies"))
    graduates = _count(_l("Firms that have left so far"))
    most_weeks = IntegerField(
        _l("Longest stay, in weeks"), [Optional(), NumberRange(1, 520, _l("Write a number of weeks from 1 to 520."))]
    )
    visa_help = BooleanField(_l("We help with visas"))
    facilities = _paragraph(_l("Rooms and equipment"), _l("Markdown."))
    accessibility = _paragraph(
        _l("Accessibility"), _l("Markdown. Steps, lifts, toilets, hearing loops, quiet rooms, assistance.")
    )


class ContactForm(SectionForm):
    """Whom guests write to."""

    section = "contact"
    contact_name = text_field(_l("Contact"), most=120)
    contact_email = text_field(
        _l("E-mail address for questions"),
        most=320,
        validators=[Optional(), Email(_l("This is not an e-mail address."))],
        description=_l("It stands on the public page. An address of the office lasts longer than one of a person."),
    )


FORMS: Mapping[str, type[SectionForm]] = {
    form.section: form for form in (AboutForm, FieldForm, ServicesForm, PlacesForm, ContactForm)
}


class NewHostForm(Form):
    """A host that does not exist yet, with its first manager."""

    name = text_field(_l("Name of the host"), most=200, validators=[filled(_l("Give the host its name."))])
    economy_code = SelectField(_l("Economy"), [InputRequired()])
    city = text_field(_l("City"), most=80, validators=[filled(_l("Say in which city it is."))])
    time_zone = SelectField(_l("Time zone"))
    email = text_field(
        _l("E-mail address of its manager"),
        most=320,
        validators=[filled(_l("Write whom to invite."))],
        description=_l("The person fills in the profile and says how many places there are."),
    )

    def offer(self, economies: Mapping[str, str]) -> None:
        """Fill in the choices."""
        self.economy_code.choices = [SelectChoice(code, name) for code, name in economies.items()]
        self.time_zone.choices = [SelectChoice(name, name.replace("_", " ")) for name in time_zones()]


class ManagerForm(Form):
    """One more person who looks after a host."""

    email = text_field(_l("E-mail address"), most=320, validators=[filled(_l("Write whom to invite."))])
