"""The draft of an agreement in four parts: the plan, what it takes, the terms, the parties; and signing it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import EmailField, FieldList, FormField, HiddenField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional, ValidationError

from gtn_events.accounts.domain.addresses import parse_address
from gtn_events.accounts.forms.base import Form, at_most, filled, one_line, text_field
from gtn_events.accounts.forms.days import DayField
from gtn_events.core.errors import DomainError

from ..domain.activity_plan import plan_of
from ..domain.agreement_defaults import signatories_of
from ..domain.agreements import Signatory
from ..enums import PartyRole
from ..models import Agreement
from .base import many_lines

BLANK_ROWS = 2
PARTS = ("plan", "means", "terms", "parties")
ROLES = [SelectChoice(role.value, role.label) for role in PartyRole]


class Row(Form):
    """One row of a list; an empty one is left out."""

    class Meta(Form.Meta):
        """Part of a form that is checked as a whole."""

        csrf = False


def _long(label: Any, *, most: int = 2_000, rows: int = 2, description: Any = "") -> TextAreaField:  # Any: lazy texts
    return TextAreaField(
        label, filters=[many_lines], validators=[at_most(most)], description=description, render_kw={"rows": rows}
    )


class ActivityRow(Row):
    """One activity: from when to when, what, where, with whom, and what comes out."""

    begins = DayField(_l("From"), [Optional()])
    ends = DayField(_l("To"), [Optional()])
    what = _long(_l("What is done"), most=500)
    where = text_field(_l("Where"), most=200)
    host = text_field(_l("Who at the host"), most=200)
    guest = text_field(_l("Who of the firm"), most=200)
    output = text_field(_l("What comes out"), most=300)

    def validate_ends(self, field: Any) -> None:  # Any: a field
        """Let an activity end after it begins."""
        if field.data and self.begins.data and field.data < self.begins.data:
            raise ValidationError(_l("It cannot end before it begins."))


class GiveRow(Row):
    """What one party gives."""

    who = SelectField(_l("Who gives"), choices=ROLES, default=PartyRole.HOST.value)
    what = text_field(_l("What"), most=300)
    terms = text_field(_l("On which terms"), most=200)


class CostRow(Row):
    """What is paid, and by whom."""

    what = text_field(_l("For what"), most=300)
    who = SelectField(_l("Who pays"), choices=ROLES, default=PartyRole.FIRM.value)
    amount = text_field(_l("How much"), most=100)


class TargetRow(Row):
    """A figure, where it stands, and where it is to go."""

    name = text_field(_l("What is counted"), most=200)
    unit = text_field(_l("Unit"), most=60)
    begins = text_field(_l("Now"), most=60)
    ends = text_field(_l("Target"), most=60)


class ClauseRow(Row):
    """A clause with its heading."""

    heading = text_field(_l("Heading"), most=120)
    text = _long(_l("Text"), most=5_000, rows=4)


class PartyRow(Row):
    """Who signs, and for whom."""

    role = SelectField(_l("Part"), choices=ROLES, default=PartyRole.FUNDER.value)
    organisation = text_field(_l("Organisation"), most=200)
    name = text_field(_l("Who signs"), most=200)
    email = EmailField(_l("E-mail address"), filters=[one_line], validators=[Optional(), at_most(320)])

    def validate_email(self, field: Any) -> None:  # Any: a field
        """Take addresses that mail can reach."""
        try:
            parse_address(field.data)
        except DomainError as error:
            raise ValidationError(error.message) from None


class DraftForm(Form):
    """A part of the draft; ``seen`` tells which state of it the person looked at."""

    seen = HiddenField()

    def parts(self, agreement: Agreement) -> dict[str, Any]:  # Any: what ``change_draft`` takes
        """Return the draft with what the form holds in place of its part."""
        return {"clauses": agreement.clauses, "plan": agreement.plan, "parties": signatories_of(agreement)}


class PlanForm(DraftForm):
    """What the stay is for, and what is done when."""

    goals = FieldList(text_field(_l("Goal"), most=300), max_entries=8)
    learning = _long(_l("What the firm wants to learn"), rows=3)
    activities = FieldList(FormField(ActivityRow), max_entries=30)

    def parts(self, agreement: Agreement) -> dict[str, Any]:  # Any: as above
        """Return the draft with goals and activities."""
        rows = [_with_days(row) for row in self.activities.data]
        given = {"goals": [goal or "" for goal in self.goals.data], "learning": self.learning.data, "activities": rows}
        return super().parts(agreement) | {"plan": plan_of({**agreement.plan, **given})}


class MeansForm(DraftForm):
    """What each gives and pays, what is counted, and what can go wrong."""

    gives = FieldList(FormField(GiveRow), max_entries=30)
    costs = FieldList(FormField(CostRow), max_entries=20)
    figures = FieldList(FormField(TargetRow), max_entries=20)
    risks = _long(_l("What can go wrong, and what is done then"), rows=4)

    def parts(self, agreement: Agreement) -> dict[str, Any]:  # Any: as above
        """Return the draft with what it takes."""
        figures = [row | {"from": row["begins"], "to": row["ends"]} for row in self.figures.data]
        given = {"gives": self.gives.data, "costs": self.costs.data, "figures": figures, "risks": self.risks.data}
        return super().parts(agreement) | {"plan": plan_of({**agreement.plan, **given})}


class TermsForm(DraftForm):
    """The clauses."""

    clauses = FieldList(FormField(ClauseRow), max_entries=40)

    def parts(self, agreement: Agreement) -> dict[str, Any]:  # Any: as above
        """Return the draft with the clauses; one without any word is left out."""
        rows = [{"heading": row["heading"] or "", "text": row["text"] or ""} for row in self.clauses.data]
        return super().parts(agreement) | {"clauses": [row for row in rows if row["heading"] or row["text"]]}


class PartiesForm(DraftForm):
    """Who signs."""

    parties = FieldList(FormField(PartyRow), max_entries=6)

    def parts(self, agreement: Agreement) -> dict[str, Any]:  # Any: as above
        """Return the draft with the parties; one without organisation, name and address is left out."""
        rows = [row for row in self.parties.data if row["organisation"] or row["name"] or row["email"]]
        parties = [
            Signatory(PartyRole(row["role"]), row["organisation"] or "", row["name"] or "", row["email"] or "")
            for row in rows
        ]
        return super().parts(agreement) | {"parties": parties}


class SigningForm(Form):
    """A typed name, the text that was read, and a signed copy when it was signed on paper."""

    typed_name = text_field(
        _l("Your name, as it stands in the agreement"), most=200, validators=[filled(_l("Type your name."))]
    )
    file = FileField(
        _l("Signed copy"),
        description=_l("Only when you signed on paper: a PDF with at most 60 pages and 10 MB. Optional."),
    )
    sha256 = HiddenField()


class PaperForm(Form):
    """A copy that a party signed on paper."""

    file = FileField(_l("Signed copy"), [FileRequired(_l("Choose a PDF."))])


def part_form(part: str, agreement: Agreement) -> DraftForm:
    """Return the form of a part, filled from the draft, with empty rows to add to."""
    plan = agreement.plan
    blank: list[dict[str, str]] = [{}] * BLANK_ROWS
    data: dict[str, Any]  # Any: values of fields
    if part == "plan":
        rows = [row | {"begins": _day(row["from"]), "ends": _day(row["to"])} for row in plan.get("activities", ())]
        data = {"goals": [*plan.get("goals", ()), ""], "learning": plan.get("learning"), "activities": [*rows, *blank]}
        return PlanForm(data=data | {"seen": agreement.lock_version})
    if part == "means":
        figures = [row | {"begins": row["from"], "ends": row["to"]} for row in plan.get("figures", ())]
        data = {name: [*plan.get(name, ()), *blank] for name in ("gives", "costs")}
        data |= {"figures": [*figures, *blank], "risks": plan.get("risks")}
        return MeansForm(data=data | {"seen": agreement.lock_version})
    if part == "terms":
        return TermsForm(data={"clauses": [*agreement.clauses, {}], "seen": agreement.lock_version})
    parties = [
        {"role": each.role.value, "organisation": each.organisation_name, "name": each.name, "email": each.email}
        for each in agreement.parties
    ]
    return PartiesForm(data={"parties": [*parties, {}], "seen": agreement.lock_version})


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _with_days(row: Mapping[str, Any]) -> dict[str, Any]:  # Any: values of fields
    days = {"from": row["begins"], "to": row["ends"]}
    return {**row, **{name: day.isoformat() if day else "" for name, day in days.items()}}
