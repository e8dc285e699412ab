"""A long document is the same document whether it is drawn page by page or as a whole."""

import gc
import logging
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from weasyprint.formatting_structure.boxes import LineBox

from gtn_events.core.pdf.engine import draw_pdf
from gtn_events.core.pdf.long import draw_long
from gtn_events.core.pdf.long.painter import Painter
from tests.pdf_structure import faults_of_structure, languages_of
from tests.pdf_told import told_by

from .merge_pages import TEMPLATE

STYLE = """
@page { size: 120mm 90mm; margin: 12mm; @bottom-left { content: counter(page) }
  @top-left { content: string(forum) } @top-right { content: string(chapter, last) } }
@page :left { margin-left: 18mm }
@page day { @top-left { content: string(short, first) } }
h1 { string-set: chapter content(), short content(); break-after: avoid }
.contents { string-set: forum attr(data-forum) }
.contents, .day, .index { break-before: page }
.day { page: day }
article { break-inside: avoid }
.page::after { content: target-counter(attr(href), page); display: inline-block; width: 2em }
.names .page[data-page]::after { content: attr(data-page) }
"""
DAYS = st.lists(st.lists(st.integers(0, 60), min_size=1, max_size=9), min_size=1, max_size=3)
WRITES = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def _style(write_style: Callable[[str], None]) -> None:
    write_style(STYLE)


def page(body: str, more: str = "") -> str:
    return f'<html lang="en"><head><title>Programme</title><style>{more}</style></head><body>{body}</body></html>'


def programme(days: list[list[int]], *, with_index: bool) -> str:
    """A programme by the number of words that each session of each day has; what is late is named early."""
    rows = "".join(f'<p><a class="page" href="#d{day}">Day {day} </a></p>' for day in range(len(days)))
    body = [
        f'<section class="cover">GTN</section><section class="contents" data-forum="GTN"><h1>Days</h1>{rows}</section>'
    ]
    for day, sessions in enumerate(days):
        body.append(f'<section class="day"><h1 id="d{day}">Day {day}</h1><table>')
        for number in range(len(sessions)):
            name = f"s{day}-{number}"
            body.append(
                f'<tr><th scope="row">9:0{number}</th><td><a class="page" href="#{name}">on page </a></td></tr>'
            )
        body.append('</table><p><a class="page" href="#later">Dinner, page </a></p>')
        body += [
            f'<article id="s{day}-{number}"><h2>Session {number}</h2><p>{"word " * words}</p></article>'
            for number, words in enumerate(sessions)
        ]
        body.append("</section>")
    body.append('<section class="day"><h1 id="later">Dinner</h1><a href="https://example.org">Menu</a></section>')
    if with_index:
        links = "".join(f'<a class="page" href="#s{day}-0"></a>' for day in range(len(days)))
        body.append(
            '<section class="index" data-index><h1 id="people">People</h1>'
            f'<div class="names"><p>Ana{links}</p></div></section>'
        )
    return page("".join(body))


@WRITES
@given(days=DAYS, with_index=st.booleans())
def test_both_ways_tell_the_same(days: list[list[int]], with_index: bool) -> None:
    html = programme(days, with_index=with_index)

    long = draw_long(html, TEMPLATE, "en")

    assert told_by(long) == told_by(draw_pdf(html, TEMPLATE, "en"))
    assert faults_of_structure(long, title="Programme") == []
    assert draw_long(html, TEMPLATE, "en") == long


def test_what_is_in_another_language_is_marked_so() -> None:
    data = draw_long(page('<h1>People</h1><p>Siriporn <span lang="th">สิริพร</span></p>'), TEMPLATE, "en")
    assert languages_of(data) == {"en", "th"}


def test_pages_are_let_go_while_others_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    gc.collect()
    alive: list[int] = []
    paint = Painter.paint

    def count_and_paint(painter: Painter, number: int, drawn: object) -> None:
        alive.append(sum(type(each) is LineBox for each in gc.get_objects()))
        paint(painter, number, drawn)

    monkeypatch.setattr(Painter, "paint", count_and_paint)
    body = "".join(f"<article><h2>Session {number}</h2><p>{'word ' * 120}</p></article>" for number in range(60))
    draw_long(page(f"<h1>All</h1>{body}"), TEMPLATE, "en")

    # Two lines of each session are what pages are made from; a page has up to fifteen.
    assert len(alive) > 30
    assert max(alive) < 2 * 60 + 2 * 15


@pytest.mark.parametrize(
    ("body", "style", "reason"),
    [
        ('<h1>A</h1><p class="of">of </p>', ".of::after { content: counter(pages) }", "a page says how many there are"),
        ("<h1>A</h1>", "@page { @top-left { content: counter(pages) } }", "a page says how many there are"),
        ('<h1>A</h1><div class="all">B</div>', ".all { position: fixed }", "a page says how many there are"),
        ('<h1>A</h1><p><a href="#nowhere">B</a></p>', "", "a link leads to nothing"),
        ("<h1>A</h1>", "@page { bleed: 3mm; marks: crop }", "a page has bleed or forms"),
        (
            '<p><a class="longer" href="#b">B</a></p><h1 id="b" style="break-before: page">B</h1>',
            ".longer::after { content: target-counter(attr(href), page, upper-roman); display: block; "
            "font-size: 30mm; width: 20mm; overflow-wrap: anywhere }",
            "a page holds less or more with its numbers than without",
        ),
    ],
)
def test_what_is_not_known_page_by_page_is_laid_out_as_a_whole(
    caplog: pytest.LogCaptureFixture, body: str, style: str, reason: str
) -> None:
    caplog.set_level(logging.INFO, logger="gtn_events.core.pdf.long.book")
    html = page(body, style)

    assert draw_long(html, TEMPLATE, "en") == draw_pdf(html, TEMPLATE, "en")
    [told] = [record.getMessage() for record in caplog.records if record.name == "gtn_events.core.pdf.long.book"]
    assert told.startswith(f"{TEMPLATE} is laid out as a whole: {reason}")
