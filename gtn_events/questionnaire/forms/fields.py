"""One WTForms field for each kind of question, and the way between field data and stored values."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    DateField,
    DecimalField,
    EmailField,
    Field,
    Form,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
    URLField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from gtn_events.core.text import clean_text, readable_size

from ..domain.questions import QuestionSpec
from ..domain.values import LARGEST_NUMBER, problem_with
from ..enums import QuestionKind
from ..wording import _, _n

MOST_RADIOS = 7
Choices = Sequence[tuple[str, str]]


class NumberField(DecimalField):
    """A number; what cannot be read as one is refused in our words and stays in the field."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = Decimal(valuelist[0].strip())
        except InvalidOperation:
            raise ValueError(_("Write a number, for example 12 or 12.5.")) from None


class DayField(DateField):
    """A day; what cannot be read as one is refused in our words and stays in the field."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = date.fromisoformat(valuelist[0].strip())
        except ValueError:
            raise ValueError(_("Write a date, for example 2013-06-05.")) from None


class CheckboxesField(SelectMultipleField):
    """Several of a list, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class AnswerRule:
    """The validator of every question: filled in where required, and right for its kind and limits."""

    def __init__(self, spec: QuestionSpec, economies: Choices) -> None:
        self.spec = spec
        self.codes = frozenset(code for code, _name in economies)

    def __call__(self, _form: Form, field: Field) -> None:
        if field.process_errors:
            raise StopValidation
        if is_file(field.data):
            return  # looked at when it is stored, by its content
        value = value_from(self.spec, field.data)
        if value is None:
            if self.spec.required:
                raise StopValidation(_missing(self.spec.kind))
            return
        problem = problem_with(self.spec, value)
        if self.spec.kind is QuestionKind.ECONOMY and value not in self.codes:
            problem = _("Choose an economy from the list.")
        if problem:
            raise ValidationError(problem)


def field_for(spec: QuestionSpec, economies: Choices) -> Field:
    """Return the unbound field that asks a question."""
    common: dict[str, Any] = {
        "label": spec.label,
        "description": described(spec),
        "validators": [AnswerRule(spec, economies)],
    }
    if spec.kind in (QuestionKind.ONE_OF, QuestionKind.ECONOMY, QuestionKind.SEVERAL_OF, QuestionKind.YES_NO):
        return _choice_field(spec, economies, common)
    if spec.kind is QuestionKind.NUMBER:
        return NumberField(**common, render_kw={"inputmode": "decimal"})
    if spec.kind is QuestionKind.DATE:
        return DayField(**common)
    if spec.kind is QuestionKind.FILE:
        return FileField(**common)
    return _TEXT_FIELDS[spec.kind](**common, filters=[cleaned], render_kw=_TEXT_ATTRIBUTES.get(spec.kind))


def value_from(spec: QuestionSpec, data: Any) -> Any:  # Any: field data in, JSON out
    """Turn what a field holds into the value that is stored; None when nothing was answered."""
    if data is None or data in ("", []):
        return None
    match spec.kind:
        case QuestionKind.NUMBER:
            return _number_from(data)
        case QuestionKind.DATE:
            return data.isoformat()
        case QuestionKind.YES_NO:
            return {"yes": True, "no": False}.get(data, data)
        case QuestionKind.SEVERAL_OF:
            return list(dict.fromkeys(data))
    return data


def _number_from(data: Decimal) -> int | float:
    # 1e999999999 is a Decimal of ten characters, but an int that fills the memory.
    small = data.is_finite() and data.copy_abs() <= LARGEST_NUMBER
    return int(data) if small and data == data.to_integral_value() else float(data)


def data_from(spec: QuestionSpec, value: Any) -> Any:  # Any: JSON in, field data out
    """Turn a stored value into what a field shows; None when it does not fit the question any more."""
    if value is None or problem_with_shape(spec, value):
        return None
    match spec.kind:
        case QuestionKind.NUMBER:
            return Decimal(str(value))
        case QuestionKind.DATE:
            return date.fromisoformat(value)
        case QuestionKind.YES_NO:
            return "yes" if value else "no"
    return value


