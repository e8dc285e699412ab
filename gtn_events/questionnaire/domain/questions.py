"""A question as a value: what forms, conditions, previews and default questionnaires are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from ..enums import Comparison, QuestionKind
from ..models import Question, QuestionnaireVersion

FIELD_PREFIX = "q_"


@dataclass(frozen=True)
class Option:
    """One choice: ``value`` is stored, ``label`` is read."""

    value: str
    label: str


@dataclass(frozen=True)
class Condition:
    """The question is asked only when the answer to ``key`` compares so with ``value``."""

    key: str
    comparison: Comparison
    value: str = ""


@dataclass(frozen=True)
class Limits:
    """What an answer must keep to; None where nothing is asked. In characters, bytes, and pages of a PDF."""

    min_length: int | None = None
    max_length: int | None = None
    max_words: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    earliest: date | None = None
    latest: date | None = None
    max_choices: int | None = None
    max_bytes: int | None = None
    max_pages: int | None = None
    accept: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Limits":
        """Read what ``Question.limits`` holds."""
        known: dict[str, Any] = {
            field.name: stored[field.name] for field in fields(cls) if stored.get(field.name) is not None
        }
        for name in ("earliest", "latest"):
            if name in known:
                known[name] = date.fromisoformat(known[name])
        known["accept"] = tuple(known.get("accept", ()))
        return cls(**known)

    def to_json(self) -> dict[str, Any]:
        """Return what is stored: only the limits that are set."""
        stored: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value is None or value == ():
                continue
            if isinstance(value, date):
                value = value.isoformat()
            stored[field.name] = list(value) if isinstance(value, tuple) else value
        return stored


@dataclass(frozen=True)
class QuestionSpec:
    """Everything about one question, detached from the database; an empty ``key`` is made from the label."""

    kind: QuestionKind
    label: str
    key: str = ""
    help: str = ""
    step: str = "questions"
    required: bool = False
    sensitive: bool = False
    options: tuple[Option, ...] = ()
    limits: Limits = Limits()
    condition: Condition | None = None

    @property
    def field_name(self) -> str:
        """The name of the form field; prefixed so that no key can hide a method of the form."""
        return FIELD_PREFIX + self.key

    def option_label(self, value: str) -> str:
        """Return what a reader sees for a stored choice; the value itself when it is no choice any more."""
        return next((option.label for option in self.options if option.value == value), value)


def spec_of(question: Question) -> QuestionSpec:
    """Return the stored question as a value."""
    condition = None
    if question.condition_key and question.condition_comparison:
        condition = Condition(question.condition_key, question.condition_comparison, question.condition_value or "")
    return QuestionSpec(
        kind=question.kind,
        label=question.label,
        key=question.key,
        help=question.help,
        step=question.step,
        required=question.required,
        sensitive=question.sensitive,
        options=tuple(Option(option["value"], option["label"]) for option in question.options),
        limits=Limits.from_json(question.limits),
        condition=condition,
    )


def specs_of(version: QuestionnaireVersion) -> tuple[QuestionSpec, ...]:
    """Return the questions of a version in the order in which they are asked."""
    return tuple(spec_of(question) for question in version.questions)


def write_spec(question: Question, spec: QuestionSpec) -> None:
    """Put a value into a row; ``position`` and ``version`` stay the caller's."""
    question.key = spec.key
    question.kind = spec.kind
    question.label = spec.label
    question.help = spec.help
    question.step = spec.step
    question.required = spec.required
    question.sensitive = spec.sensitive
    question.options = [{"value": option.value, "label": option.label} for option in spec.options]
    question.limits = spec.limits.to_json()
    question.condition_key = spec.condition.key if spec.condition else None
    question.condition_comparison = spec.condition.comparison if spec.condition else None
    question.condition_value = spec.condition.value if spec.condition else None
