"""How wide a text will be, so that a name can be given the largest size that fits."""

from functools import cache
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from gtn_events.core.later import Later

from .families import Family

if TYPE_CHECKING:
    from fontTools import ttLib as fonts  # noqa: N813  # the name of the package
else:
    fonts = Later("fontTools.ttLib")


def text_width(text: str, family: Family) -> float:
    """Return the width of one line of regular text in ems (times the font size gives the unit of that size).

    The sum of the advance widths: kerning, which mostly draws letters together, is left
    out. Han, kana and Hangul are one em wide in any family, and so counts a letter that
    the family does not have.
    """
    return sum(1.0 if east_asian_width(each) in "WF" else _advances(family).get(ord(each), 1.0) for each in text)


@cache
def _advances(family: Family) -> dict[int, float]:
    with fonts.TTFont(family.source, lazy=True) as font:
        units = font["head"].unitsPerEm
        widths = font["hmtx"]
        return {code: widths[name][0] / units for code, name in font.getBestCmap().items()}
