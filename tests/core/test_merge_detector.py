"""The detector: templates in which more than the fields depends on their texts are laid out as a whole."""

from collections.abc import Callable

import pytest

from gtn_events.core.pdf.merge import CannotMerge, Merger

from .merge_pages import TEMPLATE, page

WriteStyle = Callable[[str], None]


@pytest.mark.parametrize(
    ("style", "reason"),
    [
        (".name::before { content: 'Dr. ' }", "the field “name” shares its line with something else"),
        (".name { opacity: 0.5 }", "a field is painted as part of a group"),
        (".name { text-decoration: underline }", "a field has text-decoration-line: {'underline'}"),
        (".name { text-transform: uppercase }", "a field has text-transform: uppercase"),
        (".name { font-variant-caps: small-caps }", "a field has font-variant-caps: small-caps"),
        (".name { font-style: italic }", "a field has font-style: italic"),
        (".name { font-family: cursive }", "a field names the font cursive, which is none of the system's"),
        (".name { letter-spacing: 2px }", "a field has letter-spacing: 2"),
        (".name { text-align: justify }", "a field has text-align: justify"),
        (".name { text-indent: 20px }", "a field has an indent or an ellipsis"),
        (".name { overflow: hidden; text-overflow: ellipsis }", "a field has an indent or an ellipsis"),
        (".name { white-space: pre }", "a field has white-space: pre"),
        (".all { width: auto }", "the width of the field “name” depends on its text"),
        (".name { display: inline-block; background: #eee }", "a block stands within a line"),
        (".name { float: right }", "the width of the field “name” depends on its text"),
        (".all { display: flex }", "the width of the field “name” depends on its text"),
        (".all, .code { position: static; break-after: page }", "the document has 2 pages"),
        (".name { bookmark-level: 1; bookmark-label: content() }", "what stands around the fields depends on"),
        (".name { color: rgb(0 0 0 / 50%) }", "a field has a colour that is not plain red, green and blue"),
        (".name { display: none }", "a field does not keep its lines"),
        ("strong { background: #eee }", "an element within a field has a background"),
        ("strong { padding: 0 4px }", "an element within a field is moved, or has a border or room around it"),
        ("strong { vertical-align: super }", "an element within a field is moved, or has a border"),
        ("strong { opacity: 0.5 }", "an element within a field is moved, or has a border"),
        ("strong { position: relative; top: 4px }", "an element within a field is moved, or has a border"),
        ("strong::after { content: '!' }", "the field “sentence” shares its line with something else"),
        ("strong { text-decoration: underline }", "a field has text-decoration-line: {'underline'}"),
    ],
)
def test_template_that_depends_on_its_texts_is_found(write_style: WriteStyle, style: str, reason: str) -> None:
    write_style(style)

    with pytest.raises(CannotMerge) as caught:
        Merger(TEMPLATE, "en").draw(page("Rosa"))
    assert caught.value.reason.startswith(reason)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('<p>Given to <b data-field="name">Rosa</b></p>', "the field “name” shares its line with something else"),
        ('<p data-field="name">Rosa</p><p data-field="name">Rosa</p>', "the field “name” stands twice"),
        ('<p data-field="name">One <b data-field="two">two</b></p>', "the field “two” stands within another one"),
        ('<div data-field="name">One<div>two</div></div>', "the field “name” has no plain end"),
        ('<p data-field="name">Rosa <img src="data:image/png;base64,AA" alt="x"></p>', "the field “name” holds <img"),
        ('<p data-field="name">Rosa<br><br>Huamán</p>', "the field “name” has an empty line"),
        ('<p><img data-field="photo" src="photo.png" alt="x"></p>', "a picture that is neither a code nor a drawing"),
    ],
)
def test_page_whose_fields_are_not_alone_is_found(write_style: WriteStyle, body: str, reason: str) -> None:
    html = f'<!doctype html><html lang="en"><head><title>T</title></head><body>{body}</body></html>'

    with pytest.raises(CannotMerge) as caught:
        Merger(TEMPLATE, "en").draw(html)
    assert caught.value.reason.startswith(reason)


@pytest.mark.parametrize(
    "style",
    [
        ".name { text-align: right }",
        ".all { transform: rotate(-5deg) }",
        ".name { border: 2px solid; padding: 8px; background: linear-gradient(#fff, #eee) }",
        ".name { line-height: normal }",
        ".all { columns: 1; margin: 20px }",
    ],
)
def test_template_that_does_not_depend_on_its_texts_is_merged(write_style: WriteStyle, style: str) -> None:
    write_style(style)

    assert Merger(TEMPLATE, "en").draw(page()).startswith(b"%PDF-1.7")


@pytest.mark.parametrize("name", ["ffi", "fjord", "Tja", "แเเ", "ーー"])
def test_letters_that_draw_together_are_no_dependence(write_style: WriteStyle, name: str) -> None:
    assert Merger(TEMPLATE, "en").draw(page(name)).startswith(b"%PDF-1.7")


def test_verdict_is_asked_for_once(write_style: WriteStyle) -> None:
    write_style(".name { float: right }")
    merger = Merger(TEMPLATE, "en")

    reasons = set()
    for name in ("Rosa", "Naoki"):
        with pytest.raises(CannotMerge) as caught:
            merger.draw(page(name))
        reasons.add(caught.value.reason)
    assert reasons == {"the width of the field “name” depends on its text"}
