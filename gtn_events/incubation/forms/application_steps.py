"""The fixed steps of an application: the firm, the project, the stay, the people, who sees it, the declaration."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    FieldList,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    TextAreaField,
    URLField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import URL, InputRequired, NumberRange, Optional, ValidationError

from gtn_events.accounts.domain.addresses import parse_address
from gtn_events.accounts.domain.names import NAME_LANGUAGES
from gtn_events.accounts.enums import OrganisationSize
from gtn_events.accounts.forms.base import Form, at_most, filled, one_line, text_field
from gtn_events.accounts.forms.checkboxes import CheckboxesField, chosen
from gtn_events.core.economies import Economy
from gtn_events.core.errors import DomainError
from gtn_events.core.text import clean_text
from gtn_events.questionnaire.forms.fields import DayField

from ..application_words import READINESS
from ..domain.application_submission import MOST_PEOPLE
from ..domain.host_fit import sector_labels
from ..enums import Trait
from ..models import Call, Intake
from ..services import SERVICES

OLDEST_FIRM, NEWEST_FIRM = 1800, 2100
PLAN_WORDS, RESULTS_WORDS = 300, 200


def many_lines(value: Any) -> Any:  # Any: WTForms hands over whatever came in
    """Return typed text cleaned, its lines kept."""
    return clean_text(value) if isinstance(value, str) else value


def at_most_words(count: int) -> Any:  # Any: a WTForms validator
    """Return the check that a text has no more than so many words."""

    def check(_form: Any, field: Field) -> None:  # Any: WTForms' own signature
        given = len((field.data or "").split())
        if given > count:
            raise ValidationError(_("Write at most %(limit)s words; these are %(count)s.", limit=count, count=given))

    return check


class FirmForm(Form):
    """The firm, as its profile says it at first; copied, so that a past application does not change with a profile."""

    organisation_name = text_field(
        _l("Name of the firm"),
        most=200,
        validators=[filled(_l("Write the name of the firm. It is empty."))],
        description=_l("As it is registered."),
    )
    economy = SelectField(
        _l("Economy"),
        [InputRequired(_l("Choose the economy in which the firm is registered."))],
        description=_l("Where the firm is registered. Hosts of this economy are not open to you."),
    )
    size = SelectField(
        _l("Employees"),
        [InputRequired(_l("Choose how many people the firm employs."))],
        choices=[SelectChoice("", _l("Choose…")), *(SelectChoice(each.value, each.label) for each in OrganisationSize)],
    )
    founded_in = IntegerField(
        _l("Founded in"),
        [
            InputRequired(_l("Write the year in which the firm was founded.")),
            NumberRange(OLDEST_FIRM, NEWEST_FIRM, _l("Write a year, for example 2009.")),
        ],
        description=_l("The year."),
        render_kw={"inputmode": "numeric"},
    )
    website = URLField(
        _l("Website"),
        filters=[one_line],
        description=_l("With https:// in front. Optional."),
        validators=[
            Optional(),
            URL(message=_l("Write the whole address, for example https://www.firm.example.")),
            at_most(300),
        ],
    )
    traits = CheckboxesField(
        _l("What is true of your firm"),
        choices=[SelectChoice(each.value, each.label) for each in Trait],
        description=_l("Some hosts keep places for such firms. Tick what you can show when you are asked; or nothing."),
    )

    def offer(self, economies: Sequence[Economy]) -> None:
        """Set today's economies."""
        self.economy.choices = [
            SelectChoice("", _("Choose…")),
            *(SelectChoice(each.code, each.short_name) for each in economies),
        ]


class ProjectForm(Form):
    """What the firm wants to do at the host."""

    title = text_field(_l("Title of the project"), most=150, validators=[filled(_l("Write a title. It is empty."))])
    summary = TextAreaField(
        _l("In one line"),
        filters=[one_line],
        validators=[filled(_l("Say in one line what you want to do. It is empty.")), at_most(500)],
        description=_l("Hosts read it first."),
        render_kw={"rows": 2},
    )
    sector = SelectField(_l("Sector"), [InputRequired(_l("Choose the sector."))])
    plan = TextAreaField(
        _l("Plan"),
        filters=[many_lines],
        validators=[filled(_l("Write what you will do there. It is empty.")), at_most_words(PLAN_WORDS)],
        description=_l("What you will do there, week by week as far as you know. At most 300 words."),
        render_kw={"rows": 8},
    )
    results_expected = TextAreaField(
        _l("Results you expect"),
        filters=[many_lines],
        validators=[filled(_l("Write what shall be there at the end. It is empty.")), at_most_words(RESULTS_WORDS)],
        description=_l("What can be counted or seen at the end of the stay. At most 200 words."),
        render_kw={"rows": 5},
    )
    trl = SelectField(
        _l("Technology readiness"),
        [InputRequired(_l("Choose the level that you can show."))],
        description=_l("The highest level that you can show, from 1 to 9."),
    )
    trl_reason = TextAreaField(
        _l("Why this level"),
        filters=[one_line],
        validators=[filled(_l("Say what shows this level. It is empty.")), at_most(500)],
        description=_l("What was built, where it was tried, for how long."),
        render_kw={"rows": 2},
    )

    def offer(self, call: Call) -> None:
        """Set the sectors of the call, and the words of the levels."""
        self.sector.choices = [
            SelectChoice("", _("Choose…")),
            *(SelectChoice(key, label) for key, label in sector_labels(call).items()),
        ]
        self.trl.choices = [
            SelectChoice("", _("Choose…")),
            *(SelectChoice(str(level), f"{level} · {words}") for level, words in READINESS.items()),
        ]


