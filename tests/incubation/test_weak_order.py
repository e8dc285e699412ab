"""Orders in tiers: whatever is pressed nothing is lost or doubled, and two buttons reach every order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gtn_events.incubation.domain.weak_order import Tiers, WeakOrder
from gtn_events.incubation.errors import ReviewRefused

ACTS = st.lists(st.tuples(st.sampled_from(["up", "down", "placed", "without"]), st.integers(1, 5)), max_size=40)


@given(ACTS)
def test_no_tier_is_empty_and_no_id_stands_twice(acts: list[tuple[str, int]]) -> None:
    order, there = WeakOrder(), set[int]()
    for act, id_ in acts:
        try:
            order = getattr(order, act)(id_)
        except ReviewRefused:
            assert (act == "placed") == (id_ in there)
            continue
        there = there | {id_} if act == "placed" else there - {id_} if act == "without" else there
        assert all(order.tiers)
        assert sorted(order.ids) == sorted(there)


def as_sets(tiers: Tiers) -> tuple[frozenset[int], ...]:
    return tuple(frozenset(tier) for tier in tiers)


def test_the_two_buttons_reach_every_order_of_three() -> None:
    start = WeakOrder(((1,), (2,), (3,)))
    found, fresh = {as_sets(start.tiers)}, [start]
    while fresh:
        order = fresh.pop()
        for id_ in (1, 2, 3):
            for after in (order.up(id_), order.down(id_)):
                if as_sets(after.tiers) not in found:
                    found.add(as_sets(after.tiers))
                    fresh.append(after)
    assert len(found) == 13  # the ordered Bell number: all weak orders of three


def test_out_of_a_shared_tier_first_then_into_the_next() -> None:
    order = WeakOrder(((1,), (2, 3)))
    assert as_sets(order.up(3).tiers) == as_sets(((1,), (3,), (2,)))
    assert as_sets(order.up(3).up(3).tiers) == as_sets(((1, 3), (2,)))
    assert order.up(1).tiers == order.tiers


def test_gaps_between_tiers_close() -> None:
    assert WeakOrder.of([(7, 1), (2, 2), (7, 3)]).tiers == ((2,), (1, 3))


def test_what_is_not_there_cannot_be_moved() -> None:
    with pytest.raises(ReviewRefused):
        WeakOrder(((1,),)).up(2)
