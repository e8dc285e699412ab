"""A quilt of twenty-one patches, one for each economy in protocol order; the host's is lit."""

from .canvas import ECONOMIES, HEIGHT, WIDTH, drawing

COLUMNS = 7
SIDE = WIDTH / COLUMNS
GREENS = (("#083D2D", "#8FD3B0"), ("#BFE0D0", "#0B5A43"), ("#0B5A43", "#E1F0E8"), ("#E1F0E8", "#083D2D"))
LIT = ("#D46A12", "#FDEBDA")


def quilt(host_rank: int) -> str:
    """Return the drawing as a data address.

    Args:
        host_rank: the host economy's place in protocol order, 1 to 21.
    """
    return drawing("".join(_patch(index, is_lit=index == host_rank - 1) for index in range(ECONOMIES)))


def _patch(index: int, *, is_lit: bool) -> str:
    row, column = divmod(index, COLUMNS)
    x, y = column * SIDE, HEIGHT - (ECONOMIES // COLUMNS - row) * SIDE
    ground, figure = LIT if is_lit else GREENS[(column + 3 * row + row * row) % len(GREENS)]
    square = f'<rect x="{x:.2f}" y="{y:.2f}" width="{SIDE + 0.2:.2f}" height="{SIDE + 0.2:.2f}" fill="{ground}"/>'
    return square + _figure((5 * index + row) % 4, x, y, figure)


def _figure(kind: int, x: float, y: float, colour: str) -> str:
    """Return a leafless shape: a quarter of a disc, two quarters, a half, or a disc."""
    right, foot = x + SIDE, y + SIDE
    arc = f"A{SIDE:.2f} {SIDE:.2f} 0 0 1"
    if kind == 0:
        return f'<path d="M{x:.2f} {y:.2f}{arc} {right:.2f} {foot:.2f}L{x:.2f} {foot:.2f}Z" fill="{colour}"/>'
    if kind == 1:
        lens = f"M{x:.2f} {y:.2f}{arc} {right:.2f} {foot:.2f}{arc} {x:.2f} {y:.2f}Z"
        return f'<path d="{lens}" fill="{colour}"/>'
    half = SIDE / 2
    if kind == 2:
        bow = f"M{x:.2f} {foot:.2f}A{half:.2f} {half:.2f} 0 0 1 {right:.2f} {foot:.2f}Z"
        return f'<path d="{bow}" fill="{colour}"/>'
    return f'<circle cx="{x + half:.2f}" cy="{y + half:.2f}" r="{half * 0.62:.2f}" fill="{colour}"/>'
