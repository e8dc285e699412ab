"""Designs of a round of judging: what each costs in scorecards, and how certain its result would be."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext
from markupsafe import Markup

from .drawing import Pen, frame, number, ticks, wide_and_narrow

HEAD, HEIGHT, FOOT, LEFT, NARROW = 54, 220, 44, 44, 320
SHARES = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class TriedDesign:
    """One design: its name, its scorecards, and two shares from 0 to 1."""

    name: str
    cost: int
    list_right: float
    best_wins: float


def designs_svg(designs: Sequence[TriedDesign], *, standalone: bool = False) -> Markup:
    """Return a full and an empty dot over the cost of each design: how right the list is, how often the best wins."""
    return wide_and_narrow(lambda narrow: _designs(designs, narrow, Pen(standalone)), standalone=standalone)


def _designs(designs: Sequence[TriedDesign], narrow: bool, pen: Pen) -> Markup:
    width = NARROW if narrow else 720
    marks = ticks(max((each.cost for each in designs), default=1), about=3)
    scale, foot = (width - LEFT - 28) / marks[-1], HEAD + HEIGHT
    parts = _legend(pen, narrow=narrow)
    for share in SHARES:
        y = foot - HEIGHT * share / 100
        parts.append(_line(pen, "axis" if share == 0 else "grid", (LEFT, y), (width - 28, y)))
        parts.append(pen.text("label", LEFT - 8, y + 4, f"{share} %", anchor="end"))
    for mark in marks:
        x = LEFT + mark * scale
        parts.append(_line(pen, "grid", (x, HEAD), (x, foot)))
        parts.append(pen.text("label", x, foot + 16, mark, anchor="middle"))
    parts.append(pen.text("label", width - 28, foot + 34, gettext("scorecards"), anchor="end"))
    for each in sorted(designs, key=lambda design: (design.cost, design.name)):
        parts.extend(_dots(pen, each, LEFT + each.cost * scale, foot))
    words = gettext(
        "Scorecards and certainty of %(count)s designs; the figures stand in the table.", count=len(designs)
    )
    return frame(parts, width=width, height=foot + FOOT, title=words, name="designs")


def _legend(pen: Pen, *, narrow: bool) -> list[str]:
    second = (6, 30) if narrow else (290, 12)
    return [
        _dot(pen, "dot", 6, 12),
        pen.text("label", 18, 16, gettext("part of the shortlist that belongs there")),
        _dot(pen, "dot-none", second[0], second[1]),
        pen.text("label", second[0] + 12, second[1] + 4, gettext("the best entry is first")),
    ]


def _dots(pen: Pen, design: TriedDesign, x: float, foot: float) -> list[str]:
    right, wins = (foot - HEIGHT * share for share in (design.list_right, design.best_wins))
    return [
        _line(pen, "link", (x, right), (x, wins)),
        _dot(pen, "dot-none", x, wins),
        _dot(pen, "dot", x, right),
        pen.text("strong", x + 9, right + 4, design.name),
    ]


def _line(pen: Pen, role: str, start: tuple[float, float], end: tuple[float, float]) -> str:
    (x1, y1), (x2, y2) = start, end
    return f'<line {pen(role)} x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"/>'


def _dot(pen: Pen, role: str, x: float, y: float) -> str:
    return f'<circle {pen(role)} cx="{number(x)}" cy="{number(y)}" r="5"/>'
