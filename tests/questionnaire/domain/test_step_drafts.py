"""What the draft of a form in steps holds, and how two tabs tell it apart."""

import pytest

from gtn_events.questionnaire.domain.step_drafts import MOST_BYTES, DraftTooLarge, step_fingerprint, with_step

FIRST = {"typed": {"title": ["Cold"]}, "answers": {}, "uploads": {}}


def test_a_step_takes_the_place_of_what_it_held_and_no_other_changes() -> None:
    before = with_step({}, "one", typed={"title": ["Cold"]}, answers={}, uploads={})
    after = with_step(before, "two", typed={}, answers={"a": 1}, uploads={"photo": 7})
    assert before == {"one": FIRST}
    assert after == {"one": FIRST, "two": {"typed": {}, "answers": {"a": 1}, "uploads": {"photo": 7}}}
    assert with_step(after, "one", typed={}, answers={}, uploads={})["one"]["typed"] == {}


def test_more_than_any_form_can_be_is_refused() -> None:
    with pytest.raises(DraftTooLarge):
        with_step({"one": FIRST}, "two", typed={"text": ["x" * MOST_BYTES]}, answers={}, uploads={})


def test_a_fingerprint_changes_with_its_own_step_only() -> None:
    data = with_step({}, "one", typed={"title": ["Cold"]}, answers={}, uploads={})
    mark = step_fingerprint(data, "one")
    more = with_step(data, "two", typed={}, answers={}, uploads={})
    assert (step_fingerprint({}, "one"), step_fingerprint(more, "one")) == ("new", mark)
    changed = with_step(data, "one", typed={"title": ["Warm"]}, answers={}, uploads={})
    assert step_fingerprint(changed, "one") != mark
