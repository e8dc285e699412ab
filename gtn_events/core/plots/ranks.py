"""Ranks with their uncertainty: the bar of one row, the axis above, judges' severity, and what two orders differ in."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext
from markupsafe import Markup

from .drawing import Pen, frame, number, ticks, wide_and_narrow

WIDTH, EDGE, BAR = 220, 8, 10
PITCH, NARROW = 22, 320
NORMAL_90 = 1.645

Severity = tuple[str, float, float]
"""Judge's name, points above the panel, standard error."""

Move = tuple[str, int, int]
"""Entry's name, rank before and rank after; in order of the rank after."""


@dataclass(frozen=True)
class RankAxis:
    """Ranks 1 to ``size`` from left to right, with a dotted line behind the last place that goes on."""

    size: int
    cut: int | None = None

    def x(self, rank: float) -> float:
        """Return where a rank stands."""
        return EDGE + (rank - 1) * (WIDTH - 2 * EDGE) / max(self.size - 1, 1)

    @property
    def marks(self) -> list[int]:
        """Round ranks, the first and the last."""
        step = ticks(self.size, about=4)[1]
        inner = [mark for mark in range(step, self.size, step) if mark > 1 and self.size - mark > step / 3]
        return sorted({1, *inner, self.size})


def rank_axis_svg(axis: RankAxis, *, standalone: bool = False) -> Markup:
    """Return the numbers over the bars."""
    pen = Pen(standalone)
    parts = [pen.text("label", axis.x(mark), 13, mark, anchor="middle") for mark in axis.marks]
    words = gettext("Ranks 1 to %(last)s", last=axis.size)
    return frame(parts, width=WIDTH, height=18, title=words, name="ranks")


def rank_bar_svg(axis: RankAxis, rank: int, low: int | None, high: int | None, *, standalone: bool = False) -> Markup:
    """Return one entry's rank as a dot in the bar of its 90 % rank interval; the dot alone without an interval."""
    pen, middle = Pen(standalone), 15
    parts = [_upright(pen, "grid", axis.x(mark), 0, 30) for mark in axis.marks]
    words = gettext("Rank %(rank)s", rank=rank)
    if low is not None and high is not None:
        left, right = axis.x(low) - BAR / 2, axis.x(high) + BAR / 2
        parts.append(pen.rect("soft", left, middle - BAR / 2, right - left, BAR, more=f' rx="{BAR // 2}"'))
        words = gettext("Rank %(rank)s, 90 %% interval from %(low)s to %(high)s", rank=rank, low=low, high=high)
    if axis.cut is not None and axis.cut < axis.size:
        parts.append(_upright(pen, "limit", axis.x(axis.cut + 0.5), 0, 30))
    parts.append(_dot(pen, axis.x(rank), middle))
    return frame(parts, width=WIDTH, height=30, title=words, name="ranks")


def severity_svg(judges: Sequence[Severity], *, standalone: bool = False) -> Markup:
    """Return a dot for each judge, strict ones left, with the 90 % interval; in the given order."""
    return wide_and_narrow(lambda narrow: _severity(judges, narrow, Pen(standalone)), standalone=standalone)


def moves_svg(moves: Sequence[Move], *, before: str, after: str, standalone: bool = False) -> Markup:
    """Return a line for each entry from its rank before to its rank after; who moved furthest stands out.

    Args:
        before: the word over the left ranks.
        after: the word over the right ones.
    """
    return wide_and_narrow(lambda narrow: _moves(moves, before, after, narrow, Pen(standalone)), standalone=standalone)


def _severity(judges: Sequence[Severity], narrow: bool, pen: Pen) -> Markup:
    width, names = (NARROW, 74) if narrow else (520, 84)
    furthest = max((abs(points) + NORMAL_90 * error for _name, points, error in judges), default=1.0)
    marks = ticks(furthest, about=2)
    scale = (width - names - 24) / (2 * marks[-1])
    middle, foot = names + 12 + marks[-1] * scale, 26 + PITCH * len(judges)
    parts = [pen.text("label", names + 12, 12, gettext("stricter"))]
    parts.append(pen.text("label", width - 12, 12, gettext("more generous"), anchor="end"))
    for mark in sorted({*marks, *(-each for each in marks)}):
        parts.append(_upright(pen, "axis" if mark == 0 else "grid", middle + mark * scale, 20, foot))
        parts.append(
            pen.text("label", middle + mark * scale, foot + 16, f"{mark:+d}" if mark else "0", anchor="middle")
        )
    for index, (name, points, error) in enumerate(judges):
        y, reach = 20 + PITCH * (index + 0.5), NORMAL_90 * error
        parts.append(pen.text("label", names, y + 4, name, anchor="end"))
        left, right = middle + (points - reach) * scale, middle + (points + reach) * scale
        parts.append(pen.path("line-1", f"M{number(left)} {number(y)}H{number(right)}"))
        parts.append(_dot(pen, middle + points * scale, y))
    words = gettext("Severity of %(count)s judges in points, each with its 90 %% interval.", count=len(judges))
    return frame(parts, width=width, height=foot + 24, title=words, name="severity")


def _moves(moves: Sequence[Move], before: str, after: str, narrow: bool, pen: Pen) -> Markup:
    width, left, right = (NARROW, 28, 120) if narrow else (520, 36, 250)
    ordered = sorted(old for _name, old, _new in moves)
    places = {old: index for index, old in reversed(list(enumerate(ordered)))}
    furthest = max((abs(old - new) for _name, old, new in moves), default=0)
    parts = [pen.text("label", left, 12, before), pen.text("label", right, 12, after, anchor="end")]
    for index, (name, old, new) in enumerate(moves):
        top, end = 22 + PITCH * (places[old] + 0.5), 22 + PITCH * (index + 0.5)
        role = "line-2" if furthest > 1 and abs(old - new) == furthest else "link"
        parts.append(pen.path(role, f"M{number(left)} {number(top)}L{number(right)} {number(end)}"))
        parts.append(pen.text("label", left - 8, top + 4, old, anchor="end"))
        parts.append(_dot(pen, right, end))
        parts.append(pen.text("strong", right + 12, end + 4, f"{new}"))
        parts.append(pen.text("label", right + 34, end + 4, _short(name, 22 if narrow else 34)))
    words = gettext("Ranks of %(count)s entries before and after.", count=len(moves))
    return frame(parts, width=width, height=28 + PITCH * len(moves), title=words, name="moves")


def _upright(pen: Pen, role: str, x: float, top: float, foot: float) -> str:
    return f'<line {pen(role)} x1="{number(x)}" x2="{number(x)}" y1="{number(top)}" y2="{number(foot)}"/>'


def _dot(pen: Pen, x: float, y: float) -> str:
    return f'<circle {pen("dot")} cx="{number(x)}" cy="{number(y)}" r="5"/>'


def _short(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
