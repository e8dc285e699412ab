"""The seal: the ring of the 21 economies with the holder's own one lit, drawn as SVG."""

from base64 import b64encode
from functools import lru_cache
from math import cos, pi, sin

from markupsafe import Markup

ECONOMIES = 21
ON_PAPER = ("#0B5A43", "#B2CEC4", "#C4670F")
ON_FIELD = ("#9ADBBE", "#2D6250", "#F2BC7B")
"""Dots, chords, and the economy that is lit: on white, and on the green field of an award."""
_SIDE, _RADIUS = 360.0, 170.0
_VIEW = f"0 0 {_SIDE:g} {_SIDE:g}"
_BEND = 0.72  # how far a chord leaves the straight line; short chords bend more


@lru_cache(maxsize=2 * (ECONOMIES + 1))
def seal_data_uri(lit: int | None, *, on_field: bool = False) -> str:
    """Return the seal as a data: address.

    Args:
        lit: the place in protocol order, 1 to 21, that is drawn in amber; None for none.
        on_field: True for the green field of an award.
    """
    drawing = seal_svg(lit, on_field=on_field).encode("ascii")
    return "data:image/svg+xml;base64," + b64encode(drawing).decode("ascii")


def seal_svg(lit: int | None, *, on_field: bool = False) -> str:
    """Return the seal as an SVG file; the chords are an ornament of fixed pattern, not data."""
    dots, chords, amber = ON_FIELD if on_field else ON_PAPER
    paint = {
        "chords": f'fill="none" stroke="{chords}" stroke-width="0.7"',
        "lit-chords": f'fill="none" stroke="{amber}" stroke-width="1.15"',
        "lit-dot": f'stroke="{amber}" stroke-width="13.2" stroke-linecap="round"',
        "dots": f'stroke="{dots}" stroke-width="7.2" stroke-linecap="round"',
    }
    paths = "".join(f'<path {paint[part]} d="{outline}"/>' for part, outline in _parts(lit))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{_VIEW}">{paths}</svg>'


def page_seal(lit: int | None) -> Markup:
    """Return the seal as inline SVG for a page, coloured by the classes of certificates.css; hidden from readers."""
    paths = "".join(f'<path class="seal-{part}" d="{outline}"/>' for part, outline in _parts(lit))
    return Markup(f'<svg class="seal" viewBox="{_VIEW}" aria-hidden="true">{paths}</svg>')  # noqa: S704  # numbers only


def _parts(lit: int | None) -> list[tuple[str, str]]:
    """Return what is drawn, the lowest first: the name of a part and its outline."""
    index = None if lit is None else lit - 1
    parts = [("chords", _curves([pair for pair in _chords() if index not in pair]))]
    if index is not None:
        parts.append(("lit-chords", _curves([pair for pair in _chords() if index in pair])))
        parts.append(("lit-dot", _dots([index])))
    return [*parts, ("dots", _dots([each for each in range(ECONOMIES) if each != index]))]


def _chords() -> list[tuple[int, int]]:
    steps = {7: 1, 9: 1, 4: 3}  # how many places on; from every which place
    return [
        (start, (start + step) % ECONOMIES) for step, every in steps.items() for start in range(0, ECONOMIES, every)
    ]


def _point(index: int, radius: float = _RADIUS) -> tuple[float, float]:
    angle = 2 * pi * index / ECONOMIES
    return _SIDE / 2 + radius * sin(angle), _SIDE / 2 - radius * cos(angle)


def _curves(chords: list[tuple[int, int]]) -> str:
    return "".join(_curve(start, end) for start, end in chords)


def _curve(start: int, end: int) -> str:
    (x0, y0), (x1, y1), centre = _point(start), _point(end), _SIDE / 2
    middle_x, middle_y = (x0 + x1) / 2 - centre, (y0 + y1) / 2 - centre
    pull = _BEND * (middle_x**2 + middle_y**2) ** 0.5 / _RADIUS
    return f"M{x0:.1f} {y0:.1f}Q{centre + pull * middle_x:.1f} {centre + pull * middle_y:.1f} {x1:.1f} {y1:.1f}"


def _dots(indices: list[int]) -> str:
    # Lines of no length with round ends: four times quicker to draw in a PDF than circles.
    return "".join(f"M{x:.1f} {y:.1f}h0.01" for x, y in map(_point, indices))
