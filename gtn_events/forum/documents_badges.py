"""Badges as a PDF: plain facts in; single badges, sheets with crop marks or labels out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from gtn_events.core.pdf import fitted_size, needed_families, qr_data_uri, render_parts, text_width
from gtn_events.core.pdf.families import SANS, families_of

from .documents_ticket import STRIPS
from .enums import BadgeFormat

BOLD = 1.1  # bold letters are about a tenth wider than the regular ones that are measured
SIZES = (43, 39, 35, 31, 27, 24, 21, 19, 17, 15, 14, 13, 12, 11, 10, 9)  # each is a class of style.css
PAGES_IN_A_PART = 50
NAME_LEADING = 1.14
MORE_LINE = 15  # CSS pixels, as all sizes here


@dataclass(frozen=True, kw_only=True)
class BadgeEntry:
    """One line of the back: "Thursday 3 June", "11:00", a title, a room."""

    day: str
    time: str
    title: str
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class BadgeFacts:
    """Everything that a badge shows.

    ``reference`` is printed and is what the QR code holds, the same as on the ticket.
    ``place_and_dates`` is a phrase ("Da Nang · 3 and 4 June 2027"); ``back_text`` is the
    organiser's, a line a paragraph. ``category_position`` chooses colour and pattern of
    the strip; its label is always written.
    """

    forum_title: str
    place_and_dates: str
    venue: str = ""
    given_name: str
    family_name: str
    own_script_name: str = ""
    own_script_language: str = ""
    organisation_name: str = ""
    representation: str = ""
    category_label: str
    category_position: int = 1
    reference: str
    entries: tuple[BadgeEntry, ...] = ()
    back_text: str = ""

    @property
    def holder_name(self) -> str:
        """Given name and FAMILY NAME, as documents print it."""
        return f"{self.given_name} {self.family_name.upper()}".strip()


_NOBODY = BadgeFacts(forum_title="", place_and_dates="", given_name="", family_name="", category_label="", reference="")
_Page = tuple[bool, tuple[tuple[int, BadgeFacts], ...]]
"""Whether it is a back, and the badges with their places, from 1, by rows."""


@dataclass(frozen=True)
class _Layout:
    """A format: how many badges stand on a page, and the room for each text (width, height; CSS pixels)."""

    columns: int
    rows: int
    title: tuple[int, int]
    name: tuple[int, int]
    own_script: tuple[int, int]
    organisation: tuple[int, int]
    economy: tuple[int, int]
    strip: tuple[int, int]
    back: tuple[int, int] = (0, 0)
    largest: int = 43
    whole: int = 15  # a long word is kept whole down to this size,
    legible: int = 19  # and where that does not help, it breaks at this one


_A6 = _Layout(1, 1, (280, 42), (346, 140), (346, 48), (346, 48), (346, 50), (330, 44), (348, 507))
_LAYOUTS = {
    BadgeFormat.SINGLE: _A6,
    BadgeFormat.LABEL: _Layout(1, 1, (266, 42), (334, 150), (334, 48), (334, 48), (334, 50), (318, 44)),
    BadgeFormat.SHEET_4: _Layout(2, 2, (250, 42), (316, 124), (316, 46), (316, 46), (316, 48), (300, 44), (318, 477)),
    BadgeFormat.SHEET_8: _Layout(
        2, 4, (290, 22), (238, 64), (238, 30), (238, 36), (238, 38), (315, 28), (0, 0), 27, 12, 13
    ),
}


def check_letters(facts: BadgeFacts) -> None:
    """Make sure that a badge can be printed, so that one name never stops the others.

    Raises:
        MissingGlyphs: a text has a character that no font has; the message names it.
    """
    entries = [text for each in facts.entries for text in (each.title, each.place)]
    texts = [facts.holder_name, facts.organisation_name, facts.representation, facts.category_label, *entries]
    needed_families(texts, "en")
    needed_families([facts.own_script_name], facts.own_script_language or "und")


def badges_pdf(badges: Sequence[BadgeFacts], paper: BadgeFormat, *, with_back: bool = False, title: str) -> bytes:
    """Return badges as a tagged PDF, identical bytes for the same facts.

    Args:
        with_back: each page is followed by its back, mirrored so that both fit when the
            printer turns the paper over its long edge; only where the format has backs.

    Raises:
        MissingGlyphs: a text has a character that no font has.
    """
    pages = list(_pages(badges, paper, with_back=with_back and paper.has_back))
    # Many backs are the same: such a page is laid out once and stands in many places.
    numbers = {page: number for number, page in enumerate(dict.fromkeys(pages))}
    drawn = list(numbers)
    return render_parts(
        "forum/badges",
        [_part(drawn[start : start + PAGES_IN_A_PART], paper) for start in range(0, len(drawn), PAGES_IN_A_PART)],
        order=[numbers[page] for page in pages],
        title=title,
    )


def _pages(badges: Sequence[BadgeFacts], paper: BadgeFormat, *, with_back: bool) -> Iterator[_Page]:
    layout = _LAYOUTS[paper]
    on_page = layout.columns * layout.rows
    for start in range(0, len(badges), on_page):
        shown = badges[start : start + on_page]
        yield False, tuple(enumerate(shown, start=1))
        if with_back:
            backs = enumerate(map(_back_of, shown), start=1)
            yield True, tuple((_mirrored(place, layout.columns), each) for place, each in backs)


def _back_of(facts: BadgeFacts) -> BadgeFacts:
    """Return the facts without what the back does not show, so that backs that look the same are the same."""
    if facts.entries:
        return replace(_NOBODY, given_name=facts.given_name, entries=facts.entries, back_text=facts.back_text)
    return replace(
        _NOBODY,
        forum_title=facts.forum_title,
        place_and_dates=facts.place_and_dates,
        venue=facts.venue,
        back_text=facts.back_text,
    )


def _part(pages: Sequence[_Page], paper: BadgeFormat) -> dict[str, object]:
    layout = _LAYOUTS[paper]
    shown = [
        (
            is_back,
            [(place, _shown_behind(facts, layout) if is_back else _shown(facts, layout)) for place, facts in badges],
        )
        for is_back, badges in pages
    ]
    return {"paper": paper, "pages": shown}


def _mirrored(place: int, columns: int) -> int:
    row, column = divmod(place - 1, columns)
    return row * columns + columns - column


def _shown(facts: BadgeFacts, layout: _Layout) -> dict[str, object]:
    names = [line for line in (facts.given_name, facts.family_name.upper()) if line]
    strip_size = _size([facts.category_label], layout.strip, bold=True, largest=21)
    return {
        "facts": facts,
        "names": names,
        "name_size": _name_size(names, layout),
        "own_size": _size([facts.own_script_name], layout.own_script, lang=facts.own_script_language, leading=1.5),
        "organisation_size": _size([facts.organisation_name], layout.organisation, largest=17),
        "economy_size": _size([facts.representation], layout.economy, bold=True, largest=24),
        "strip_size": strip_size,
        "strip_is_long": text_width(facts.category_label, SANS) * BOLD * strip_size > layout.strip[0],
        "title_size": _size([facts.forum_title], layout.title, bold=True, largest=17),
        "strip": (facts.category_position - 1) % STRIPS + 1,
        "qr": qr_data_uri(facts.reference),
    }


def _name_size(names: Sequence[str], layout: _Layout) -> int:
    names = [name.replace("-", "- ") for name in names]  # a line may end there
    size = _size(names, layout.name, bold=True, largest=layout.largest, legible=layout.whole, leading=NAME_LEADING)
    widest = max((text_width(word, SANS) for name in names for word in name.split()), default=0)
    if widest * size * BOLD <= layout.name[0]:
        return size
    return _size(names, layout.name, bold=True, largest=layout.legible, legible=layout.legible, leading=NAME_LEADING)


def _shown_behind(facts: BadgeFacts, layout: _Layout) -> dict[str, object]:
    """Return the facts with the first entries that stand above the organiser's text."""
    width, room = layout.back
    room -= _lines(f"{facts.given_name}’s days", 19 * BOLD, width) * 22
    room -= sum(_lines(line, 11.5, width) * 17 for line in facts.back_text.splitlines() if line) + 36
    count, day = 0, ""
    for entry in facts.entries:
        room -= 9 + 15 * (_lines(entry.title, 12, width - 48) + bool(entry.place)) + 27 * (entry.day != day)
        if room < MORE_LINE * (count + 1 < len(facts.entries)):
            break
        count, day = count + 1, entry.day
    return {"facts": facts, "entries": facts.entries[:count]}


def _lines(text: str, size: float, width: float) -> int:
    return ceil(text_width(text, SANS) * size * 1.05 / width)


def _size(
    texts: Sequence[str],
    room: tuple[int, int],
    *,
    largest: int = 21,
    legible: int = 12,
    leading: float = 1.3,
    lang: str = "",
    bold: bool = False,
) -> int:
    return fitted_size(
        texts,
        families_of(lang)[0] if lang else SANS,
        width=room[0] / (BOLD if bold else 1.03),
        height=room[1],
        sizes=[size for size in SIZES if size <= largest],
        legible=legible,
        leading=leading,
    )