class StayForm(Form):
    """What the firm needs, when and for how long."""

    needs = CheckboxesField(
        _l("What you need"),
        validators=[chosen(_l("Choose at least one thing that you need."))],
        choices=[SelectChoice(each.code, each.label) for each in SERVICES.values()],
        description=_l("Hosts that give these stand first in the list you choose from."),
    )
    preferred_from = DayField(
        _l("Earliest day you could begin"), [InputRequired(_l("Choose the day from which you could go."))]
    )
    weeks = IntegerField(
        _l("Weeks altogether"),
        [InputRequired(_l("Write how many weeks you want to stay."))],
        render_kw={"inputmode": "numeric"},
    )
    split_stays = RadioField(
        _l("In one stay or several"),
        [InputRequired(_l("Choose one of the two."))],
        choices=[
            SelectChoice("no", _l("All weeks in one stay")),
            SelectChoice("yes", _l("In several stays within twelve months")),
        ],
    )
    languages = CheckboxesField(
        _l("Languages you work in"),
        validators=[chosen(_l("Choose at least one language."))],
        choices=[SelectChoice(tag, label) for tag, label in NAME_LANGUAGES.items()],
    )

    def offer(self, call: Call) -> None:
        """Set the limits of the call."""
        self._call = call
        self.weeks.description = _(
            "From %(least)s to %(most)s in this call.", least=call.weeks_at_least, most=call.weeks_at_most
        )

    def validate_weeks(self, field: Field) -> None:
        """Hold to the limits of the call."""
        least, most = self._call.weeks_at_least, self._call.weeks_at_most
        if field.data is not None and not least <= field.data <= most:
            raise ValidationError(_("Write a number of weeks from %(least)s to %(most)s.", least=least, most=most))

    def validate_preferred_from(self, field: Field) -> None:
        """Hold to the days on which placements of the call can begin."""
        first, last = self._call.placements_from, self._call.placements_until
        if field.data and not first <= field.data < last:
            raise ValidationError(
                _("Placements of this call take place from %(first)s to %(last)s.", first=first, last=last)
            )


class TravellerForm(Form):
    """Somebody who goes to the host."""

    class Meta(Form.Meta):
        """Part of a form that is checked as a whole."""

        csrf = False

    name = text_field(_l("Name"), most=200, validators=[filled(_l("Write a name, or remove this person."))])
    role = text_field(_l("Role"), most=150, description=_l("What they do in the firm."))


class PeopleForm(Form):
    """Who goes, and who stands behind the firm at home."""

    people = FieldList(FormField(TravellerForm), min_entries=1, max_entries=MOST_PEOPLE)
    home_name = text_field(
        _l("Incubator at home"),
        most=200,
        description=_l("Or another organisation that supports you and signs the agreement with you. Optional."),
    )
    home_email = EmailField(
        _l("Its e-mail address"),
        filters=[one_line],
        validators=[Optional(), at_most(320)],
        description=_l("The organiser writes to it when a place is agreed, not before. Optional."),
    )

    def validate_home_email(self, field: Field) -> None:
        """Take addresses that mail can reach."""
        try:
            parse_address(field.data)
        except DomainError as error:
            raise ValidationError(error.message) from None


class LinksForm(Form):
    """Who sees the application, and whom the firm knows already."""

    seen_by_others = RadioField(
        _l("May hosts that you did not name see it?"),
        [InputRequired(_l("Choose one of the two."))],
        choices=[
            SelectChoice("no", _l("No, only the hosts in my order")),
            SelectChoice("yes", _l("Yes, every host of this call: more of them may offer a place")),
        ],
    )
    links = CheckboxesField(
        _l("Hosts you work with already"),
        description=_l("A placement goes to a new partner, so these are not open to you. Tick them honestly."),
    )
    kept_from = CheckboxesField(
        _l("Hosts that must see nothing of it"),
        description=_l("Competitors, for example. They are never told, and cannot be matched with you."),
    )

    def offer(self, intakes: Sequence[Intake]) -> None:
        """Set the hosts of the call."""
        for field in (self.links, self.kept_from):
            field.choices = [
                SelectChoice(str(each.id), f"{each.host.name} ({each.host.economy.short_name})") for each in intakes
            ]


class WishesForm(Form):
    """The order of hosts, as its own page keeps it."""

    order = CheckboxesField(_l("Hosts in your order"))

    def offer(self, problems: Sequence[str]) -> None:
        """Set what is wrong with the order as things stand now."""
        self._told = list(problems)

    def validate_order(self, field: Field) -> None:
        """Tell what is wrong."""
        if not field.data:
            raise ValidationError(_("Name at least one host that you would go to."))
        if self._told:
            raise ValidationError(" ".join(self._told))


class DeclarationForm(Form):
    """A typed name and a tick under the text of the call."""

    declared_by = text_field(
        _l("Your name, typed as a signature"),
        most=200,
        validators=[filled(_l("Type your name. It stands under the declaration."))],
    )
    agree = BooleanField(
        _l("I declare this for the firm."), [InputRequired(_l("Tick this. Without it nothing is sent."))]
    )
