"""The editor's form for one question: common fields, and those of its kind."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget, NumberInput

from gtn_events.core.errors import DomainError
from gtn_events.core.forms import Form
from gtn_events.core.uploads import FileKind

from ..domain.conditions import comparisons_for
from ..domain.keys import key_from
from ..domain.questions import Condition, Limits, Option, QuestionSpec
from ..domain.rules import LONGEST_ANSWER
from ..enums import Comparison, QuestionKind
from ..queries.versions import Step
from .fields import cleaned

MEGABYTE = 1024 * 1024
LIMIT_NAMES = (
    "min_length",
    "max_length",
    "max_words",
    "minimum",
    "maximum",
    "earliest",
    "latest",
    "max_choices",
    "accept",
    "max_pages",
)
TOO_LONG = _l("Write at most %(max)d characters.")


class QuestionEditForm(Form):
    """What every question has. ``kind`` is given by the page, not by a field."""

    kind: QuestionKind

    label = StringField(
        _l("Question"),
        filters=[cleaned],
        validators=[DataRequired(_l("Write the question. It is empty.")), Length(max=300, message=TOO_LONG)],
    )
    help = TextAreaField(
        _l("Help"),
        description=_l("Stands below the question: why you ask, or an example."),
        filters=[cleaned],
        validators=[Length(max=1_000, message=TOO_LONG)],
    )
    step = SelectField(_l("Step of the form"))
    required = BooleanField(_l("An answer is required"))
    sensitive = BooleanField(
        _l("Sensitive"),
        description=_l("Kept apart, hidden in lists, and deleted on the date set for it: meals, health, passport."),
    )
    condition = SelectField(
        _l("When it is asked"),
        description=_l("It can depend on a question that is asked earlier."),
    )

    def offer(self, *, steps: Sequence[Step], earlier: Sequence[QuestionSpec], economies: Sequence[Any]) -> None:
        """Fill the two lists: the steps, and every condition that earlier questions allow."""
        self.step.choices = [SelectChoice(step.key, step.title) for step in steps]
        self.condition.choices = condition_choices(earlier, {each.code: each.short_name for each in economies})

    def spec(self) -> QuestionSpec:
        """Return what the form says, as a question without a key."""
        return QuestionSpec(
            kind=self.kind,
            label=self.label.data,
            help=self.help.data,
            step=self.step.data,
            required=self.required.data,
            sensitive=self.sensitive.data,
            options=self._options(),
            limits=self._limits(),
            condition=condition_from(self.condition.data),
        )

    def show_refusal(self, error: DomainError) -> None:
        """Put a refusal of the domain at its field, or above the form when it has none."""
        field = self._fields.get(error.field or "")
        if field is None:
            self.form_errors.append(error.message)
        else:
            field.errors = [*field.errors, error.message]

    def _options(self) -> tuple[Option, ...]:
        return options_from(self.options.data) if "options" in self else ()

    def _limits(self) -> Limits:
        given: dict[str, Any] = {name: self[name].data for name in LIMIT_NAMES if name in self}
        for name in ("minimum", "maximum"):
            if given.get(name) is not None:
                given[name] = float(given[name])
        given["accept"] = tuple(given.get("accept") or ())
        if "max_megabytes" in self and self.max_megabytes.data is not None:
            given["max_bytes"] = int(self.max_megabytes.data * MEGABYTE)
        return Limits(**given)


# Every limit up to here is told apart from its neighbours by a float, as which limits are stored.
_A_NUMBER = NumberRange(-(10**15), 10**15, _l("Write a number of at most 15 digits."))


def _whole(label: Any, **more: Any) -> IntegerField:
    rules = [Optional(), NumberRange(min=1, max=LONGEST_ANSWER, message=_l("Write a number from %(min)s to %(max)s."))]
    return IntegerField(label, validators=rules, widget=NumberInput(min=1), **more)


class TextEditForm(QuestionEditForm):
    """A text with limits of length."""

    min_length = _whole(_l("At least so many characters"))
    max_length = _whole(_l("At most so many characters"))
    max_words = _whole(_l("At most so many words"))


class NumberEditForm(QuestionEditForm):
    """A number with its bounds."""

    minimum = DecimalField(_l("Smallest number"), validators=[Optional(), _A_NUMBER], places=None)
    maximum = DecimalField(_l("Largest number"), validators=[Optional(), _A_NUMBER], places=None)


class DateEditForm(QuestionEditForm):
    """A day with its bounds."""

    earliest = DateField(_l("First day"), validators=[Optional()])
    latest = DateField(_l("Last day"), validators=[Optional()])


class OneOfEditForm(QuestionEditForm):
    """A list of which one is chosen."""

    options = TextAreaField(
        _l("Choices"),
        description=_l("One on each line. “value | label” keeps the stored value when the label changes."),
        filters=[cleaned],
        render_kw={"rows": 8},
    )


class SeveralOfEditForm(OneOfEditForm):
    """A list of which several are chosen."""

    max_choices = _whole(_l("At most so many choices"))


class FileEditForm(QuestionEditForm):
    """A file with its kinds and size."""

    accept = SelectMultipleField(
        _l("Kinds of file"),
        description=_l("None chosen means PDF, JPG, PNG and WEBP."),
        choices=[SelectChoice(kind.value, kind.name) for kind in FileKind],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    max_megabytes = DecimalField(
        _l("Largest size in megabytes"),
        validators=[Optional(), NumberRange(min=0.1, max=50, message=_l("Write a size from 0.1 to 50."))],
        places=None,
    )
    max_pages = IntegerField(
        _l("Most pages of a PDF"),
        validators=[Optional(), NumberRange(min=1, max=1000, message=_l("Write a number from %(min)s to %(max)s."))],
        widget=NumberInput(min=1),
        description=_l("Counted when the file arrives."),
    )


FORM_OF: dict[QuestionKind, type[QuestionEditForm]] = {
    QuestionKind.SHORT_TEXT: TextEditForm,
    QuestionKind.LONG_TEXT: TextEditForm,
    QuestionKind.NUMBER: NumberEditForm,
    QuestionKind.DATE: DateEditForm,
    QuestionKind.ONE_OF: OneOfEditForm,
    QuestionKind.SEVERAL_OF: SeveralOfEditForm,
    QuestionKind.FILE: FileEditForm,
}


def edit_form(kind: QuestionKind, *, shown: QuestionSpec | None = None, step: str = "") -> QuestionEditForm:
    """Return the form for a kind, filled with a question that is changed, or for a new one of a step."""
    form_class = FORM_OF.get(kind, QuestionEditForm)
    form = form_class(data=data_of(shown) if shown else {"step": step, "condition": ""})
    form.kind = kind
    return form


def data_of(spec: QuestionSpec) -> dict[str, Any]:
    """Return what the form shows for a question."""
    limits = spec.limits
    data: dict[str, Any] = {name: getattr(limits, name) for name in LIMIT_NAMES}
    return data | {
        "label": spec.label,
        "help": spec.help,
        "step": spec.step,
        "required": spec.required,
        "sensitive": spec.sensitive,
        "options": "\n".join(f"{option.value} | {option.label}" for option in spec.options),
        "accept": list(limits.accept),
        "max_megabytes": limits.max_bytes / MEGABYTE if limits.max_bytes else None,
        "condition": condition_text(spec.condition),
    }


def options_from(text: str) -> tuple[Option, ...]:
    """Read choices, one a line, as ``value | label`` or as a label whose value is made from it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    pairs = [tuple(part.strip() for part in line.split("|", 1)) for line in lines]
    taken = {pair[0] for pair in pairs if len(pair) == 2}
    options = []
    for pair in pairs:
        if len(pair) == 2:
            options.append(Option(pair[0], pair[1]))
            continue
        # The same label twice makes the same value, so that the rule for options can name it.
        same = next((option.value for option in options if option.label == pair[0]), None)
        value = same or key_from(pair[0], taken=taken, fallback="choice").replace("_", "-")
        taken.add(value.replace("-", "_"))
        options.append(Option(value, pair[0]))
    return tuple(options)


