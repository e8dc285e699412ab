"""Whom a coordinator nominates."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import NumberRange, Optional

from gtn_events.accounts.enums import Gender, OrganisationKind
from gtn_events.accounts.forms.base import at_most, filled, one_line, text_field
from gtn_events.accounts.forms.versioned import VersionedForm
from gtn_events.core.text import clean_text
from gtn_events.forum.enums import DelegationFunction, Funding
from gtn_events.forum.models import ForumCategory

from ..domain.nominations import NEEDED, Nominee, funding_refusal
from ..domain.sheet_columns import HONORIFICS, LAST_RANK
from ..models import Delegation, Nomination


def _text(value: Any) -> Any:  # Any: WTForms hands over whatever came in
    return clean_text(value).strip() if isinstance(value, str) else value


class NominationForm(VersionedForm):
    """One person; ``offer`` says for which categories, and whether APEC may fund them.

    A draft may lack what the host needs to know; with ``is_whole`` each gap is told at its field.
    """

    is_whole = False

    email = EmailField(
        _l("E-mail address"),
        filters=[one_line],
        validators=[filled(_l("Write their address.")), at_most(320)],
        description=_l("The person's own: the link with which they register goes there."),
    )
    category = SelectField(_l("Category"))
    honorific = SelectField(_l("Honorific"), [Optional()], choices=[SelectChoice(each) for each in ("", *HONORIFICS)])
    given_name = text_field(_l("Given names"), most=100, description=_l("As in the passport"))
    family_name = text_field(
        _l("Family name"), most=100, description=_l("As in the passport; a single name stands here")
    )
    own_script_name = text_field(_l("Name in own script"), most=150)
    gender = RadioField(_l("Gender"), [Optional()], choices=[SelectChoice(each.value, each.label) for each in Gender])
    position = text_field(_l("Position"), most=120)
    organisation_name = text_field(_l("Organisation"), most=120)
    organisation_kind = SelectField(
        _l("Kind of organisation"),
        [Optional()],
        choices=[
            SelectChoice("", _l("Choose…")),
            *(SelectChoice(each.value, each.label) for each in OrganisationKind),
        ],
    )
    function = SelectField(
        _l("Function in the delegation"),
        choices=[SelectChoice(each.value, each.label) for each in DelegationFunction],
        default=DelegationFunction.DELEGATE.value,
    )
    rank = IntegerField(
        _l("Rank"),
        [Optional(), NumberRange(1, LAST_RANK, _l("Write a number from 1 to %(max)d."))],
        description=_l("1 stands first among those of the same function; without one the name decides."),
    )
    reserve = BooleanField(_l("In reserve: comes only if somebody else does not"))
    funding = RadioField(_l("Who pays for the travel"), default=Funding.OWN.value)
    relevance = TextAreaField(
        _l("Why this person"),
        filters=[_text],
        validators=[at_most(1_500)],
        description=_l("What their duties have to do with the forum; about 150 words"),
    )
    remarks = TextAreaField(
        _l("Remarks"),
        filters=[_text],
        validators=[at_most(1_500)],
        description=_l("For yourselves: the person does not see them."),
    )

    def offer(self, delegation: Delegation, categories: Sequence[ForumCategory]) -> None:
        """Fill in the choices; where APEC funds nobody, the field says why."""
        self.category.choices = [SelectChoice(str(each.id), each.label) for each in categories]
        why_not = funding_refusal(delegation.economy)
        offered = (Funding.OWN,) if why_not else (Funding.OWN, Funding.APEC)
        self.funding.choices = [SelectChoice(each.value, each.label) for each in offered]
        self.funding.description = why_not

    def validate(self, extra_validators: Any = None) -> bool:  # Any: WTForms' own signature
        """Check every field, and that nothing is missing where nothing may."""
        valid = super().validate(extra_validators)
        gaps = [(self[name], words) for name, words in NEEDED if self.is_whole and not self[name].data]
        for field, words in gaps:
            field.errors = [*field.errors, words]
        return valid and not gaps

    def nominee(self, categories: Sequence[ForumCategory]) -> Nominee:
        """Return what was typed, for the domain; the form is valid."""
        return Nominee(
            email=self.email.data,
            category=next(each for each in categories if str(each.id) == self.category.data),
            honorific=self.honorific.data or "",
            given_name=self.given_name.data or "",
            family_name=self.family_name.data or "",
            own_script_name=self.own_script_name.data or "",
            gender=self.gender.data or "",
            position=self.position.data or "",
            organisation_name=self.organisation_name.data or "",
            organisation_kind=self.organisation_kind.data or "",
            function=DelegationFunction(self.function.data),
            rank=self.rank.data,
            reserve=self.reserve.data,
            funding=Funding(self.funding.data),
            relevance=self.relevance.data or "",
            remarks=self.remarks.data or "",
        )


def first_values(nomination: Nomination) -> dict[str, Any]:  # Any: values of fields
    """Return the values of the form for a nomination that is there."""
    plain = (
        "email",
        "honorific",
        "given_name",
        "family_name",
        "own_script_name",
        "gender",
        "position",
        "organisation_name",
        "organisation_kind",
        "rank",
        "reserve",
        "relevance",
        "remarks",
    )
    return {name: getattr(nomination, name) for name in plain} | {
        "category": str(nomination.category_id),
        "function": nomination.function.value,
        "funding": nomination.funding.value,
    }
