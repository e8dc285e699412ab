"""What an organiser types about the criteria of a call."""

from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DecimalField, FieldList, FormField, HiddenField, TextAreaField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, NumberRange

from gtn_events.accounts.forms.base import Form, at_most, filled, text_field

from ..domain.criteria import CriterionSpec
from .base import many_lines

MOST_CRITERIA = 20


class CriterionForm(PlainForm):
    """One criterion. It stands inside the form of all of them, which carries the token."""

    key = HiddenField()
    label = text_field(_l("Criterion"), most=120, validators=[filled(_l("Give the criterion a name."))])
    question = text_field(_l("Question to the host"), most=300)
    weight = DecimalField(
        _l("Weight"),
        [InputRequired(_l("Give it a weight.")), NumberRange(0, 100, _l("Write a weight from 0 to 100."))],
        places=None,
    )
    levels = TextAreaField(
        _l("What each point means"),
        [filled(_l("Describe every point.")), at_most(3000)],
        [many_lines],
        description=_l("One line for each point, the lowest first."),
    )

    def spec(self) -> CriterionSpec:
        """Return what was typed, for the domain."""
        return CriterionSpec(
            key=(self.key.data or "")[:40],
            label=self.label.data or "",
            question=self.question.data or "",
            weight=self.weight.data if self.weight.data is not None else Decimal(0),
            levels=tuple(" ".join(line.split()) for line in (self.levels.data or "").split("\n") if line.strip()),
        )


class CriteriaForm(Form):
    """All criteria of a call at once, because their weights add up."""

    criteria = FieldList(FormField(CriterionForm), max_entries=MOST_CRITERIA)

    def specs(self) -> list[CriterionSpec]:
        """Return what was typed, for the domain; whatever cannot be read counts as empty."""
        return [each.form.spec() for each in self.criteria]

    @property
    def weight_sum(self) -> Decimal:
        """What the typed weights add up to."""
        return sum((each.form.weight.data or Decimal(0) for each in self.criteria), Decimal(0))

    def arrange(self, act: str) -> None:
        """Do what a button beside a criterion says: ``add``, ``remove-2``, ``up-2`` or ``down-2``; nothing else."""
        verb, _dash, number = act.partition("-")
        rows: list[dict[str, Any]] = [each.form.data for each in self.criteria]  # Any: values of any field
        place = int(number) if number.isascii() and number.isdecimal() and int(number) < len(rows) else None
        if verb == "add" and len(rows) < MOST_CRITERIA:
            rows.append({})
        elif verb == "remove" and place is not None:
            del rows[place]
        elif verb in {"up", "down"} and place is not None:
            other = place + (-1 if verb == "up" else 1)
            if 0 <= other < len(rows):
                rows[place], rows[other] = rows[other], rows[place]
        while self.criteria.entries:
            self.criteria.pop_entry()
        for row in rows:
            self.criteria.append_entry(row)


def stored_criteria(specs: tuple[CriterionSpec, ...]) -> dict[str, Any]:  # Any: values of any field
    """Return what fills the form for criteria that exist."""
    return {"criteria": [{**each.__dict__, "levels": "\n".join(each.levels)} for each in specs]}
