"""Bars: numbers of every economy stacked by a second question, and how full a seat pool is."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext, ngettext
from markupsafe import Markup

from .drawing import Pen, frame, number, ticks, wide_and_narrow

Row = tuple[str, str, Sequence[int]]
"""Code, name and the numbers of one economy, in the order of the series."""

PITCH, THICKNESS, HEAD, FOOT, GAP = 22, 13, 30, 28, 1
NARROW = 320
COLOURS = ("p1", "p2", "p3", "p4")


@dataclass(frozen=True)
class _Layout:
    width: int
    names: int
    right: int
    scale: float
    marks: list[int]

    def x(self, value: float) -> float:
        return self.names + value * self.scale


def stacked_bars_svg(
    rows: Sequence[Row],
    *,
    series: Sequence[str],
    title: str = "",
    width: int = 760,
    names: int = 150,
    standalone: bool = False,
) -> Markup:
    """Return one bar for each row, parts stacked in the order of ``series``, totals at the ends.

    Args:
        rows: code, name and one number for each series, in protocol order.
        series: the words of the parts, at most four (green, amber, grey, blue).
        title: the sentence for those who cannot see it; made from the totals if empty.
        width: of the wide drawing.
        names: room in it for the names; what is longer is cut.
    """
    totals = [sum(counts[index] for _code, _name, counts in rows) for index in range(len(series))]
    parts = "; ".join(f"{word} {total}" for word, total in zip(series, totals, strict=True))
    words = title or gettext(
        "%(total)s people in protocol order of economies: %(parts)s.", total=sum(totals), parts=parts
    )
    return wide_and_narrow(
        lambda narrow: _bars(
            rows, series, totals, title=words, size=(width, names), narrow=narrow, pen=Pen(standalone)
        ),
        standalone=standalone,
    )


def seat_bar_svg(taken: int, capacity: int, offered: int = 0, *, standalone: bool = False) -> Markup:
    """Return a thin bar of one pool: seats held in green, seats on offer (part of ``taken``) in amber."""
    pen = Pen(standalone)
    share = 100 / max(capacity, 1)
    held = max(taken - offered, 0) * share
    parts = [pen.rect("sunken", 0, 0, 100, 6), pen.rect("p1", 0, 0, held, 6)]
    if offered:
        parts.append(pen.rect("p2", held, 0, min(offered * share, 100 - held), 6))
    words = ngettext("%(taken)s of %(num)s place taken", "%(taken)s of %(num)s places taken", capacity, taken=taken)
    if offered:
        words = gettext("%(words)s, %(offered)s of them on offer", words=words, offered=offered)
    return frame(parts, width=100, height=6, title=words, name="seats", more=' preserveAspectRatio="none"')


def _bars(
    rows: Sequence[Row],
    series: Sequence[str],
    totals: Sequence[int],
    *,
    title: str,
    size: tuple[int, int],
    narrow: bool,
    pen: Pen,
) -> Markup:
    marks = ticks(max((sum(counts) for _code, _name, counts in rows), default=0), about=3)
    width, names, right = (NARROW, 122, 30) if narrow else (*size, 50)
    layout = _Layout(width, names, right, (width - names - right) / marks[-1], marks)
    head = HEAD + (22 if narrow else 0)
    foot = head + PITCH * len(rows)
    parts = _legend(pen, series, totals, narrow=narrow) + _grid(pen, layout, head, foot)
    for index, (_code, name, counts) in enumerate(rows):
        parts.extend(_bar(pen, layout, name, counts, head + PITCH * index))
    return frame(parts, width=width, height=foot + FOOT, title=title, name="bars")


def _legend(pen: Pen, series: Sequence[str], totals: Sequence[int], *, narrow: bool) -> list[str]:
    parts, x, y = [], 0.0, 4.0
    for colour, word, total in zip(COLOURS, series, totals, strict=False):
        text = f"{word} {total}"
        need = 17 + 7.2 * len(text)
        if narrow and x and x + need > NARROW:
            x, y = 0.0, y + 20
        parts.append(pen.rect(colour, x, y, 11, 11, more=' rx="2"'))
        parts.append(pen.text("label", x + 17, y + 10, text))
        x += need + 18
    return parts


def _grid(pen: Pen, layout: _Layout, head: float, foot: float) -> list[str]:
    parts = []
    for mark in layout.marks:
        x = number(layout.x(mark))
        line = f'x1="{x}" x2="{x}" y1="{number(head - 4)}" y2="{number(foot)}"'
        parts.append(f"<line {pen('axis' if mark == 0 else 'grid')} {line}/>")
        parts.append(pen.text("label", layout.x(mark), foot + 18, mark, anchor="middle"))
    return parts


def _bar(pen: Pen, layout: _Layout, name: str, counts: Sequence[int], top: float) -> list[str]:
    middle = top + PITCH / 2
    parts = [pen.text("label", layout.names - 10, middle + 4, _cut(name, layout.names), anchor="end")]
    sofar = 0
    for colour, count in zip(COLOURS, counts, strict=False):
        if count:
            x, y = layout.x(sofar), middle - THICKNESS / 2
            parts.append(pen.rect(colour, x, y, max(count * layout.scale - GAP, 1), THICKNESS))
        sofar += count
    parts.append(pen.text("strong", layout.x(sofar) + 7, middle + 4, sofar))
    return parts


def _cut(name: str, room: int) -> str:
    # Some 6.4 units a sign, whatever the script; a table with the whole name stands beside.
    most = int((room - 10) / 6.4)
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"