def condition_choices(earlier: Sequence[QuestionSpec], economies: Mapping[str, str]) -> list[SelectChoice]:
    """Return every condition on the earlier questions, grouped by question."""
    choices = [SelectChoice("", str(_l("Always")))]
    for source in earlier:
        for comparison in comparisons_for(source.kind):
            for value, label in _answers(source, comparison, economies):
                text = condition_text(Condition(source.key, comparison, value))
                words = COMPARISON_WORDS[comparison] % {"question": source.label, "answer": label}
                choices.append(SelectChoice(text, words, optgroup=source.label))
    return choices


def condition_text(condition: Condition | None) -> str:
    """Return a condition as the value of the list."""
    return f"{condition.key}:{condition.comparison}:{condition.value}" if condition else ""


def condition_from(text: str) -> Condition | None:
    """Read a value of the list back; the field has checked that it is one of them."""
    if not text:
        return None
    key, comparison, value = text.split(":", 2)
    return Condition(key, Comparison(comparison), value)


COMPARISON_WORDS = {
    Comparison.IS: _l("Only if “%(question)s” is “%(answer)s”"),
    Comparison.IS_NOT: _l("Only if “%(question)s” is not “%(answer)s”"),
    Comparison.INCLUDES: _l("Only if “%(question)s” includes “%(answer)s”"),
    Comparison.ANSWERED: _l("Only if “%(question)s” is answered"),
}


def _answers(source: QuestionSpec, comparison: Comparison, economies: Mapping[str, str]) -> list[tuple[str, str]]:
    if comparison is Comparison.ANSWERED:
        return [("", "")]
    if source.kind is QuestionKind.YES_NO:
        return [("yes", str(_l("Yes"))), ("no", str(_l("No")))]
    if source.kind is QuestionKind.ECONOMY:
        return list(economies.items())
    return [(option.value, option.label) for option in source.options]
