"""Columns: how often each value of a scale was given, in the order of the scale."""

from collections.abc import Sequence
from math import ceil

from markupsafe import Markup

from .drawing import Pen, frame, number, wide_and_narrow

Column = tuple[str, int]
"""The value in words, and how often it was given."""

WIDTH, NARROW, HEIGHT, HEAD, FOOT, GAP = 420, 320, 110, 20, 24, 3
SIGN, ROOM_OF_COUNT = 7.2, 24


def columns_svg(columns: Sequence[Column], *, title: str, standalone: bool = False) -> Markup:
    """Return a column for each value with its count on top; of many values only some are named.

    Args:
        columns: in the order of the scale, also those that nobody gave.
        title: the sentence for those who cannot see it.
    """
    return wide_and_narrow(
        lambda narrow: _columns(columns, title, NARROW if narrow else WIDTH, Pen(standalone)), standalone=standalone
    )


def _columns(columns: Sequence[Column], title: str, width: int, pen: Pen) -> Markup:
    pitch, foot = width / max(len(columns), 1), HEAD + HEIGHT
    scale = HEIGHT / max(1, *(count for _label, count in columns))
    every = ceil((SIGN * max((len(label) for label, _count in columns), default=1) + 6) / pitch)
    parts = []
    for index, (label, count) in enumerate(columns):
        middle, height = pitch * (index + 0.5), count * scale
        if count:
            parts.append(pen.rect("p1", middle - pitch / 2 + GAP / 2, foot - height, max(pitch - GAP, 1), height))
        if count and pitch >= ROOM_OF_COUNT:
            parts.append(pen.text("strong", middle, foot - height - 5, count, anchor="middle"))
        if index % every == 0:
            parts.append(pen.text("label", middle, foot + 17, label, anchor="middle"))
    parts.append(f'<line {pen("axis")} x1="0" x2="{number(width)}" y1="{number(foot)}" y2="{number(foot)}"/>')
    return frame(parts, width=width, height=foot + FOOT, title=title, name="columns")
