"""How wide a text will be, so that a name can be given the largest size that fits."""

from collections.abc import Sequence
from functools import cache, lru_cache
from math import ceil
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from gtn_events.core.later import Later

from .families import Family

if TYPE_CHECKING:
    from fontTools import ttLib as fonts  # noqa: N813  # the name of the package
else:
    fonts = Later("fontTools.ttLib")


@lru_cache(maxsize=8192)
def text_width(text: str, family: Family) -> float:
    """Return the width of one line of regular text in ems (times the font size gives the unit of that size).

    The sum of the advance widths: kerning, which mostly draws letters together, is left
    out. Han, kana and Hangul are one em wide in any family, and so counts a letter that
    the family does not have.
    """
    return sum(1.0 if east_asian_width(each) in "WF" else _advances(family).get(ord(each), 1.0) for each in text)


def fitted_size(
    texts: Sequence[str],
    family: Family,
    *,
    width: float,
    height: float,
    sizes: Sequence[int],
    legible: int,
    leading: float,
) -> int:
    """Return the largest size at which texts, each from a new line, fit a box.

    Args:
        texts: what begins a line of its own; empty ones take no room.
        width: of the box, in the unit of the sizes, as is its height.
        sizes: what there is to choose from, the largest first; the last one is taken when nothing fits.
        legible: words are kept whole down to this size; from here on they may break, so that no name gets tiny.
        leading: the height of a line in ems.

    Regular letters are measured: make the box a tenth narrower for bold ones.
    """
    widths = [[text_width(word, family) for word in text.split()] for text in texts if text]
    space = text_width(" ", family)
    for size in sizes:
        room = width / size
        lines = sum(_lines(words, space, room) for words in widths)
        if lines * leading * size <= height and (size <= legible or all(max(words) <= room for words in widths)):
            return size
    return sizes[-1]


def _lines(words: Sequence[float], space: float, room: float) -> int:
    lines, filled = 0, room
    for word in words:
        if filled + space + word > room:
            lines, filled = lines + max(1, ceil(word / room)), word % room if word > room else word
        else:
            filled += space + word
    return lines


def lines_needed(text: str, family: Family, *, room: float) -> int:
    """Return in how many lines a text is set; ``room`` is the width of a line in ems, a long word is broken."""
    words = [text_width(word, family) for word in text.split()]
    return _lines(words, text_width(" ", family), room) if words else 0


@cache
def _advances(family: Family) -> dict[int, float]:
    with fonts.TTFont(family.source, lazy=True) as font:
        units = font["head"].unitsPerEm
        widths = font["hmtx"]
        return {code: widths[name][0] / units for code, name in font.getBestCmap().items()}
