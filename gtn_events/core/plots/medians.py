"""A median at moments in time: a dot for each that can be told, and how many stand behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel.numbers import format_compact_decimal
from flask_babel import get_locale, gettext
from markupsafe import Markup

from .drawing import Pen, frame, number, ticks

WIDTH, LEFT, RIGHT, HEAD, HEIGHT, FOOT = 320, 46, 24, 26, 120, 46


@dataclass(frozen=True)
class MomentMedian:
    """One moment: its short word, the median (None where it cannot be told), and how many answered of how many."""

    word: str
    median: float | None
    answered: int
    due: int


def medians_svg(moments: Sequence[MomentMedian], *, title: str, standalone: bool = False) -> Markup:
    """Return the medians over the moments, joined where they follow one another, ``n of m`` under each.

    Args:
        title: the sentence for those who cannot see it.
    """
    pen = Pen(standalone)
    marks = ticks(max((each.median or 0 for each in moments), default=0), about=3)
    pitch = (WIDTH - LEFT - RIGHT) / max(len(moments) - 1, 1)
    foot = HEAD + HEIGHT
    places = [(LEFT + index * pitch, each) for index, each in enumerate(moments)]
    parts = []
    for mark in marks:
        height = foot - HEIGHT * mark / marks[-1]
        role, level = "axis" if mark == 0 else "grid", number(height)
        parts.append(f'<line {pen(role)} x1="{LEFT - 8}" x2="{WIDTH - RIGHT + 10}" y1="{level}" y2="{level}"/>')
        parts.append(pen.text("label", LEFT - 13, height + 4, _short(mark), anchor="end"))
    points = [(x, foot - HEIGHT * each.median / marks[-1], each) for x, each in places if each.median is not None]
    if len(points) > 1:
        parts.append(pen.path("line-1", "M" + "L".join(f"{number(x)} {number(y)}" for x, y, _each in points)))
    for x, y, each in points:
        parts.append(f'<circle {pen("dot")} cx="{number(x)}" cy="{number(y)}" r="5"/>')
        parts.append(pen.text("strong", x, y - 10, _short(each.median or 0), anchor="middle"))
    for x, each in places:
        answered = gettext("%(num)s of %(total)s", num=each.answered, total=each.due)
        parts.append(pen.text("label", x, foot + 19, each.word, anchor="middle"))
        parts.append(pen.text("label", x, foot + 36, answered, anchor="middle"))
    return frame(parts, width=WIDTH, height=foot + FOOT, title=title, name="medians")


def _short(value: float) -> str:
    return format_compact_decimal(value, fraction_digits=1, locale=get_locale() or "en")
