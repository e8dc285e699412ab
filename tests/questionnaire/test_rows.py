"""Rows of people are added and removed in what a browser sent; the others keep what they held."""

from gtn_events.questionnaire.forms.rows import with_row_added, with_row_removed

TWO = {"members-0-name": ["Rosa"], "members-3-name": ["Mei"], "members-3-role": ["Engineer"], "other": ["x"]}


def test_a_row_is_added_at_the_end_and_gaps_close() -> None:
    assert with_row_added(TWO, of="members", most=10) == {
        "members-0-name": ["Rosa"],
        "members-1-name": ["Mei"],
        "members-1-role": ["Engineer"],
        "other": ["x"],
        "members-2-name": [""],
    }


def test_the_row_that_is_removed_is_the_one_that_was_shown() -> None:
    assert with_row_removed(TWO, 1, of="members") == {
        "members-0-name": ["Mei"],
        "members-0-role": ["Engineer"],
        "other": ["x"],
    }
    assert with_row_removed(TWO, 2, of="members") == {"members-0-name": ["Rosa"], "other": ["x"]}


def test_a_row_that_is_not_there_is_not_removed() -> None:
    assert with_row_removed(TWO, 0, of="members") == with_row_removed(TWO, 3, of="members") == TWO


def test_of_the_last_person_an_empty_row_is_left() -> None:
    assert with_row_removed({"members-0-name": ["Rosa"]}, 1, of="members") == {"members-0-name": [""]}


def test_an_eleventh_row_is_not_added() -> None:
    ten = {f"members-{number}-name": [""] for number in range(10)}
    assert with_row_added(ten, of="members", most=10) == ten
