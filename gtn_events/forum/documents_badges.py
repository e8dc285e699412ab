"""Badges as a PDF: plain facts in; single badges, sheets with crop marks or labels out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gtn_events.core.pdf import fitted_size, needed_families, qr_data_uri, render_pdf
from gtn_events.core.pdf.families import SANS, families_of

from .documents_ticket import STRIPS
from .enums import BadgeFormat

BOLD = 1.1  # bold letters are about a tenth wider than the regular ones that are measured
SIZES = (43, 39, 35, 31, 27, 24, 21, 19, 17, 15, 14, 13, 12, 11, 10, 9)  # each is a class of style.css
LINES_ON_BACK = 8


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
    largest: int = 43
    legible: int = 19


_A6 = _Layout(1, 1, (280, 42), (346, 140), (346, 48), (346, 48), (346, 50), (330, 44))
_LAYOUTS = {
    BadgeFormat.SINGLE: _A6,
    BadgeFormat.LABEL: _Layout(1, 1, (266, 42), (334, 150), (334, 48), (334, 48), (334, 50), (318, 44)),
    BadgeFormat.SHEET_4: _Layout(2, 2, (250, 42), (316, 124), (316, 46), (316, 46), (316, 48), (300, 44)),
    BadgeFormat.SHEET_8: _Layout(2, 4, (290, 22), (238, 64), (238, 30), (238, 40), (238, 28), (315, 28), 27, 13),
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
    return render_pdf(
        "forum/badges",
        {
            "paper": paper,
            "pages": list(_pages(badges, paper, with_back=with_back and paper.has_back)),
            "lines_on_back": LINES_ON_BACK,
        },
        title=title,
    )


def _pages(
    badges: Sequence[BadgeFacts], paper: BadgeFormat, *, with_back: bool
) -> Iterator[tuple[bool, list[tuple[int, dict[str, object]]]]]:
    """Yield each page: whether it is a back, and the badges with their places (from 1, by rows)."""
    layout = _LAYOUTS[paper]
    on_page = layout.columns * layout.rows
    for start in range(0, len(badges), on_page):
        shown = [_shown(each, layout) for each in badges[start : start + on_page]]
        yield False, list(enumerate(shown, start=1))
        if with_back:
            yield True, [(_mirrored(place, layout.columns), each) for place, each in enumerate(shown, start=1)]


def _mirrored(place: int, columns: int) -> int:
    row, column = divmod(place - 1, columns)
    return row * columns + columns - column


def _shown(facts: BadgeFacts, layout: _Layout) -> dict[str, object]:
    names = [line for line in (facts.given_name, facts.family_name.upper()) if line]
    return {
        "facts": facts,
        "names": names,
        "name_size": _size(names, layout.name, bold=True, largest=layout.largest, legible=layout.legible, leading=1.14),
        "own_size": _size([facts.own_script_name], layout.own_script, lang=facts.own_script_language, leading=1.5),
        "organisation_size": _size([facts.organisation_name], layout.organisation, largest=17),
        "economy_size": _size([facts.representation], layout.economy, bold=True, largest=24),
        "strip_size": _size([facts.category_label], layout.strip, bold=True, largest=21),
        "title_size": _size([facts.forum_title], layout.title, bold=True, largest=17),
        "strip": (facts.category_position - 1) % STRIPS + 1,
        "qr": qr_data_uri(facts.reference),
    }


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
