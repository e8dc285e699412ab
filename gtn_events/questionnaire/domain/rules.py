"""What a list of questions must keep to before it can be stored."""

from collections.abc import Mapping, Sequence

from ..enums import Comparison, QuestionKind
from ..errors import QuestionInUse, QuestionRefused
from .conditions import comparisons_for
from .keys import KEY
from .questions import Condition, QuestionSpec

MOST_OPTIONS = 200
OPTION_LENGTH = 300
LONGEST_ANSWER = 20_000
CHOICE_KINDS = (QuestionKind.ONE_OF, QuestionKind.SEVERAL_OF)


def check_questions(specs: Sequence[QuestionSpec], *, steps: Sequence[str]) -> None:
    """Raise ``QuestionRefused`` when a question, or the order of them, breaks a rule."""
    earlier: dict[str, QuestionSpec] = {}
    for spec in specs:
        if spec.key in earlier:
            raise QuestionRefused(f"Two questions have the key “{spec.key}”.")
        check_question(spec, earlier=earlier, steps=steps)
        earlier[spec.key] = spec
    order = [steps.index(spec.step) for spec in specs]
    if order != sorted(order):
        raise QuestionRefused("The questions of one step must stand together, in the order of the steps.")


def check_question(spec: QuestionSpec, *, earlier: Mapping[str, QuestionSpec], steps: Sequence[str]) -> None:
    """Raise ``QuestionRefused``, with the field of the editor's form, when one question breaks a rule.

    Args:
        spec: the question, with its key.
        earlier: the questions asked before it, by key.
        steps: the keys of the steps there are.
    """
    if not KEY.fullmatch(spec.key):
        raise QuestionRefused(f"“{spec.key}” is no key.")
    if not spec.label.strip():
        raise QuestionRefused("Write the question. It is empty.", field="label")
    if spec.step not in steps:
        raise QuestionRefused("Choose one of the steps.", field="step")
    _check_options(spec)
    _check_limits(spec)
    if spec.condition is not None:
        check_condition(spec, spec.condition, earlier=earlier)


def check_condition(spec: QuestionSpec, condition: Condition, *, earlier: Mapping[str, QuestionSpec]) -> None:
    """Raise ``QuestionRefused`` unless the condition looks at an earlier question in a way that can hold."""
    if condition.key == spec.key:
        raise QuestionRefused("A question cannot depend on itself. Choose an earlier one.", field="condition")
    source = earlier.get(condition.key)
    if source is None:
        raise QuestionRefused("A condition looks at a question that is asked earlier.", field="condition")
    if condition.comparison not in comparisons_for(source.kind):
        raise QuestionRefused(f"“{source.label}” cannot be compared in this way.", field="condition")
    if condition.comparison is not Comparison.ANSWERED:
        _check_condition_value(source, condition.value)


def refuse_broken_dependants(specs: Sequence[QuestionSpec], changed: QuestionSpec) -> None:
    """Raise ``QuestionInUse`` when a condition looks at an answer that the changed question no longer has."""
    for spec in specs:
        if spec.condition is None or spec.condition.key != changed.key or spec.key == changed.key:
            continue
        try:
            check_condition(spec, spec.condition, earlier={changed.key: changed})
        except QuestionRefused:
            raise QuestionInUse(
                f"“{spec.label}” is asked only after the answer “{spec.condition.value}”. Keep that choice.",
                field="options",
            ) from None


def refuse_if_needed(specs: Sequence[QuestionSpec], key: str) -> None:
    """Raise ``QuestionInUse``, naming them, when conditions of other questions look at this one."""
    dependants = [spec.label for spec in specs if spec.condition is not None and spec.condition.key == key]
    if dependants:
        names = ", ".join(f"“{label}”" for label in dependants)
        raise QuestionInUse(f"It cannot be removed, because these depend on its answer: {names}.")


def refuse_broken_order(specs: Sequence[QuestionSpec]) -> None:
    """Raise ``QuestionInUse``, naming both, when a question would stand before one it depends on."""
    labels = {spec.key: spec.label for spec in specs}
    seen: set[str] = set()
    for spec in specs:
        if spec.condition is not None and spec.condition.key not in seen:
            source = labels.get(spec.condition.key, spec.condition.key)
            raise QuestionInUse(
                f"It cannot stand there: “{spec.label}” depends on “{source}”, so “{source}” must come first."
            )
        seen.add(spec.key)


def _check_condition_value(source: QuestionSpec, value: str) -> None:
    if not value:
        raise QuestionRefused("Say which answer opens this question.", field="condition")
    if source.kind in CHOICE_KINDS and value not in {option.value for option in source.options}:
        raise QuestionRefused(f"“{value}” is no choice of “{source.label}”.", field="condition")
    if source.kind is QuestionKind.YES_NO and value not in ("yes", "no"):
        raise QuestionRefused("Compare with yes or no.", field="condition")


def _check_options(spec: QuestionSpec) -> None:
    if spec.kind not in CHOICE_KINDS:
        if spec.options:
            raise QuestionRefused("Only a list has choices.", field="options")
        return
    if len(spec.options) < 2:
        raise QuestionRefused("Write at least two choices, one on each line.", field="options")
    if len(spec.options) > MOST_OPTIONS:
        raise QuestionRefused(f"A list has at most {MOST_OPTIONS} choices.", field="options")
    seen: set[str] = set()
    for option in spec.options:
        if not option.value or not option.label:
            raise QuestionRefused("A choice is empty. Write one on each line.", field="options")
        if len(option.value) > OPTION_LENGTH or len(option.label) > OPTION_LENGTH:
            raise QuestionRefused(f"A choice has at most {OPTION_LENGTH} characters.", field="options")
        if option.value in seen:
            raise QuestionRefused(f"The choice “{option.value}” is there twice.", field="options")
        seen.add(option.value)


def _check_limits(spec: QuestionSpec) -> None:
    limits = spec.limits
    pairs = (
        ("max_length", limits.min_length, limits.max_length, "The longest length is below the shortest."),
        ("maximum", limits.minimum, limits.maximum, "The largest number is below the smallest."),
        ("latest", limits.earliest, limits.latest, "The last day is before the first."),
    )
    for field, low, high, text in pairs:
        if low is not None and high is not None and high < low:  # type: ignore[operator]  # a pair is of one type
            raise QuestionRefused(text, field=field)
    for field in ("min_length", "max_length", "max_words", "max_choices", "max_bytes", "max_pages"):
        value = getattr(limits, field)
        if value is not None and value < 1:
            raise QuestionRefused("A limit is at least 1.", field=field)
    if limits.max_pages is not None and limits.accept and "pdf" not in limits.accept:
        raise QuestionRefused("Pages are counted in a PDF; let the question take one.", field="max_pages")
    if limits.max_length is not None and limits.max_length > LONGEST_ANSWER:
        raise QuestionRefused(f"An answer has at most {LONGEST_ANSWER} characters.", field="max_length")
