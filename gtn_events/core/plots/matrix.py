"""A matrix of two sides: one figure for each pair, the stronger its colour the further from zero."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext
from markupsafe import Markup

from .drawing import Pen, frame, wide_and_narrow

Side = tuple[str, str]
"""Code and name, in protocol order; the name stands for an empty code."""

CELL, HEIGHT, HEAD, LEGEND, GAP = 46, 36, 24, 24, 2
STRONGEST = 0.45  # of a colour, so that ink is still read on it


@dataclass(frozen=True)
class MatrixCell:
    """How many figures one pair has, and their mean; None where there are too few to say."""

    count: int
    mean: float | None


def matrix_svg(
    rows: Sequence[Side],
    columns: Sequence[Side],
    cells: Mapping[tuple[str, str], MatrixCell],
    *,
    above: str,
    below: str,
    few: str,
    title: str,
    standalone: bool = False,
) -> Markup:
    """Return a cell for each pair with its mean and its count; pairs that there are not stay empty.

    Cells without a mean are grey, those of a code with itself have a border.

    Args:
        above: the words of the key for a mean above zero (green).
        below: those for a mean below zero (amber).
        few: those for a cell that says nothing (grey).
        title: the sentence for those who cannot see it.
    """
    words = (above, below, few)
    return wide_and_narrow(
        lambda narrow: _matrix(rows, columns, cells, words, title, narrow=narrow, pen=Pen(standalone)),
        standalone=standalone,
    )


def _matrix(
    rows: Sequence[Side],
    columns: Sequence[Side],
    cells: Mapping[tuple[str, str], MatrixCell],
    words: tuple[str, str, str],
    title: str,
    *,
    narrow: bool,
    pen: Pen,
) -> Markup:
    names = 44 if narrow else 136
    furthest = max((abs(cell.mean) for cell in cells.values() if cell.mean is not None), default=0.0) or 1.0
    head = HEAD + LEGEND * (len(words) if narrow else 1)
    parts = _key(pen, words, narrow=narrow)
    for index, (code, name) in enumerate(columns):
        parts.append(pen.text("label", names + CELL * (index + 0.5), head - 8, code or name, anchor="middle"))
    for line, (code, name) in enumerate(rows):
        top = head + HEIGHT * line
        parts.append(pen.text("label", names - 8, top + HEIGHT / 2 + 4, code if narrow else name, anchor="end"))
        for index, (other, _name) in enumerate(columns):
            if (code, other) in cells:
                left = names + CELL * index
                parts.extend(_cell(pen, cells[code, other], left, top, furthest, home=code == other))
    width = max(names + CELL * len(columns), 0 if narrow else 560)
    return frame(parts, width=width, height=head + HEIGHT * len(rows) + 4, title=title, name="matrix")


def _key(pen: Pen, words: tuple[str, str, str], *, narrow: bool) -> list[str]:
    parts, x, y = [], 0.0, 2.0
    for role, strength, text in zip(("p1", "p2", "sunken"), (STRONGEST, STRONGEST, 1), words, strict=True):
        parts.append(pen.rect(role, x, y, 12, 12, more=f' fill-opacity="{strength}" rx="2"'))
        parts.append(pen.text("label", x + 18, y + 10, text))
        x, y = (0, y + LEGEND - 4) if narrow else (x + 44 + 6.4 * len(text), y)
    return parts


def _cell(pen: Pen, cell: MatrixCell, left: float, top: float, furthest: float, *, home: bool) -> list[str]:
    role = "sunken" if cell.mean is None else "p1" if cell.mean >= 0 else "p2"
    strength = 1.0 if cell.mean is None else STRONGEST * abs(cell.mean) / furthest
    more = f' fill-opacity="{strength:.2f}" rx="2"'
    parts = [pen.rect(role, left, top, CELL - GAP, HEIGHT - GAP, more=more)]
    if home:
        x, y, right, foot = left + 1, top + 1, left + CELL - GAP - 1, top + HEIGHT - GAP - 1
        parts.append(pen.path("line-1", f"M{x:g} {y:g}H{right:g}V{foot:g}H{x:g}Z"))
    middle = left + (CELL - GAP) / 2
    figure = "–" if cell.mean is None else f"{cell.mean:+.1f}"
    parts.append(pen.text("label" if cell.mean is None else "strong", middle, top + 15, figure, anchor="middle"))
    count = gettext("n %(count)s", count=cell.count)
    return [*parts, pen.text("label", middle, top + 29, count, anchor="middle")]
