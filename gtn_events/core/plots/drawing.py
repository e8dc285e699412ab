"""What all plots share: the pen, the frame, numbers as short text, and round ticks."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor, log10

from markupsafe import Markup, escape

PAINT = {
    "p1": 'fill="#0b5a43"',
    "p2": 'fill="#d48a1c"',
    "p3": 'fill="#8fa39a"',
    "p4": 'fill="#3b7ea1"',
    "soft": 'fill="#bfe0d0"',
    "sunken": 'fill="#edf2ef"',
    "grid": 'stroke="#e3eae6"',
    "axis": 'stroke="#7f8f87"',
    "line-1": 'fill="none" stroke="#0b5a43" stroke-width="2"',
    "line-2": 'fill="none" stroke="#d48a1c" stroke-width="2"',
    "line-3": 'fill="none" stroke="#5a6a62" stroke-width="1.5" stroke-dasharray="4 3"',
    "limit": 'fill="none" stroke="#d46a12" stroke-width="1.5" stroke-dasharray="2 3"',
    "label": 'fill="#42524a" font-size="12"',
    "strong": 'fill="#14211b" font-size="12" font-weight="600"',
    "limit-label": 'fill="#9c4600" font-size="12" font-weight="600"',
    "dot": 'fill="#0b5a43"',
    "dot-none": 'fill="none" stroke="#8fa39a"',
    "link": 'fill="none" stroke="#8fa39a" stroke-width="1.5"',
    "chord": 'fill="none" stroke="#8fa39a"',
    "chord-own": 'fill="none" stroke="#d46a12"',
    "ring-name": 'fill="#14211b" font-size="13"',
    "ring-number": 'fill="#14211b" font-weight="600"',
    "seal-dot": 'fill="#8fa39a"',
    "seal-lit": 'fill="#0b5a43"',
    "seal-halo": 'fill="none" stroke="#0b5a43" stroke-width="1.5"',
}


@dataclass(frozen=True)
class Pen:
    """How a drawing is coloured: by class on a page, by its own attributes in a document."""

    standalone: bool

    def __call__(self, role: str) -> str:
        """Return the attribute or attributes of one role of ``PAINT``."""
        return PAINT[role] if self.standalone else f'class="plot-{role}"'

    def text(self, role: str, x: float, y: float, words: object, *, anchor: str = "start", more: str = "") -> str:
        """Return one line of text."""
        where = f'x="{number(x)}" y="{number(y)}" text-anchor="{anchor}"'
        return f"<text {self(role)} {where}{more}>{escape(words)}</text>"

    def rect(self, role: str, x: float, y: float, width: float, height: float, *, more: str = "") -> str:
        """Return one rectangle."""
        size = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
        return f"<rect {self(role)} {size}{more}/>"

    def path(self, role: str, steps: str) -> str:
        """Return one path."""
        return f'<path {self(role)} d="{steps}"/>'


def number(value: float) -> str:
    """Return at most two decimals and no trailing zeros, so that equal drawings are equal text."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def frame(parts: list[str], *, width: float, height: float, title: str, name: str, more: str = "") -> Markup:
    """Return the drawing as an image with a sentence for those who cannot see it."""
    size = f'viewBox="0 0 {number(width)} {number(height)}" width="{number(width)}" height="{number(height)}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" class="plot plot-{name}" role="img" {size}{more}>'
    return Markup(f"{head}<title>{escape(title)}</title>{''.join(parts)}</svg>")  # noqa: S704  # every text is escaped


def wide_and_narrow(draw: Callable[[bool], Markup], *, standalone: bool) -> Markup:
    """Return the wide drawing for a document, and both for a page."""
    if standalone:
        return draw(False)
    return Markup('<div class="plot-wide">{}</div><div class="plot-narrow">{}</div>').format(draw(False), draw(True))


def ticks(top: float, *, about: int = 4) -> list[int]:
    """Return round whole numbers from 0 to the first one at or above ``top``."""
    rough = max(top, 1) / about
    power = 10.0 ** floor(log10(rough))
    step = max(1, int(next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)))
    return [step * index for index in range(ceil(max(top, 1) / step) + 1)]
