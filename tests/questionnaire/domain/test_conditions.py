"""When a question is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gtn_events.questionnaire.domain.conditions import counting_answers, holds, is_asked
from gtn_events.questionnaire.domain.questions import Condition, QuestionSpec
from gtn_events.questionnaire.enums import Comparison, QuestionKind

IS, IS_NOT, INCLUDES, ANSWERED = Comparison.IS, Comparison.IS_NOT, Comparison.INCLUDES, Comparison.ANSWERED


@pytest.mark.parametrize(
    ("comparison", "wanted", "answer", "expected"),
    [
        (IS, "yes", True, True),
        (IS, "yes", False, False),
        (IS, "no", False, True),
        (IS_NOT, "no", True, True),
        (IS, "PE", "PE", True),
        (IS_NOT, "PE", "VN", True),
        (INCLUDES, "speaker", ["media", "speaker"], True),
        (INCLUDES, "speaker", ["media"], False),
        (INCLUDES, "speak", "speaker", False),
        (ANSWERED, "", 0, True),
        (ANSWERED, "", False, True),
        (ANSWERED, "", "", False),
        (ANSWERED, "", [], False),
        (ANSWERED, "", None, False),
    ],
)
def test_a_condition_compares_the_stored_value(
    comparison: Comparison, wanted: str, answer: object, *, expected: bool
) -> None:
    assert holds(Condition("source", comparison, wanted), {"source": answer}) is expected


@pytest.mark.parametrize("comparison", list(Comparison))
def test_no_condition_holds_without_an_answer(comparison: Comparison) -> None:
    assert not holds(Condition("source", comparison, "x"), {})


def chain(conditions: list[Condition | None]) -> tuple[QuestionSpec, ...]:
    return tuple(
        QuestionSpec(QuestionKind.YES_NO, f"Question {index}", key=f"q{index}", condition=condition)
        for index, condition in enumerate(conditions)
    )


def test_an_answer_that_does_not_count_opens_nothing() -> None:
    specs = chain([None, Condition("q0", IS, "yes"), Condition("q1", IS, "yes")])
    assert counting_answers(specs, {"q0": False, "q1": True, "q2": True}) == {"q0": False}


@st.composite
def asked_lists(draw: st.DrawFn) -> tuple[tuple[QuestionSpec, ...], dict[str, object]]:
    count = draw(st.integers(1, 8))
    conditions: list[Condition | None] = [None]
    for index in range(1, count):
        source = draw(st.integers(0, index - 1))
        comparison = draw(st.sampled_from([IS, IS_NOT, ANSWERED]))
        value = draw(st.sampled_from(["yes", "no"]))
        conditions.append(draw(st.sampled_from([None, Condition(f"q{source}", comparison, value)])))
    answers = draw(
        st.dictionaries(st.sampled_from([f"q{n}" for n in range(count + 2)]), st.sampled_from([True, False]))
    )
    return chain(conditions), dict(answers)


@given(asked_lists())
def test_what_counts_is_known_asked_and_stable(case: tuple[tuple[QuestionSpec, ...], dict[str, object]]) -> None:
    specs, answers = case
    counting = counting_answers(specs, answers)
    assert counting == {key: answers[key] for key in counting}
    assert all(is_asked(spec, counting) for spec in specs if spec.key in counting)
    assert counting_answers(specs, counting) == counting
    left_out = [spec for spec in specs if spec.key in answers and spec.key not in counting]
    assert not any(is_asked(spec, counting) for spec in left_out)
