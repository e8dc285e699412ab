"""Text setting of merge printing: fields are read out of pages as they were written, and wrapped without loss."""

from html import escape
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gtn_events.core.pdf.families import LATIN, families_of
from gtn_events.core.pdf.merge import CannotMerge
from gtn_events.core.pdf.merge.faces import shaped
from gtn_events.core.pdf.merge.marks import PictureField, Piece, TextField, read_marks
from gtn_events.core.pdf.merge.planning import Room, plan_lines
from gtn_events.core.pdf.merge.styles import Style
from gtn_events.core.pdf.thai import thai_taken_apart

LANGUAGES = ("en", "vi", "ru", "th", "ja", "ko", "zh-Hans", "zh-Hant")
LETTERS = {
    "Latin": "ABCDEabcdeéñçøßŁž'-.,;:()/&0123456789    ",
    "Vietnamese": "NguyễnThịHàĐặngƯơẵộ  ",
    "Cyrillic": "АннаЩербаковаЖёъыэю  ",
    "Thai": "สิริพรวัฒนากุลปั้นแต่งน้ำผู้ใหญ่  ",
    "Han": "山田直樹李明轩陳怡君、。「」（）冷藏",
    "Kana": "やまだナオキーァょ、。っ",
    "Hangul": "김민준대한민국 .,",
}
TEXTS = st.lists(st.sampled_from(sorted(LETTERS)), min_size=1, max_size=3).flatmap(
    lambda scripts: st.text(st.sampled_from(sorted(set("".join(LETTERS[each] for each in scripts)))), max_size=90)
)


def _style(lang: str, *, bold: bool = False, wraps: bool = True) -> Style:
    families = tuple(dict.fromkeys((*families_of(lang), *LATIN)))
    return Style(families=families, bold=bold, size=20, colour=(0, 0, 0), lang=lang, wraps=wraps, leading="1.5")


def _field(*lines: tuple[Piece, ...]) -> TextField:
    return TextField("name", lines)


def _shown(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=150, deadline=None)
@given(
    text=TEXTS.filter(str.strip),
    bold_from=st.integers(0, 90),
    lang=st.sampled_from(LANGUAGES),
    width=st.integers(60, 900),
)
def test_wrapping_loses_no_letter_and_no_line_is_wider_than_the_field(
    text: str, bold_from: int, lang: str, width: int
) -> None:
    text = " ".join(text.split())
    room = Room(width, {(): _style(lang), ("<strong>",): _style(lang, bold=True)})
    pieces = (Piece(text[:bold_from]), Piece(text[bold_from:], ("<strong>",)))

    try:
        lines = plan_lines(_field(tuple(each for each in pieces if each.text)), room)
    except CannotMerge as refused:
        assert refused.reason == "a word of the field “name” is wider than its line"  # noqa: PT017  # one of two ends
        return
    assert _shown("".join(run.text for line in lines for run in line)) == _shown(text)
    assert max((sum(run.width for run in line) for line in lines), default=0) <= width + 0.001


@settings(max_examples=150, deadline=None)
@given(text=TEXTS.filter(str.strip), lang=st.sampled_from(LANGUAGES))
def test_glyphs_stand_for_all_letters_in_their_order(text: str, lang: str) -> None:
    try:
        set_text = [shaped(face, thai_taken_apart(part), lang) for face, part in _style(lang).faces(text)]
    except CannotMerge as refused:
        assert "broken up" in refused.reason  # noqa: PT017  # one of two ends
        return
    assert "".join(glyph.key[1] for run in set_text for glyph in run.glyphs) == thai_taken_apart(text)


@settings(max_examples=150, deadline=None)
@given(name=st.text(max_size=40), alt=st.text(max_size=20), title=st.text(max_size=20))
def test_fields_are_read_as_a_page_was_written(name: str, alt: str, title: str) -> None:
    page = read_marks(
        f'<title>{escape(title)}</title><p data-field="name">{escape(name)}</p><hr>'
        f'<img class="a" data-field="code" src="qr:x" alt="{escape(alt)}">end'
    )

    text, picture = page.fields
    assert isinstance(text, TextField)
    read = "".join(piece.text for line in text.lines for piece in line)
    assert (_shown(read), page.title) == (_shown(normalize("NFC", name)), title)
    assert picture == PictureField("code", "qr:x", alt)
    assert page.parts == (
        '<title>@@TITLE@@</title><p data-field="name">',
        '</p><hr><img class="a" data-field="code"',
        ">end",
    )


def test_spaces_are_collapsed_across_elements_and_lines_begin_anew() -> None:
    page = read_marks(
        '<p data-field="name">\n  one <strong> two\n</strong> three <br> <b>four</b>&nbsp;five  </p>'
        '<img data-field="code" src="a&amp;b" alt="c">'
    )

    assert page.fields[0] == _field(
        (Piece("one "), Piece("two ", ("<strong>",)), Piece("three")), (Piece("four", ("<b>",)), Piece("\u00a0five"))
    )
    assert page.fields[1] == PictureField("code", "a&b", "c")


def test_hard_space_is_no_place_to_break() -> None:
    room = Room(240, {(): _style("en")})

    lines = plan_lines(_field((Piece("a delegate of Papua\u00a0New\u00a0Guinea"),)), room)

    assert ["".join(run.text for run in line) for line in lines] == ["a delegate of", "Papua\u00a0New\u00a0Guinea"]


def test_text_that_must_not_wrap_is_refused_when_it_is_too_wide() -> None:
    room = Room(60, {(): _style("en", wraps=False)})

    with pytest.raises(CannotMerge, match="is wider than its line, and is not wrapped"):
        plan_lines(_field((Piece("Siriporn WATTANAKUL"),)), room)
