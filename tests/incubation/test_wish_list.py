"""The order of hosts in a draft: whatever is pressed, no host is lost, doubled or over the limit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gtn_events.incubation.domain.wish_list import WishList
from gtn_events.incubation.errors import WishRefused

MOST = 4
ACTS = st.lists(st.tuples(st.sampled_from(["add", "up", "down", "remove", "undo"]), st.integers(1, 6)), max_size=30)


def act(wishes: WishList, name: str, number: int) -> WishList:
    match name:
        case "add":
            return wishes.with_added(number, most=MOST)
        case "up" | "down":
            return wishes.with_moved(number, by=-1 if name == "up" else 1)
        case "remove":
            return wishes.without(number)
        case _undo:
            return wishes.put_back(most=MOST)


@given(ACTS)
def test_every_act_keeps_an_order_of_different_hosts_within_the_limit(acts: list[tuple[str, int]]) -> None:
    wishes = WishList()
    for name, number in acts:
        try:
            changed = act(wishes, name, number)
        except WishRefused:
            continue
        assert len(set(changed.order)) == len(changed.order) <= MOST
        assert WishList.of({"hosts": {"typed": changed.as_typed()}}) == changed
        if name in ("up", "down"):
            assert sorted(changed.order) == sorted(wishes.order)
        wishes = changed


@given(st.permutations(range(1, 5)), st.integers(1, 4))
def test_what_was_taken_out_comes_back_to_its_place(order: list[int], number: int) -> None:
    wishes = WishList(tuple(order))
    assert wishes.without(number).put_back(most=MOST).order == wishes.order


def test_at_the_ends_a_host_stays() -> None:
    wishes = WishList((1, 2, 3))
    assert wishes.with_moved(1, by=-1).order == wishes.with_moved(3, by=1).order == (1, 2, 3)


def test_a_dragged_order_must_hold_the_same_hosts() -> None:
    assert WishList((1, 2, 3)).in_order([3, 1, 2]).order == (3, 1, 2)
    for other in ([1, 2], [1, 2, 3, 4], [1, 1, 2]):
        with pytest.raises(WishRefused):
            WishList((1, 2, 3)).in_order(other)


def test_garbage_in_a_draft_is_no_host() -> None:
    assert WishList.of({"hosts": {"typed": {"order": ["x", "-1", "7", "7", "9" * 30], "removed": ["1"]}}}).order == (7,)