def problem_with_shape(spec: QuestionSpec, value: Any) -> bool:
    """Say whether a value is of another kind than the question (it was given under another version)."""
    match spec.kind:
        case QuestionKind.NUMBER:
            return isinstance(value, bool) or not isinstance(value, int | float)
        case QuestionKind.DATE:
            return problem_with(spec, value) is not None
        case QuestionKind.YES_NO:
            return not isinstance(value, bool)
        case QuestionKind.FILE:
            return isinstance(value, bool) or not isinstance(value, int)
        case QuestionKind.SEVERAL_OF:
            return not isinstance(value, list)
    return not isinstance(value, str)


def is_file(data: Any) -> bool:
    """Say whether a file field holds a new file, not the id of a stored one."""
    return hasattr(data, "stream")


def cleaned(text: str | None) -> str:
    """Return a typed text as it is kept."""
    return clean_text(text or "")


def described(spec: QuestionSpec) -> str:
    """Return the hint of a question: its help, then the limits a person must know beforehand."""
    limits, sentences = spec.limits, [spec.help] if spec.help else []
    if limits.max_words is not None:
        sentences.append(_n("At most one word.", "At most %(num)d words.", limits.max_words))
    if limits.max_choices is not None:
        sentences.append(_n("Choose at most one.", "Choose at most %(num)d.", limits.max_choices))
    if limits.accept:
        sentences.append(_("Accepted: %(kinds)s.", kinds=", ".join(kind.upper() for kind in limits.accept)))
    if limits.max_bytes is not None:
        sentences.append(_("At most %(size)s.", size=readable_size(limits.max_bytes)))
    if limits.max_pages is not None:
        sentences.append(_n("A PDF has at most one page.", "A PDF has at most %(num)d pages.", limits.max_pages))
    return " ".join(sentences)


def _choice_field(spec: QuestionSpec, economies: Choices, common: dict[str, Any]) -> Field:
    # The rule above checks the choice in our words; WTForms' own check would add a second sentence.
    common["validate_choice"] = False
    if spec.kind is QuestionKind.YES_NO:
        return RadioField(**common, choices=_choices(("yes", _("Yes")), ("no", _("No"))))
    if spec.kind is QuestionKind.ECONOMY:
        return SelectField(**common, choices=_choices(("", _("Choose an economy")), *economies))
    options = [(option.value, option.label) for option in spec.options]
    if spec.kind is QuestionKind.SEVERAL_OF:
        return CheckboxesField(**common, choices=_choices(*options))
    if len(options) <= MOST_RADIOS:
        return RadioField(**common, choices=_choices(*options))
    return SelectField(**common, choices=_choices(("", _("Choose one")), *options))


def _choices(*pairs: tuple[str, str]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


def _missing(kind: QuestionKind) -> str:
    if kind in (QuestionKind.YES_NO, QuestionKind.ONE_OF, QuestionKind.SEVERAL_OF, QuestionKind.ECONOMY):
        return _("Choose an answer. Nothing is chosen yet.")
    if kind is QuestionKind.FILE:
        return _("Choose a file. There is none yet.")
    return _("Write your answer. It is empty.")


_TEXT_FIELDS: dict[QuestionKind, Callable[..., Field]] = {
    QuestionKind.SHORT_TEXT: StringField,
    QuestionKind.LONG_TEXT: TextAreaField,
    QuestionKind.EMAIL: EmailField,
    QuestionKind.PHONE: TelField,
    QuestionKind.URL: URLField,
}
_TEXT_ATTRIBUTES: dict[QuestionKind, dict[str, Any]] = {
    QuestionKind.LONG_TEXT: {"rows": 6},
    QuestionKind.EMAIL: {"autocomplete": "email"},
    QuestionKind.PHONE: {"autocomplete": "tel"},
}
