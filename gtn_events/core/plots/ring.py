"""The ring of the economies: one dot for each, in protocol order, clockwise from the top."""

from collections.abc import Iterable, Sequence
from math import cos, pi, sin, sqrt

from flask_babel import gettext, ngettext
from markupsafe import Markup, escape

from .drawing import Pen, frame, number, wide_and_narrow

Value = tuple[str, str, int]
"""Code, name and number of one economy, in protocol order."""

Chord = tuple[str, str, int]
"""Two codes and how often they are linked."""

RADIUS = 150.0
LABELS = 145.0  # the longest name, "Papua New Guinea 28", in a wide font
LARGEST_DOT = 8.5
SMALLEST_DOT = 2.5
# Where the ornament of a document ties two dots; on pages, chords are always data.
ORNAMENT = ((0, 9), (2, 13), (4, 17), (6, 15), (8, 19), (1, 11), (5, 12), (10, 18), (3, 20), (7, 14), (16, 2))


def ring_svg(
    values: Sequence[Value],
    *,
    chords: Iterable[Chord] = (),
    own: tuple[str, str] | None = None,
    least: int = 1,
    title: str = "",
    standalone: bool = False,
) -> Markup:
    """Return the ring with a dot for each economy whose area is its number, and names around it.

    Args:
        values: code, name and number (0 gives a hollow dot), in protocol order.
        chords: pairs of codes that are linked, and how often; unknown codes are left out.
        own: the pair of codes that stands out: the reader's.
        least: smaller numbers are not written, and their dots are alike; published plots leave out those below 3.
        title: the sentence for those who cannot see it; made from the numbers if empty.
    """
    links = tuple(chords)
    words = title or sentence(values)
    return wide_and_narrow(
        lambda narrow: _ring(values, links, own=own, least=least, title=words, narrow=narrow, pen=Pen(standalone)),
        standalone=standalone,
    )


def seal_svg(economies: Sequence[Value], *, lit: str | None, title: str = "", standalone: bool = False) -> Markup:
    """Return the ring as a seal: one economy lit (none for a class without one), chords as ornament."""
    pen, centre = Pen(standalone), RADIUS + 20
    points = [_point(index, len(economies), RADIUS, centre) for index in range(len(economies))]
    parts = [_chord(pen, points[a], points[b], centre, 1) for a, b in ORNAMENT if max(a, b) < len(points)]
    for (code, _name, _count), (x, y) in zip(economies, points, strict=True):
        if code == lit:
            parts.append(_circle(pen("seal-halo"), x, y, 15))
        parts.append(_circle(pen("seal-lit" if code == lit else "seal-dot"), x, y, 9 if code == lit else 5))
    names = {code: name for code, name, _count in economies}
    words = title or (gettext("Ring of the economies, %(economy)s lit", economy=names[lit]) if lit in names else "")
    side = 2 * centre
    return frame(parts, width=side, height=side, title=words or gettext("Ring of the economies"), name="seal")


def sentence(values: Sequence[Value]) -> str:
    """Return what the ring shows, as a person would say it."""
    total = sum(count for _code, _name, count in values)
    if not total:
        return gettext("Ring of the %(num)s economies; nobody is confirmed yet.", num=len(values))
    present = sum(1 for _code, _name, count in values if count)
    _code, name, count = max(values, key=lambda value: value[2])
    people = ngettext("%(num)s delegate", "%(num)s delegates", total)
    places = ngettext("%(num)s economy", "%(num)s economies", present)
    return gettext(
        "%(people)s from %(places)s; the most from %(name)s, %(count)s.",
        people=people,
        places=places,
        name=name,
        count=count,
    )


def _ring(
    values: Sequence[Value],
    chords: Sequence[Chord],
    *,
    own: tuple[str, str] | None,
    least: int,
    title: str,
    narrow: bool,
    pen: Pen,
) -> Markup:
    centre = RADIUS + (18 if narrow else LABELS)
    largest = max((count for _code, _name, count in values), default=0)
    # The size of a dot must not tell what its label keeps to itself.
    smallest = min(least, largest)
    points = [_point(index, len(values), RADIUS, centre) for index in range(len(values))]
    place = {code: point for (code, _name, _count), point in zip(values, points, strict=True)}
    parts = [
        _chord(
            pen,
            place[one],
            place[other],
            centre,
            0.8 + sqrt(count) / 2,
            role="chord-own" if (one, other) == own else "chord",
        )
        # The own one last, so that it lies on top.
        for one, other, count in sorted(chords, key=lambda each: each[:2] == own)
        if one in place and other in place
    ]
    for index, ((_code, name, count), (x, y)) in enumerate(zip(values, points, strict=True)):
        radius = max(SMALLEST_DOT, LARGEST_DOT * sqrt(max(count, smallest) / largest)) if count else SMALLEST_DOT
        parts.append(_circle(pen("dot" if count else "dot-none"), x, y, radius))
        if not narrow:
            place_of_name = _point(index, len(values), RADIUS + radius + 7, centre)
            written = count if count >= least else 0
            parts.append(_label(pen, place_of_name, 360 * index / len(values) - 90, name, written))
    side = 2 * centre
    return frame(parts, width=side, height=side, title=title, name="ring")


def _label(pen: Pen, point: tuple[float, float], degrees: float, name: str, count: int) -> str:
    x, y = point
    left = degrees > 90
    figure = f"<tspan {pen('ring-number')}> {count}</tspan>" if count else ""
    turn = f"rotate({number(degrees - 180 if left else degrees)} {number(x)} {number(y)})"
    return (
        f'<text {pen("ring-name")} x="{number(x)}" y="{number(y)}" dy="4" text-anchor="{"end" if left else "start"}"'
        f' transform="{turn}">{escape(name)}{figure}</text>'
    )


def _point(index: int, of: int, radius: float, centre: float) -> tuple[float, float]:
    angle = 2 * pi * index / of
    return centre + radius * sin(angle), centre - radius * cos(angle)


def _chord(
    pen: Pen,
    start: tuple[float, float],
    end: tuple[float, float],
    centre: float,
    width: float,
    *,
    role: str = "chord",
) -> str:
    # The control point stands a quarter of the way out, so that neighbours bow and opposites run nearly straight.
    x, y = (centre + ((start[axis] + end[axis]) / 2 - centre) * 0.25 for axis in (0, 1))
    curve = f"M{number(start[0])} {number(start[1])}Q{number(x)} {number(y)} {number(end[0])} {number(end[1])}"
    return f'<path {pen(role)} d="{curve}" stroke-width="{number(width)}"/>'


def _circle(paint: str, x: float, y: float, radius: float) -> str:
    return f'<circle {paint} cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>'
