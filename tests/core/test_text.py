"""Typed text is cleaned, found again without accents, and never becomes script."""

import unicodedata
from datetime import UTC, date, datetime
from typing import Literal

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from gtn_events.core.links import site_url
from gtn_events.core.text import (
    MOST_MARKS,
    clean_text,
    clock_time,
    day,
    fold,
    leading,
    local,
    markdown,
    normal_form,
    readable_size,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Rosa\x00\x07 Nélida \r\n", "Rosa Nélida"),
        ("e\u0301", "é"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("ที่อยู่", "ที่อยู่"),
        ("नमस्ते\u200d", "नमस्ते\u200d"),
        ("lone \ud800 half", "lone  half"),
        ("no\ufffe sign\uffff", "no sign"),
        ("a" + "\u0301\u0327" * 200, "a\u0327" + "\u0327" * 14 + "\u0301" * 15),
    ],
)
def test_clean_text(typed: str, kept: str) -> None:
    assert clean_text(typed) == unicodedata.normalize("NFC", kept)


UNSEEN = (
    "\u00ad\u034f\u115f\u1160\u17b4\u180e\u200b\u200c\u200d\u200e\u2060\u2063\u2800\u3164\ufe0f\ufeff\uffa0\U000e0041"
    " \u00a0\u3000\n"
)
seen = st.text(st.characters(categories=["L", "N", "P"]).filter(lambda sign: sign not in UNSEEN), min_size=1)


@given(st.text(UNSEEN))
def test_text_that_shows_nothing_is_empty(typed: str) -> None:
    assert clean_text(typed) == ""


@given(st.text(UNSEEN), seen, st.text(UNSEEN))
def test_text_that_shows_something_keeps_what_is_not_seen_of_it(before: str, shown: str, after: str) -> None:
    typed = before + shown + after
    assert clean_text(typed) == unicodedata.normalize("NFC", typed).strip()


@pytest.mark.parametrize(
    "word",
    [
        "می‌خواهم",  # Persian: a non-joiner within the word
        "ක්‍ෂ",  # Sinhala: a joiner within the letter
        "👩‍🔬",  # an emoji of two
        "❤️",  # a sign that is told to be an emoji
        "กรุง\u200bเทพ",  # Thai and Khmer: where a line may break
        "ភ្នំ\u200bពេញ",
        "\u1160\u11a8",  # a final consonant of Hangul alone
        "\u0600",  # a format sign that is drawn
    ],
)
def test_signs_that_a_word_needs_stay(word: str) -> None:
    assert clean_text(word) == unicodedata.normalize("NFC", word)


@pytest.mark.parametrize("form", ["NFC", "NFKC", "NFKD"])
def test_no_sign_carries_marks_without_end(form: Literal["NFC", "NFKC", "NFKD"]) -> None:
    """Half a million of them, put in order one by one, would keep a process busy for minutes."""
    everything = (chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF)
    marks = [char for char in everything if unicodedata.combining(unicodedata.normalize("NFKD", char)[0])]
    for mark in marks:
        plain = unicodedata.normalize("NFKD", normal_form(form, "a" + f"{mark}\u0327" * 200 + "b"))
        assert (mark, len(plain) <= 2 * MOST_MARKS + 2) == (mark, True)


def test_text_that_people_write_stays_whole() -> None:
    for typed in ("Nguyễn Thị Thu HẰNG", "ที่อยู่", "སྐྱེས་", "ﾔﾏﾀﾞ", "Z̧̛͖͇̈́͆algo"):
        assert normal_form("NFC", typed) == unicodedata.normalize("NFC", typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nguyễn Thị Thu HẰNG", "nguyen thi thu hang"),
        ("Đặng", "dang"),
        ("ＡＰＥＣ", "apec"),
        ("Straße", "STRASSE"),
        ("ﾔﾏﾀﾞ", "ヤマダ"),
        ("İstanbul", "istanbul"),
        ("  two   spaces ", "two spaces"),
    ],
)
def test_fold_makes_equal_what_people_take_for_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("ที่", "ที"), ("か", "が"), ("민수", "민"), ("美", "玲")])
def test_fold_keeps_different_letters_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("**bold** & <b>raw</b>", "<p><strong>bold</strong> &amp; &lt;b&gt;raw&lt;/b&gt;</p>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("[x](data:text/html,1)", "<p>[x](data:text/html,1)</p>\n"),
        (
            "[x](https://gtn.example/a)",
            '<p><a href="https://gtn.example/a" rel="nofollow noopener">x</a></p>\n',
        ),
        ("# Title", "<h2>Title</h2>\n"),
        ("", ""),
    ],
)
def test_markdown(source: str, html: str) -> None:
    assert markdown(source) == html


def test_markdown_shows_no_image() -> None:
    assert "<img" not in markdown("![x](https://elsewhere.example/pixel.gif)")


def test_markdown_keeps_lists_and_tables() -> None:
    assert "<li>one</li>" in markdown("- one\n- two")
    assert "<td>1</td>" in markdown("| a |\n|---|\n| 1 |")


def test_times_are_shown_in_the_named_zone() -> None:
    moment = datetime(2013, 6, 4, 17, 30, tzinfo=UTC)
    shown = local(moment, "Asia/Jakarta")
    assert (day(shown), clock_time(shown)) == ("5 June 2013", "00:30")
    assert local(moment, "No/Where") == moment


def test_day_of_a_date() -> None:
    assert day(date(2013, 6, 5)) == "5 June 2013"


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 bytes"), (1536, "2 kB"), (9_646_899, "9.2 MB"), (5 * 1024 * 1024, "5 MB")]
)
def test_readable_size(size: int, words: str) -> None:
    assert readable_size(size) == words


def test_site_url_comes_from_the_settings_and_not_from_the_request(app: Flask) -> None:
    with app.test_request_context(headers={"Host": "evil.example"}):
        assert site_url("core.landing") == "http://127.0.0.1:8000/"


@pytest.mark.parametrize(("label", "shown"), [("Family name", "Family name:"), ("Do you come?", "Do you come?")])
def test_a_question_needs_no_colon_before_its_answer(label: str, shown: str) -> None:
    assert leading(label) == shown
