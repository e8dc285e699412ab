"""The fixed steps of an entry: category and eligibility, the firm, the entry, the team, the declaration."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    TextAreaField,
    URLField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import URL, InputRequired, NumberRange, Optional, ValidationError

from gtn_events.accounts.domain.names import NAME_LANGUAGES
from gtn_events.accounts.enums import Gender, OrganisationSize
from gtn_events.accounts.forms.base import Form, at_most, filled, one_line, text_field
from gtn_events.accounts.forms.checkboxes import CheckboxesField, chosen
from gtn_events.core.economies import Economy

from ..domain.entry_submission import MOST_MEMBERS
from ..models import CompetitionCategory, DeclarationText

SUMMARY_WORDS = 25
OLDEST_FIRM, NEWEST_FIRM = 1800, 2100


class EligibilityForm(Form):
    """In which category, and what the rules of the call look at."""

    category = RadioField(_l("Category"), [InputRequired(_l("Choose a category."))])
    categories = CheckboxesField(
        _l("Categories"), validators=[chosen(_l("Choose at least one category."))], description=_l("One or several.")
    )
    economy = SelectField(
        _l("Economy"),
        [InputRequired(_l("Choose the economy in which the firm is registered."))],
        description=_l("Where the firm is registered."),
    )
    size = SelectField(
        _l("Employees"),
        [InputRequired(_l("Choose how many people the firm employs."))],
        choices=[
            SelectChoice("", _l("Choose…")),
            *(SelectChoice(each.value, each.label) for each in OrganisationSize),
        ],
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

    def offer(self, categories: Sequence[CompetitionCategory], economies: Sequence[Economy], *, several: bool) -> None:
        """Set the categories of the call, one or several of which can be chosen, and today's economies."""
        used, unused = ("categories", "category") if several else ("category", "categories")
        del self[unused]
        self[used].choices = [SelectChoice(each.key, each.label) for each in categories]
        self.economy.choices = [
            SelectChoice("", _("Choose…")),
            *(SelectChoice(each.code, each.short_name) for each in economies),
        ]

    @property
    def chooser(self) -> Field:
        """The field of the category, or of the categories."""
        return self._fields.get("category") or self._fields["categories"]

    @property
    def chosen_keys(self) -> list[str]:
        """The keys of what was chosen."""
        data = self.chooser.data
        return [data] if isinstance(data, str) else list(data or ())


class FirmForm(Form):
    """The firm, as its own account says it at first; copied, so that a past entry does not change with a profile."""

    organisation_name = text_field(
        _l("Name of the firm"),
        most=200,
        validators=[filled(_l("Write the name of the firm. It is empty."))],
        description=_l("As it is registered."),
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


class EntryForm(Form):
    """What is entered, in a title and one line."""

    title = text_field(
        _l("Title of the entry"),
        most=150,
        validators=[filled(_l("Write a title. It is empty."))],
        description=_l("What it is, not the name of the firm: judges may not see who you are."),
    )
    summary = TextAreaField(
        _l("In one line"),
        filters=[one_line],
        validators=[filled(_l("Say in one line what it is. It is empty.")), at_most(500)],
        description=_l("At most 25 words."),
        render_kw={"rows": 2},
    )
    languages = CheckboxesField(
        _l("Languages of the entry and its files"),
        validators=[chosen(_l("Choose the language you write in."))],
        choices=[SelectChoice(tag, label) for tag, label in NAME_LANGUAGES.items()],
        description=_l("So that judges who read them are found."),
    )
    video_url = URLField(
        _l("Video"),
        filters=[one_line],
        description=_l("A link that starts with https://. Optional."),
        validators=[Optional(), URL(message=_l("Write the whole address, with https:// in front.")), at_most(300)],
    )

    def validate_summary(self, field: Field) -> None:
        """Count the words."""
        count = len((field.data or "").split())
        if count > SUMMARY_WORDS:
            raise ValidationError(
                _("Write at most %(limit)s words; these are %(count)s.", limit=SUMMARY_WORDS, count=count)
            )

    def validate_video_url(self, field: Field) -> None:
        """Take links that browsers open safely, and no others."""
        if field.data and not field.data.lower().startswith("https://"):
            raise ValidationError(_("The link must start with https://."))


class MemberForm(Form):
    """Somebody of the team, or a partner from elsewhere."""

    class Meta(Form.Meta):
        """Part of a form that is checked as a whole."""

        csrf = False

    name = text_field(_l("Name"), most=200, validators=[filled(_l("Write a name, or remove this person."))])
    role = text_field(_l("Role"), most=150, description=_l("What they do for this entry."))
    gender = SelectField(
        _l("Gender"),
        choices=[SelectChoice(each.value, each.label) for each in Gender],
        default=Gender.NOT_SAID.value,
        description=_l("Reported only as totals."),
    )
    economy = SelectField(_l("Economy"), default="", description=_l("Where they work."))
    organisation_name = text_field(
        _l("Organisation"), most=200, description=_l("If it is not the firm: a partner, a university.")
    )


class TeamForm(Form):
    """The people behind an entry, one to ten."""

    members = FieldList(FormField(MemberForm), min_entries=1, max_entries=MOST_MEMBERS)

    def offer(self, economies: Sequence[Economy]) -> None:
        """Set today's economies for every person."""
        choices = [SelectChoice("", _("Not said")), *(SelectChoice(each.code, each.short_name) for each in economies)]
        for member in self.members:
            member.form.economy.choices = choices


class DeclarationForm(Form):
    """Who declares what: the text that was shown, a typed name and a tick."""

    text = HiddenField()
    declared_by = text_field(
        _l("Your name, typed as a signature"),
        most=200,
        validators=[filled(_l("Type your name. It stands under the declaration."))],
    )
    agree = BooleanField(
        _l("I declare this for the firm."), [InputRequired(_l("Tick this. Without it nothing is sent."))]
    )

    def offer(self, text: DeclarationText | None) -> None:
        """Set the text that has to be declared now."""
        self._text = text

    def validate(self, extra_validators: Any = None) -> bool:  # Any: WTForms' own signature
        """Check the fields, and that the text is still the one that was shown."""
        valid = super().validate(extra_validators)
        if self._text is not None and self.text.data != str(self._text.id):
            self.agree.errors = [_("The declaration was changed since. Read it and declare it anew.")]
            return False
        return valid
