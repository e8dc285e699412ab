"""Twenty-one currents that pass one strait, each with its dot; the host's is lit."""

from math import cos, exp, pi

from .canvas import ECONOMIES, WIDTH, drawing

LINE, DOT, LIT = "#0B5A43", "#083D2D", "#D46A12"
STEP = 8
NARROW_AT, MIDDLE = 372.0, 682.0
WIDE, NARROW = 17.0, 5.5


def currents(host_rank: int) -> str:
    """Return the drawing as a data address.

    Args:
        host_rank: the host economy's place in protocol order, 1 to 21.
    """
    lit = host_rank - 1
    order = [index for index in range(ECONOMIES) if index != lit] + [lit]  # the lit one lies above the others
    return drawing("".join(_current(index, is_lit=index == lit) for index in order))


def _current(index: int, *, is_lit: bool) -> str:
    points = " ".join(f"{x} {_height(index, x):.1f}" for x in range(-STEP, WIDTH + 2 * STEP, STEP))
    at = 40 + (index * 197) % (WIDTH - 80)
    colour, width = (LIT, 2.6) if is_lit else (LINE, 1)
    dot = (
        f'<circle cx="{at}" cy="{_height(index, at):.1f}" r="{8 if is_lit else 4.5}" fill="{LIT if is_lit else DOT}"/>'
    )
    opacity = "1" if is_lit else "0.55"
    return f'<path d="M{points}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-opacity="{opacity}"/>{dot}'


def _height(index: int, x: float) -> float:
    """Return where a current flows at ``x``: far from the others at the sides, close to them in the strait."""
    apart = WIDE - (WIDE - NARROW) * exp(-(((x - NARROW_AT) / 150) ** 2))
    swing = 34 * cos(2 * pi * x / 620 + 0.5) + 9 * cos(2 * pi * x / 240 + index * 0.35)
    return MIDDLE + swing + (index - (ECONOMIES - 1) / 2) * apart * 0.75
