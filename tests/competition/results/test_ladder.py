"""The tie ladder: a total order, the same whatever the input order, each step on record."""

import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gtn_events.competition.results.ladder import Ladder, place_all
from gtn_events.competition.results.ladder_steps import Contender, Rung, Step
from gtn_events.competition.results.lot import commitment, keeps_promise, lot

D = Decimal
SEED = "a seed for tests only"


def contender(key: str, total: str = "80.00", cards: str = "", **points: list[int]) -> Contender:
    """Return an entry; ``cards`` names judges and their totals: ``J1=80 J2=75``."""
    given = dict(card.split("=") for card in cards.split())
    criteria = {name: [D(point) for point in each] for name, each in points.items()}
    return Contender(key, D(total), {judge: D(card) for judge, card in given.items()}, criteria)


def order(*contenders: Contender, **rules: tuple[str, ...]) -> list[tuple[str, Step | None]]:
    made = place_all(contenders, Ladder(SEED, **rules))
    return [(place.key, place.decided_by.step if place.decided_by else None) for place in made.places]


def test_total_ranks_and_nothing_is_logged_without_a_tie() -> None:
    made = place_all([contender("A", "79.99"), contender("B", "80.00")], Ladder(SEED))
    assert [(place.rank, place.key, place.decided_by) for place in made.places] == [
        (1, "B", None),
        (2, "A", Rung(Step.TOTAL)),
    ]
    assert made.log == ()


def test_totals_are_tied_when_two_decimals_are() -> None:
    assert order(contender("A", "80.001", "J1=1"), contender("B", "80.004", "J1=2"))[1] == ("A", Step.HEAD_TO_HEAD)


def test_head_to_head_is_the_majority_of_judges_who_scored_both() -> None:
    one = contender("A", cards="J1=80 J2=70 J3=90")
    other = contender("B", cards="J1=81 J2=71 J3=60 J4=99")
    assert order(one, other) == [("B", None), ("A", Step.HEAD_TO_HEAD)]


def test_head_to_head_of_a_group_uses_only_judges_who_scored_all_of_it() -> None:
    a = contender("A", cards="J1=50 J2=99")
    b = contender("B", cards="J1=60 J2=10")
    c = contender("C", cards="J1=70")
    assert order(a, b, c) == [("C", None), ("B", Step.HEAD_TO_HEAD), ("A", Step.HEAD_TO_HEAD)]


def test_heaviest_criterion_comes_first_then_the_next() -> None:
    a = contender("A", effect=[4, 4], new=[5, 5])
    b = contender("B", effect=[3, 5], new=[4, 4])
    c = contender("C", effect=[5, 4], new=[1, 1])
    made = place_all([a, b, c], Ladder(SEED, criteria=("effect", "new")))
    assert [(place.key, place.decided_by) for place in made.places] == [
        ("C", None),
        ("A", Rung(Step.CRITERION, "effect")),
        ("B", Rung(Step.CRITERION, "new")),
    ]


def test_entry_without_a_score_in_a_criterion_comes_after_those_with_one() -> None:
    made = place_all([contender("A"), contender("B", effect=[0])], Ladder(SEED, criteria=("effect",)))
    assert [place.key for place in made.places] == ["B", "A"]
    assert made.log[-1].figures == {"A": "", "B": "0.0000"}


def test_first_places_are_counted_over_all_entries_of_a_judge() -> None:
    a = contender("A", cards="J1=90 J2=70")
    b = contender("B", cards="J1=85 J2=75")
    better = contender("C", "95.00", cards="J2=99")
    assert order(a, b, better) == [("C", None), ("A", Step.TOTAL), ("B", Step.FIRST_PLACES)]


def test_chair_decides_before_the_lot_and_entries_not_named_come_after() -> None:
    found = order(contender("A"), contender("B"), contender("C"), chair=("B",))
    assert found[0] == ("B", None)
    assert [step for _, step in found] == [None, Step.CHAIR, Step.LOT]


