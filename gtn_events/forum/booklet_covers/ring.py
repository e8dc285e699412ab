"""The ring of the 21, cropped by the page's foot, the host's dot lit."""

from math import cos, pi, sin

from .canvas import ECONOMIES, drawing

CENTRE = (528.0, 795.0)
RADIUS = 352.0
HOST_DEGREES = -102.7
PALE, LIT = "#8FD3B0", "#F2BC7B"
PALE_STEPS, LIT_STEPS = (5, 8, 9), (6, 8, 10, 12, 14)

Point = tuple[float, float]


def ring(host_rank: int) -> str:
    """Return the drawing as a data address; the chords are an ornament.

    Args:
        host_rank: the host economy's place in protocol order, 1 to 21.
    """
    lit = host_rank - 1
    points = [_point(index - lit) for index in range(ECONOMIES)]
    pale = " ".join(_chord(points, index, step) for index in range(ECONOMIES) for step in PALE_STEPS)
    bright = " ".join(_chord(points, lit, step) for step in LIT_STEPS)
    dots = "".join(_dot(point, is_lit=index == lit) for index, point in enumerate(points))
    return drawing(
        f'<path d="{pale}" fill="none" stroke="{PALE}" stroke-opacity="0.32"/>'
        f'<path d="{bright}" fill="none" stroke="{LIT}" stroke-width="1.3"/>{dots}'
    )


def _point(steps: int) -> Point:
    """Return the place of the economy so many steps after the host."""
    angle = (HOST_DEGREES + 360 / ECONOMIES * steps) * pi / 180
    return CENTRE[0] + RADIUS * cos(angle), CENTRE[1] + RADIUS * sin(angle)


def _chord(points: list[Point], index: int, step: int) -> str:
    (ax, ay), (bx, by) = points[index], points[(index + step) % ECONOMIES]
    x = (ax + bx) / 2 * 0.45 + CENTRE[0] * 0.55
    y = (ay + by) / 2 * 0.45 + CENTRE[1] * 0.55
    return f"M{ax:.1f} {ay:.1f}Q{x:.1f} {y:.1f} {bx:.1f} {by:.1f}"


def _dot(point: Point, *, is_lit: bool) -> str:
    radius, colour = (8, LIT) if is_lit else (6.5, PALE)
    return f'<circle cx="{point[0]:.1f}" cy="{point[1]:.1f}" r="{radius}" fill="{colour}"/>'
