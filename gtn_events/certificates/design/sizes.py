"""Sizes of names, prizes and signatories: the largest at which they fit, down to a legible one."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from gtn_events.core.pdf import lines_needed, text_width, words_of
from gtn_events.core.pdf.families import SANS, SERIF, THAI, Family

NAME_WIDTH = 606  # CSS pixels between the left margin and the seal, where there is no design
ONE_LINE_SIZES = (50, 46, 42, 38, 34)
TWO_LINE_SIZES = (44, 40, 36, 32)
THREE_LINE_SIZES = (36, 32, 28, 24)
LEGIBLE_SIZES = (21, 18, 16)  # for names that are longer still: 16 pixels are 12 points
OWN_SCRIPT_SIZES = (25, 22, 19, 16)
PRIZE_SIZES = (84, 68, 54, 44, 36)
SMALL_PRIZE_SIZES = (30, 24, 20)
ENTRY_SIZES = (32, 28, 24, 20)
SIGNED_SIZES = (14, 12, 10)
_SIGNED_HEIGHT, _SIGNED_WIDTH, _LEADING = 80, 215, 1.4
_NEARLY = 0.98  # lines are not filled to their end
_THAI = re.compile("([\u0e00-\u0e7f]+)")


def fitted_name(given_name: str, family_name: str, width: float = NAME_WIDTH) -> tuple[int, list[str]]:
    """Return the size in CSS pixels and the lines of a name: one line while it can be, then two, then three.

    Where there is a design, sizes go on down to a legible one.
    """
    whole = f"{given_name} {family_name}".strip()
    two = [line for line in (given_name, family_name) if line]
    three = [line for line in (given_name, *_halves(family_name)) if line]
    for lines, sizes in (([whole], ONE_LINE_SIZES), (two, TWO_LINE_SIZES), (three, THREE_LINE_SIZES)):
        for size in sizes:
            if widest(lines) * size <= width:
                return size, lines
    return THREE_LINE_SIZES[-1], three


def small_name(lines: list[str], width: float) -> tuple[int, list[str], bool]:
    """Return a name at a legible size, its lines as they are or broken, and whether that had to be within a word."""
    measured = max(map(_drawn_width, lines), default=0)
    for size in (*THREE_LINE_SIZES, *LEGIBLE_SIZES):
        if measured * size <= width:
            return size, lines, False
    size = LEGIBLE_SIZES[0]
    room = _NEARLY * width / size
    within = any(_drawn_width(word.rstrip()) > room for line in lines for word in words_of(line))
    return size, [part for line in lines for part in _pieces(line, room)], within


def widest(lines: Sequence[str]) -> float:
    """Return the width of the widest line in ems."""
    return max((text_width(line, SERIF) for line in lines), default=0)


def own_script_size(name: str, language: str, width: float = NAME_WIDTH) -> int:
    """Return the size in CSS pixels at which the own-script name stays on one line, or the smallest."""
    measured = text_width(name, own_family(language))
    return next((size for size in OWN_SCRIPT_SIZES if measured * size <= width), OWN_SCRIPT_SIZES[-1])


def own_family(language: str) -> Family:
    """Return the family whose letters a name in own script is measured by."""
    return THAI if language.startswith("th") else SANS


def prize_size(prize: str, width: float) -> int:
    """Return the size of a prize: on one line, or small enough that no word of it is broken."""
    size = on_one_line(prize, PRIZE_SIZES, width)
    word = widest(prize.split())
    return next((each for each in (size, *SMALL_PRIZE_SIZES) if word * each <= width), SMALL_PRIZE_SIZES[-1])


def on_one_line(text: str, sizes: tuple[int, ...], width: float) -> int:
    """Return the size in CSS pixels at which a line stays left of the ring, or the smallest."""
    measured = text_width(text, SERIF)
    return next((size for size in sizes if measured * size <= width), sizes[-1])


def signed_size(name: str, role: str) -> int:
    """Return the size in CSS pixels at which name and post of a signatory fit between their line and the edge."""
    for size in SIGNED_SIZES:
        room = _SIGNED_WIDTH / size
        if (lines_needed(name, SANS, room=room) + lines_needed(role, SANS, room=room)) * _LEADING * size <= (
            _SIGNED_HEIGHT
        ):
            return size
    return SIGNED_SIZES[-1]


def _drawn_width(text: str) -> float:
    """Return the width of a line of a name in ems, letters of Thai by the family that draws them."""
    return sum(text_width(part, THAI if _THAI.match(part) else SERIF) for part in _THAI.split(text))


def _pieces(line: str, room: float) -> Iterator[str]:
    """Yield a line in pieces that fit, broken between words, and within one only where it is longer than a line."""
    piece = ""
    for word in words_of(line):
        if piece and _drawn_width(piece + word.rstrip()) > room:
            yield piece.strip()
            piece = ""
        *whole, piece = _letters(piece + word, room)
        yield from whole
    if piece.strip():
        yield piece.strip()


def _letters(word: str, room: float) -> list[str]:
    pieces, filled = [""], 0.0
    for letter in word:
        own = _drawn_width(letter)
        if pieces[-1] and filled + own > room and unicodedata.category(letter)[0] not in "MZ":
            pieces.append("")
            filled = 0.0
        pieces[-1], filled = pieces[-1] + letter, filled + own
    return pieces


def _halves(name: str) -> list[str]:
    """Return a name in two lines of nearly the same width, broken after a space or a hyphen."""
    places = [place + 1 for place, letter in enumerate(name) if letter in " -"]
    if not places:
        return [name]
    best = min(places, key=lambda place: max(text_width(name[:place], SERIF), text_width(name[place:], SERIF)))
    return [name[:best].strip(), name[best:].strip()]
