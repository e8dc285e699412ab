"""What an organiser types about the criteria of a round."""

from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DecimalField, FieldList, FormField, HiddenField, IntegerField, TextAreaField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, NumberRange, Optional

from gtn_events.accounts.forms.base import Form, at_most, filled, text_field
from gtn_events.core.text import clean_text

from ..domain.rubrics import CriterionSpec

MOST_CRITERIA = 60
_POINT = _l("Write a whole number from 0 to 1,000.")


def _many_lines(text: str | None) -> str:
    return clean_text(text or "")


class CriterionForm(PlainForm):
    """One criterion. It stands inside the form of all of them, which carries the token."""

    key = HiddenField()
    label = text_field(_l("Criterion"), most=120, validators=[filled(_l("Give the criterion a name."))])
    heading = text_field(_l("Heading"), most=80, description=_l("Gathers criteria, such as Strategy."))
    question = text_field(_l("Question to the judge"), most=300)
    weight = DecimalField(
        _l("Weight"),
        [InputRequired(_l("Give it a weight.")), NumberRange(0, 100, _l("Write a weight from 0 to 100."))],
        places=None,
    )
    lowest = IntegerField(
        _l("Scale from"), [InputRequired(_l("Say where the scale begins.")), NumberRange(0, 1000, _POINT)]
    )
    highest = IntegerField(_l("to"), [InputRequired(_l("Say where the scale ends.")), NumberRange(0, 1000, _POINT)])
    levels = TextAreaField(
        _l("What each point means"),
        [filled(_l("Describe every point of the scale.")), at_most(7000)],
        [_many_lines],
        description=_l("One line for each point, from the lowest to the highest."),
    )
    comment_required_below = IntegerField(_l("Comment needed below"), [Optional(), NumberRange(0, 1000, _POINT)])
    comment_required_above = IntegerField(_l("Comment needed above"), [Optional(), NumberRange(0, 1000, _POINT)])

    def spec(self) -> CriterionSpec:
        """Return what was typed, for the domain."""
        return CriterionSpec(
            key=self.key.data or "",
            heading=self.heading.data or "",
            label=self.label.data or "",
            question=self.question.data or "",
            weight=self.weight.data if self.weight.data is not None else Decimal(0),
            lowest=self.lowest.data if self.lowest.data is not None else 1,
            highest=self.highest.data if self.highest.data is not None else 5,
            levels=tuple(" ".join(line.split()) for line in (self.levels.data or "").split("\n") if line.strip()),
            comment_required_below=self.comment_required_below.data,
            comment_required_above=self.comment_required_above.data,
        )


class RubricForm(Form):
    """All criteria of a round at once, because their weights add up."""

    criteria = FieldList(FormField(CriterionForm), max_entries=MOST_CRITERIA)
    as_new_version = BooleanField(_l("Save as a new version"))
    reason = text_field(_l("Why they change"), most=300)

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
        place = int(number) if number.isdecimal() and int(number) < len(rows) else None
        if verb == "add" and len(rows) < MOST_CRITERIA:
            rows.append({"lowest": 1, "highest": 5})
        elif verb == "remove" and place is not None:
            del rows[place]
        elif verb in {"up", "down"} and place is not None:
            other = place + (-1 if verb == "up" else 1)
            if 0 <= other < len(rows):
                rows[place], rows[other] = rows[other], rows[place]
        self._fill(rows)

    def _fill(self, rows: list[dict[str, Any]]) -> None:  # Any: values of any field
        while self.criteria.entries:
            self.criteria.pop_entry()
        for row in rows:
            self.criteria.append_entry(row)


def stored_rubric(specs: tuple[CriterionSpec, ...]) -> dict[str, Any]:  # Any: values of any field
    """Return what fills the form for criteria that exist."""
    return {"criteria": [{**each.__dict__, "levels": "\n".join(each.levels)} for each in specs]}
