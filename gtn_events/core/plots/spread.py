"""Where the middle half and the ends of several groups of figures lie, beside those of all figures together."""

from collections.abc import Sequence

from markupsafe import Markup

from .drawing import Pen, frame, number, wide_and_narrow

Spread = tuple[str, Sequence[float]]
"""A name, then the lowest figure, the three quartiles and the highest."""

PITCH, THICKNESS, WIDTH, NARROW, RIGHT = 22, 10, 520, 320, 14
MARKS = (0, 20, 40, 60, 80, 100)


def spread_svg(groups: Sequence[Spread], *, everybody: Spread, title: str, standalone: bool = False) -> Markup:
    """Return a line from end to end for each group, a bar for its middle half and a dot for its median, 0 to 100.

    Args:
        groups: in the order in which they are drawn, under ``everybody``.
        everybody: all figures together; a dotted line carries their median down.
        title: the sentence for those who cannot see it.
    """
    return wide_and_narrow(
        lambda narrow: _spread(groups, everybody, title, narrow=narrow, pen=Pen(standalone)), standalone=standalone
    )


def _spread(groups: Sequence[Spread], everybody: Spread, title: str, *, narrow: bool, pen: Pen) -> Markup:
    width, names = (NARROW, 84) if narrow else (WIDTH, 100)
    scale, foot = (width - names - RIGHT) / MARKS[-1], PITCH * (len(groups) + 1) + 6
    parts = []
    for mark in MARKS:
        parts.append(_upright(pen, "axis" if mark == 0 else "grid", names + mark * scale, 0, foot))
        parts.append(pen.text("label", names + mark * scale, foot + 16, mark, anchor="middle"))
    parts.append(_upright(pen, "limit", names + everybody[1][2] * scale, 0, foot))
    for index, (name, figures) in enumerate((everybody, *groups)):
        low, lower, median, upper, high = (names + figure * scale for figure in figures)
        y = PITCH * (index + 0.5) + (6 if index else 0)
        parts.append(pen.text("strong" if index == 0 else "label", names - 10, y + 4, name, anchor="end"))
        parts.append(pen.path("line-1", f"M{number(low)} {number(y)}H{number(high)}"))
        parts.append(pen.rect("soft", lower, y - THICKNESS / 2, max(upper - lower, 1), THICKNESS, more=' rx="2"'))
        parts.append(f'<circle {pen("dot")} cx="{number(median)}" cy="{number(y)}" r="4"/>')
    return frame(parts, width=width, height=foot + 24, title=title, name="spread")


def _upright(pen: Pen, role: str, x: float, top: float, foot: float) -> str:
    return f'<line {pen(role)} x1="{number(x)}" x2="{number(x)}" y1="{number(top)}" y2="{number(foot)}"/>'
