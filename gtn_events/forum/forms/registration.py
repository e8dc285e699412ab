"""The fixed steps of a registration: category, name, organisation, side events, consent."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from gtn_events.accounts.domain.names import NAME_LANGUAGES
from gtn_events.accounts.enums import Gender, OrganisationKind
from gtn_events.core.economies import DelegationClass, Economy
from gtn_events.core.forms import Form
from gtn_events.core.text import clean_text

from ..domain.bookings import clashes_among
from ..models import ForumCategory, SideEvent
from ..queries.bookings import Engagement

OTHER_CLASSES = tuple(each for each in DelegationClass if each is not DelegationClass.ECONOMY)


def _clean(value: str | None) -> str:
    return " ".join(clean_text(value or "").split())


def _text(label: Any, *validators: Any, description: Any = "", **keywords: Any) -> StringField:  # Any: WTForms' own
    return StringField(label, [*validators], filters=[_clean], description=description, **keywords)


class CategoryForm(Form):
    """As what the person comes."""

    category = RadioField(_l("I come as"), [InputRequired(_l("Choose what you come as."))])

    def offer(self, categories: Sequence[ForumCategory]) -> None:
        """Set the categories that people may choose for themselves."""
        self.category.choices = [SelectChoice(each.key, each.label) for each in categories]


class NameForm(Form):
    """How the person is called and whom they come for; what stands on the badge."""

    honorific = SelectField(
        _l("Honorific"),
        [Optional()],
        description=_l("Optional"),
        choices=[SelectChoice(each) for each in ("", "Mr", "Ms", "Mrs", "Mx", "Dr", "Prof", "Assoc. Prof.", "H.E.")],
    )
    given_name = _text(
        _l("Given names"),
        Length(max=100, message=_l("Given names can have at most 100 letters.")),
        description=_l("As in your passport"),
        render_kw={"autocomplete": "given-name"},
    )
    family_name = _text(
        _l("Family name"),
        DataRequired(_l("Write your family name. It is empty.")),
        Length(max=100, message=_l("A family name can have at most 100 letters.")),
        description=_l("Printed in capitals. If you have one name only, write it here."),
        render_kw={"autocomplete": "family-name"},
    )
    own_script_name = _text(
        _l("Name in your own script"),
        Length(max=150, message=_l("This name can have at most 150 letters.")),
        description=_l("Only if it is written differently, for example 陳美玲, สุภาพร or Елена"),
    )
    own_script_language = SelectField(
        _l("Language of that name"),
        [Optional()],
        description=_l("So that it is printed with the right forms"),
        choices=[
            SelectChoice("", _l("Find out from the letters")),
            *(SelectChoice(tag, label) for tag, label in NAME_LANGUAGES.items()),
        ],
    )
    economy = SelectField(
        _l("Economy"),
        [InputRequired(_l("Choose the economy you come for."))],
        description=_l("The economy you come for, not your passport."),
    )
    gender = RadioField(
        _l("Gender"),
        [InputRequired(_l("Choose one; you can prefer not to say."))],
        description=_l("Reported only as totals by economy; numbers below 3 are never published."),
        choices=[SelectChoice(each.value, each.label) for each in Gender],
    )
    photo = FileField(_l("Photograph for the badge"), description=_l("JPEG or PNG, at most 5 MB. Optional."))

    def offer(self, economies: Sequence[Economy]) -> None:
        """Set the economies in protocol order, then the classes without one."""
        self.economy.choices = [
            SelectChoice("", _l("Choose…")),
            *(SelectChoice(each.code, each.short_name) for each in economies),
            *(SelectChoice(f"class:{each.value}", each.label) for each in OTHER_CLASSES),
        ]


class OrganisationForm(Form):
    """Where the person works; the questionnaire's own questions of this step stand below."""

    organisation_name = _text(
        _l("Organisation"),
        DataRequired(_l("Write the name of your organisation, or “none”.")),
        Length(max=200, message=_l("The name can have at most 200 letters.")),
        description=_l("As on its letterhead"),
        render_kw={"autocomplete": "organization"},
    )
    organisation_kind = SelectField(
        _l("Kind of organisation"),
        [InputRequired(_l("Choose what kind of organisation it is."))],
        choices=[
            SelectChoice("", _l("Choose…")),
            *(SelectChoice(each.value, each.label) for each in OrganisationKind),
        ],
    )
    position = _text(
        _l("Your position"),
        Length(max=150, message=_l("A position can have at most 150 letters.")),
        description=_l("Optional"),
        render_kw={"autocomplete": "organization-title"},
    )


class SideEventsForm(Form):
    """Which side events the person would like to come to."""

    side_events = SelectMultipleField(
        _l("Side events"),
        coerce=int,
        validate_choice=False,  # WTForms would stop at its own sentence and keep the others for a second round
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, side_events: Sequence[SideEvent], *, speaking: Sequence[Engagement]) -> None:
        """Set the published side events of the forum, and when the person speaks there."""
        self.side_events.choices = [SelectChoice(each.id, each.title) for each in side_events]
        self._offered = {each.id: each for each in side_events}
        self._speaking = speaking

    def validate(self, extra_validators: Any = None) -> bool:  # Any: WTForms' own signature
        """Check that everything chosen is offered and that no two things are at the same time; say all of it."""
        valid = bool(super().validate(extra_validators))
        field, chosen = self.side_events, set(self.side_events.data or ())
        problems = [
            _("%(one)s and %(other)s are at the same time. Choose one of them.", one=one.title, other=other.title)
            for one, other in clashes_among([self._offered[key] for key in chosen & set(self._offered)], self._speaking)
        ]
        if chosen - set(self._offered):
            problems.append(_("Something you chose is not offered any more. The list shows what is; save it anew."))
        field.errors = [*field.errors, *problems]
        return valid and not problems


class ConsentForm(Form):
    """What the person agrees to before sending."""

    consent = BooleanField(
        _l("I have read the privacy notice and agree to it."),
        [InputRequired(_l("Tick this to send your registration. Without it nothing is sent."))],
    )
    listed_publicly = BooleanField(
        _l("Show my name, organisation and economy in the list of participants."), description=_l("Optional")
    )
