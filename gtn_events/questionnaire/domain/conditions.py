"""When a question is asked, and which answers therefore count."""

from collections.abc import Iterable, Mapping
from typing import Any

from ..enums import Comparison, QuestionKind
from .questions import Condition, QuestionSpec

_EXACT = (Comparison.IS, Comparison.IS_NOT, Comparison.ANSWERED)
COMPARISONS_OF: dict[QuestionKind, tuple[Comparison, ...]] = {
    QuestionKind.YES_NO: _EXACT,
    QuestionKind.ONE_OF: _EXACT,
    QuestionKind.ECONOMY: _EXACT,
    QuestionKind.SEVERAL_OF: (Comparison.INCLUDES, Comparison.ANSWERED),
}


def comparisons_for(kind: QuestionKind) -> tuple[Comparison, ...]:
    """Return how a condition may look at an answer of this kind."""
    return COMPARISONS_OF.get(kind, (Comparison.ANSWERED,))


def holds(condition: Condition, answers: Mapping[str, Any]) -> bool:
    """Say whether a condition holds; a question without an answer satisfies none, not even IS_NOT."""
    value = answers.get(condition.key)
    if value is None or value in ("", []):
        return False
    match condition.comparison:
        case Comparison.ANSWERED:
            return True
        case Comparison.INCLUDES:
            return isinstance(value, list) and condition.value in value
        case Comparison.IS:
            return _same(value, condition.value)
        case Comparison.IS_NOT:
            return not _same(value, condition.value)


def is_asked(spec: QuestionSpec, answers: Mapping[str, Any]) -> bool:
    """Say whether a question is asked, given the answers that count so far."""
    return spec.condition is None or holds(spec.condition, answers)


def counting_answers(specs: Iterable[QuestionSpec], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers that count: to known questions that are asked.

    Goes in the order of the questions, so that an answer which does not count
    cannot open a later question either.
    """
    counting: dict[str, Any] = {}
    for spec in specs:
        value = answers.get(spec.key)
        if value is None or value in ("", []):
            continue
        if is_asked(spec, counting):
            counting[spec.key] = value
    return counting


def _same(value: Any, wanted: str) -> bool:  # Any: an answer as JSON, see QuestionKind
    if isinstance(value, bool):
        return wanted == ("yes" if value else "no")
    return bool(value == wanted)
