"""What an organiser types about judges, and what an invited person answers."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, IntegerField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from gtn_events.accounts.forms.base import Form, at_most, filled, one_line, text_field
from gtn_events.accounts.forms.choices import language_choices
from gtn_events.accounts.forms.sign_in import NewAccountForm
from gtn_events.core.economies import economies_in_order
from gtn_events.core.text import clean_text

from ..domain.conflict_index import Person
from ..domain.judges import InvitedPerson, JudgeProfile
from ..models import Competition, Judge

_LOAD = _l("Write a number from 1 to 500.")


def _many_lines(text: str | None) -> str:
    return clean_text(text or "")


def _number(label: Any, missing: Any, **options: Any) -> IntegerField:  # Any: lazily translated texts
    return IntegerField(label, [InputRequired(missing), NumberRange(1, 500, _LOAD)], **options)


class CheckBoxes(SelectMultipleField):
    """Check boxes for several choices of a list."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class InviteForm(Form):
    """One person to be invited."""

    name = text_field(_l("Name"), most=200, validators=[filled(_l("Write the person's name."))])
    email = EmailField(
        _l("E-mail address"), filters=[one_line], validators=[filled(_l("Write their address.")), at_most(320)]
    )
    economy_code = SelectField(_l("Economy"))
    organisation_name = text_field(_l("Organisation"), most=200)
    expected_load = _number(_l("Entries they would read, about"), _l("Say about how many entries."), default=10)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what WTForms passes on
        super().__init__(*args, **kwargs)
        self.economy_code.choices = economy_choices()

    def person(self) -> InvitedPerson:
        """Return what was typed, for the domain."""
        return InvitedPerson(
            name=self.name.data or "",
            email=self.email.data or "",
            economy_code=self.economy_code.data or None,
            organisation_name=self.organisation_name.data or "",
            expected_load=self.expected_load.data or 10,
        )

    def looked_up(self) -> Person:
        """Return what is typed so far, to look for conflicts."""
        return Person(
            name=self.name.data or "",
            email_key=(self.email.data or "").lower(),
            economy_code=self.economy_code.data or None,
            organisation_name=self.organisation_name.data or "",
        )


class InviteListForm(Form):
    """A pasted list of people."""

    people = TextAreaField(
        _l("People"),
        [filled(_l("Paste at least one line.")), at_most(20_000)],
        [_many_lines],
        description=_l("One a line: name, address, economy, organisation. Commas, semicolons or tabs part them."),
    )


class ProfileFields(Form):
    """What a judge says of themselves."""

    organisation_name = text_field(_l("Your organisation"), most=200)
    topics = CheckBoxes(_l("Fields you know"))
    languages = CheckBoxes(_l("Languages in which you can read an entry"))
    max_load = _number(_l("Most entries you can read in a round"), _l("Say how many entries you can read."))

    def offer(self, competition: Competition) -> None:
        """Offer the competition's categories and the network's languages."""
        self.topics.choices = [SelectChoice(each.key, each.label) for each in competition.categories]
        self.languages.choices = language_choices()

    def profile(self, economy_code: str | None) -> JudgeProfile:
        """Return what was typed, for the domain, with the economy that is known of the person."""
        return JudgeProfile(
            economy_code=economy_code,
            organisation_name=self.organisation_name.data or "",
            topics=self.topics.data or [],
            languages=self.languages.data or [],
            max_load=self.max_load.data or 0,
        )


class AcceptForm(ProfileFields):
    """The answer of an invited person who has an account."""


class AcceptWithAccountForm(NewAccountForm, ProfileFields):
    """The answer of an invited person whose account is made along with it."""


class DeclineForm(Form):
    """Why an invited person does not want to judge, and who could instead."""

    reason = text_field(_l("Why not"), most=300, validators=[filled(_l("Say in a few words why not."))])
    substitute = text_field(
        _l("Who could judge instead"), most=300, description=_l("Name and address; the organiser decides.")
    )


class JudgeForm(ProfileFields):
    """What the organiser can change about a judge."""

    economy_code = SelectField(_l("Economy"))
    expected_load = _number(_l("Entries expected in a round"), _l("Say about how many entries."))

    def offer(self, competition: Competition) -> None:
        """Say everything about the judge, not to them."""
        super().offer(competition)
        self.economy_code.choices = economy_choices()
        self.organisation_name.label.text = _("Organisation")
        self.topics.label.text, self.languages.label.text = _("Fields they know"), _("Languages they read")
        self.max_load.label.text = _("Most entries in a round")


class ReasonForm(Form):
    """A reason for an act."""

    reason = text_field(_l("Reason"), most=300)


class OwnConflictForm(Form):
    """A conflict that the organiser knows of."""

    judge = SelectField(_l("Judge"), coerce=int)
    reference = text_field(_l("Number of the entry"), most=24, validators=[filled(_l("Write the entry's number."))])
    reason = text_field(
        _l("What ties them"), most=300, validators=[filled(_l("Say what ties the judge to the entry."))]
    )


def stored_judge(judge: Judge) -> dict[str, Any]:  # Any: a value of any column
    """Return what fills a form for a judge that exists."""
    names = ("organisation_name", "topics", "languages", "max_load", "expected_load")
    return {**{name: getattr(judge, name) for name in names}, "economy_code": judge.economy_code or ""}


def stored_person(judge: Judge) -> dict[str, str]:
    """Return what the organiser typed about an invited person, for the fields of a new account.

    Words in capitals are the family name, else the last word is; the person sees and corrects it.
    """
    words = judge.name.split()
    capitals = [word for word in words if word.isupper() and len(word) > 1]
    family = capitals if 0 < len(capitals) < len(words) else words[-1:]
    origin = f"economy:{judge.economy_code}" if judge.economy_code else ""
    given = " ".join(word for word in words if word not in family)
    return {"given_name": given, "family_name": " ".join(family), "origin": origin}


def economy_choices() -> list[SelectChoice]:
    """Return the member economies in protocol order, and none of them."""
    return [
        SelectChoice("", _("None of the member economies")),
        *(SelectChoice(each.code, each.short_name) for each in economies_in_order()),
    ]
