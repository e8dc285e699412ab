"""The fit of a judge and an entry: shared topics and a shared language."""

import numpy as np
from hypothesis import given, settings

from gtn_events.competition.assignment import Entries, FitWeights, Judges, Problem, fit_of
from tests.competition.assignment.instances import STEADY, problems


def fit(
    topics: tuple[set[str], set[str]], languages: tuple[set[str], set[str]], weights: FitWeights | None = None
) -> float:
    """Return the fit of one entry and one judge."""
    one = np.ones(1, dtype=np.int64)
    entries = Entries(one, [{"PE"}], [set()], [topics[0]], [languages[0]])
    judges = Judges(one, one, ["VN"], [topics[1]], [languages[1]])
    return round(float(fit_of(entries, judges, weights)[0, 0]), 6)


def test_fit_counts_share_of_topics_known_and_whether_language_is_read() -> None:
    assert fit(({"solar", "waste"}, {"solar", "water"}), ({"es"}, {"en", "es"})) == 0.65
    assert fit(({"solar", "waste"}, {"solar", "waste", "water"}), ({"es"}, {"en"})) == 0.7
    assert fit(({"solar"}, set()), ({"es"}, set())) == 0


def test_entry_that_states_nothing_asks_for_nothing() -> None:
    assert fit((set(), set()), (set(), {"en"})) == 1


def test_weights_count_against_one_another() -> None:
    topics, languages = ({"solar"}, {"solar"}), ({"es"}, {"en"})

    assert fit(topics, languages, FitWeights(topics=3, language=1)) == 0.75


@settings(STEADY, max_examples=50)
@given(problem=problems())
def test_fit_equals_counting_by_hand(problem: Problem) -> None:
    entries, judges = problem.entries, problem.judges
    for entry, judge in np.ndindex(problem.shape):
        asked, stated = set(entries.topics[entry]), set(entries.languages[entry])
        topics = len(asked & set(judges.topics[judge])) / len(asked) if asked else 1
        language = bool(stated & set(judges.languages[judge])) or not stated
        assert np.isclose(problem.fit[entry, judge], 0.7 * topics + 0.3 * language)
