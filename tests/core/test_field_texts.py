"""Texts with fields in braces, and parts that are left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from gtn_events.core.field_texts import every_way, fault_of, fill, stays

FIELDS = ("forum", "role", "economy")
WORDS = st.text(st.characters(exclude_characters="{}[]", exclude_categories=["Cs"]))
SENTENCE = "took part in {forum}[, as {role} of {economy}|, as {role}|, for {economy}]."


@pytest.mark.parametrize(
    ("values", "filled"),
    [
        ({"role": "a delegate", "economy": "Peru"}, "took part in GTN, as a delegate of Peru."),
        ({"role": "a delegate"}, "took part in GTN, as a delegate."),
        ({"economy": "Peru"}, "took part in GTN, for Peru."),
        ({}, "took part in GTN."),
    ],
)
def test_part_with_an_empty_field_is_left_out_and_the_first_way_that_is_whole_is_taken(
    values: dict[str, str], filled: str
) -> None:
    assert fill(SENTENCE, {"forum": "GTN", **values}, optional_parts=True) == filled


def test_every_way_of_a_text_is_told() -> None:
    assert every_way("take[ part|n] in {forum}[, too]") == [
        "take in {forum}",
        "take part in {forum}, too",
        "taken in {forum}, too",
    ]
    assert every_way("take part") == ["take part"]


@pytest.mark.parametrize(
    ("text", "stayed"),
    [("[{role}]", ""), ("[{role}|Guest]", "Guest"), ("{forum}[, {role}]", "x"), ("[]", ""), ("Come", "Come")],
)
def test_what_stays_of_a_text_is_what_stands_in_no_part_that_may_be_left_out(text: str, stayed: str) -> None:
    assert stays(text, FIELDS) == stayed


def test_empty_field_takes_its_comma_along() -> None:
    values = {"name": "A", "position": "", "economy": "Peru"}

    assert fill("{name}, {position}, {economy} come", values) == "A, Peru come"


def test_value_is_never_read_as_a_field_itself() -> None:
    assert fill("{forum}: {role}", {"forum": "{role} [x]", "role": "chair"}) == "{role} [x]: chair"


def test_words_around_values_of_markup_are_escaped() -> None:
    shown = fill("<i> {forum}", {"forum": Markup("<b>GTN</b>")}, optional_parts=True, literal=escape)

    assert shown == Markup("&lt;i&gt; <b>GTN</b>")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{rolle}", "no field {rolle} here. These can be used: {forum}, {role}, {economy}."),
        ("{}", "no field {} here"),
        ("{role", "A brace is missing"),
        ("role}", "A brace is missing"),
        ("[, as {role}", "A square bracket is missing"),
        ("[of [{role}]]", "A square bracket is missing"),
        ("as {role}]", "A square bracket is missing"),
    ],
)
def test_text_that_cannot_be_filled_says_what_is_wrong(text: str, fault: str) -> None:
    assert fault in fault_of(text, FIELDS, optional_parts=True)


def test_square_brackets_are_letters_like_others_where_nothing_may_be_left_out() -> None:
    assert (fault_of("[sic", FIELDS), fill("[of {role}]", {"role": ""})) == ("", "[of]")


@given(WORDS, st.dictionaries(st.sampled_from(FIELDS), st.text()))
def test_text_without_fields_stays_as_it_is(text: str, values: dict[str, str]) -> None:
    assert fault_of(text, FIELDS, optional_parts=True) == ""
    assert fill(text, values, optional_parts=True) == text


@given(st.lists(st.tuples(WORDS, st.sampled_from(FIELDS))), WORDS)
def test_text_whose_fields_all_have_values_keeps_every_word(parts: list[tuple[str, str]], end: str) -> None:
    text = "".join(f"{words}{{{name}}}" for words, name in parts) + end

    shown = fill(text, {name: f"<{name}>" for name in FIELDS}, optional_parts=True)

    assert shown == "".join(f"{words}<{name}>" for words, name in parts) + end


@given(st.text("ab{}[]|, "))
def test_text_without_a_fault_is_filled_whatever_is_empty(text: str) -> None:
    if not fault_of(text, FIELDS, optional_parts=True):
        assert not set("{}[]") & set(fill(text, {}, optional_parts=True))
