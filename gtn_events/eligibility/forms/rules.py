"""The rules of eligibility as an organiser sets them: each kind once, and rules on answers one by one."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FloatField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from gtn_events.accounts.forms.base import Form, one_line
from gtn_events.core.economies import economies_in_order
from gtn_events.questionnaire.domain.questions import QuestionSpec
from gtn_events.questionnaire.enums import QuestionKind

from ..domain.rules import SIZES, Rule
from ..enums import RuleComparison, RuleKind

_YEARS = NumberRange(1, 200, _l("Write a number of years from 1 to 200."))
NUMBER_FIELDS = {
    RuleKind.YEARS_AT_MOST: "years_at_most",
    RuleKind.YEARS_AT_LEAST: "years_at_least",
    RuleKind.TEAM: "team_at_least",
}
YES_FIELDS = {
    RuleKind.NO_PREVIOUS_WINNER: "no_previous_winner",
    RuleKind.WOMAN_IN_TEAM: "woman_in_team",
    RuleKind.PARTNER_ECONOMY: "partner_economy",
}


class CheckboxesField(SelectMultipleField):
    """Several of a list, each with its box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class EligibilityForm(Form):
    """The rules of which there is one each; what is left empty is no rule."""

    economies = CheckboxesField(
        _l("Economies that may enter"), description=_l("None chosen: every member economy may enter.")
    )
    sizes = CheckboxesField(
        _l("Sizes of firms that may enter"),
        choices=[SelectChoice(value, label) for value, label in SIZES.items()],
        description=_l("None chosen: firms of every size may enter."),
    )
    years_at_most = IntegerField(_l("Founded at most so many years before the close"), [Optional(), _YEARS])
    years_at_least = IntegerField(_l("Founded at least so many years before the close"), [Optional(), _YEARS])
    team_at_least = IntegerField(
        _l("People in the team, at least"), [Optional(), NumberRange(1, 50, _l("Write a number from 1 to 50."))]
    )
    woman_in_team = BooleanField(_l("At least one woman is in the team"))
    partner_economy = BooleanField(_l("At least one partner comes from another economy"))
    no_previous_winner = BooleanField(
        _l("Who won an earlier edition may not enter"),
        description=_l("The person or the firm holds an award of an edition that this one was made from."),
    )
    ownership_question = SelectField(
        _l("Question that asks for a share"), description=_l("A question of the entry form answered with a number.")
    )
    ownership_at_least = FloatField(
        _l("The share is at least, in per cent"),
        [Optional(), NumberRange(0, 100, _l("Write a share from 0 to 100."))],
    )

    def offer(
        self, questions: Mapping[str, QuestionSpec], rules: Sequence[Rule], *, kinds: Collection[RuleKind]
    ) -> None:
        """Fill in the choices; a question that a rule looks at stays one, even when it is asked no more.

        Only the fields of these ``kinds`` stay; none of the firm's own can be left out.
        """
        for kind, name in (NUMBER_FIELDS | YES_FIELDS).items():
            if kind not in kinds:
                del self[name]
        asked = {key: spec.label for key, spec in questions.items() if spec.kind is QuestionKind.NUMBER}
        kept = {rule.question: rule.label for rule in rules if rule.kind is RuleKind.OWNERSHIP}
        self.economies.choices = [SelectChoice(each.code, each.short_name) for each in economies_in_order()]
        self.ownership_question.choices = [
            SelectChoice("", _l("No such rule")),
            *(SelectChoice(key, label) for key, label in (kept | asked).items()),
        ]

    def rules(self) -> list[Rule]:
        """Return the rules that were set."""
        found: list[Rule] = []
        for kind, name in ((RuleKind.ECONOMY, "economies"), (RuleKind.SIZE, "sizes")):
            if chosen := self[name].data:
                found.append(Rule(kind=kind, values=tuple(chosen)))
        found += [
            Rule(kind=kind, number=self[name].data)
            for kind, name in NUMBER_FIELDS.items()
            if name in self and self[name].data is not None
        ]
        found += [Rule(kind=kind) for kind, name in YES_FIELDS.items() if name in self and self[name].data]
        if key := self.ownership_question.data:
            label = next(str(each.label) for each in self.ownership_question.choices if each.value == key)
            share = self.ownership_at_least.data or 0
            found.append(Rule(kind=RuleKind.OWNERSHIP, question=key, label=label, number=share))
        return found


def stored_rules(rules: Sequence[Rule]) -> dict[str, Any]:  # Any: a value of any field
    """Return what fills the form for rules that are kept."""
    values: dict[str, Any] = {"economies": [], "sizes": [], "ownership_question": ""}
    for rule in rules:
        if rule.kind in NUMBER_FIELDS:
            values[NUMBER_FIELDS[rule.kind]] = int(rule.number)
        elif rule.kind in YES_FIELDS:
            values[YES_FIELDS[rule.kind]] = True
        elif rule.kind is RuleKind.ECONOMY:
            values["economies"] = list(rule.values)
        elif rule.kind is RuleKind.SIZE:
            values["sizes"] = list(rule.values)
        elif rule.kind is RuleKind.OWNERSHIP:
            values |= {"ownership_question": rule.question, "ownership_at_least": rule.number}
    return values


class AnswerRuleForm(Form):
    """One more rule on an answer."""

    question = SelectField(_l("Question"), [DataRequired(_l("Choose a question."))])
    comparison = RadioField(
        _l("Its answer"),
        choices=[SelectChoice(each.value, _l(each.label)) for each in RuleComparison],
        default=RuleComparison.IS.value,
    )
    value = StringField(
        _l("Compared with"),
        [Length(max=300)],
        [one_line],
        description=_l("A number, yes or no, the code of an economy, or one of the choices of the question."),
    )

    def offer(self, questions: Mapping[str, QuestionSpec]) -> None:
        """Fill in the questions that are asked now."""
        self.question.choices = [SelectChoice(key, spec.label) for key, spec in questions.items()]

    def rule(self, questions: Mapping[str, QuestionSpec]) -> Rule:
        """Return the rule; a choice may be typed as it is read."""
        spec, comparison = questions[self.question.data], RuleComparison(self.comparison.data)
        typed = (self.value.data or "").casefold()
        by_label = {option.label.casefold(): option.value for option in spec.options}
        value = by_label.get(typed, typed if spec.kind is QuestionKind.YES_NO else self.value.data or "")
        return Rule(
            kind=RuleKind.ANSWER,
            question=spec.key,
            label=spec.label,
            comparison=comparison,
            value="" if comparison is RuleComparison.ANSWERED else value,
        )