def test_steps_follow_the_published_rule() -> None:
    a, b = contender("A", cards="J1=90"), contender("B", cards="J1=80")
    made = place_all([a, b], Ladder(SEED, chair=("B", "A"), steps=(Step.CHAIR,)))
    assert [place.key for place in made.places] == ["B", "A"]


def test_every_step_is_logged_with_its_figures() -> None:
    made = place_all([contender("B", effect=[4]), contender("A", effect=[4])], Ladder(SEED, criteria=("effect",)))
    assert [(step.rung.step, step.tied, step.decided) for step in made.log] == [
        (Step.TOTAL, ("A", "B"), False),
        (Step.HEAD_TO_HEAD, ("A", "B"), False),
        (Step.CRITERION, ("A", "B"), False),
        (Step.FIRST_PLACES, ("A", "B"), False),
        (Step.CHAIR, ("A", "B"), False),
        (Step.LOT, ("A", "B"), True),
    ]
    assert made.log[0].figures == {"A": "80.00", "B": "80.00"}
    assert made.log[2].figures == {"A": "4.0000", "B": "4.0000"}
    assert made.log[-1].figures == {"A": lot(SEED, "A"), "B": lot(SEED, "B")}


def test_lot_follows_from_the_committed_seed_alone() -> None:
    # printf 'a seed for tests only' | sha256sum
    assert commitment(SEED) == "83253f8cb8907892e124b700a8520b12d3dd8d62d9bb7161c431063f1550d77a"
    assert keeps_promise(SEED, commitment(SEED))
    assert not keeps_promise(SEED + " ", commitment(SEED))
    assert [key for key, _ in order(*map(contender, "ABCDE"))] == sorted("ABCDE", key=lambda key: lot(SEED, key))


def test_two_entries_of_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="same key"):
        place_all([contender("A"), contender("A")], Ladder(SEED))


def test_no_entries_give_no_places() -> None:
    assert place_all([], Ladder(SEED)).places == ()


@st.composite
def fields(draw: st.DrawFn) -> list[Contender]:
    """Entries with many ties of every kind."""
    keys = draw(st.lists(st.text("ABCDEFGH", min_size=1, max_size=2), unique=True, max_size=8))
    few = st.integers(0, 2).map(Decimal)
    cards = st.dictionaries(st.sampled_from(["J1", "J2", "J3"]), few)
    points = st.dictionaries(st.sampled_from(["effect", "new"]), st.lists(few, max_size=2))
    return [Contender(key, draw(few), draw(cards), draw(points)) for key in keys]


@settings(deadline=None)
@given(fields(), st.randoms(use_true_random=False), st.permutations("ABCDEFGH"))
def test_ladder_gives_a_total_order_that_does_not_hang_on_the_input_order(
    field: list[Contender], shuffle: random.Random, chair: list[str]
) -> None:
    rules = Ladder(SEED, criteria=("effect", "new"), chair=tuple(chair))
    made = place_all(field, rules)

    assert sorted(place.key for place in made.places) == sorted(each.key for each in field)
    assert [place.rank for place in made.places] == list(range(1, len(field) + 1))
    assert [place.decided_by is None for place in made.places] == [place.rank == 1 for place in made.places]
    totals = {each.key: each.total for each in field}
    ranked = [totals[place.key] for place in made.places]
    assert ranked == sorted(ranked, reverse=True)
    for step in made.log:
        assert sorted(key for group in step.groups for key in group) == sorted(step.tied)

    mixed = list(field)
    shuffle.shuffle(mixed)
    assert place_all(mixed, rules) == made


@settings(deadline=None)
@given(fields())
def test_neighbours_are_equal_in_every_step_before_the_one_that_decided(field: list[Contender]) -> None:
    rules = Ladder(SEED, criteria=("effect", "new"))
    made = place_all(field, rules)
    for above, below in zip(made.places, made.places[1:], strict=False):
        assert below.decided_by is not None
        both = [step for step in made.log if {above.key, below.key} <= set(step.tied)]
        before = rules.rungs[: rules.rungs.index(below.decided_by)]
        assert tuple(step.rung for step in both if step.rung != below.decided_by) == before
