"""QR codes: a picture for documents, vector graphics for pages."""

from functools import lru_cache

import segno
from markupsafe import Markup

INK = "#083D2D"
MASK = 2
PIXELS = 4  # a module; with one, viewers blur the code on a screen
QUIET_ZONE = 4  # modules, ISO/IEC 18004 section 5.3.8


def qr_data_uri(text: str, *, ink: str = INK) -> str:
    """Return a PNG as data: address; give the ``<img>`` an ``alt`` text.

    The quiet zone is part of the picture; ``image-rendering: crisp-edges`` keeps it sharp.
    """
    return str(_code(text).png_data_uri(scale=PIXELS, border=QUIET_ZONE, dark=ink, light="#FFFFFF"))


@lru_cache(maxsize=256)
def qr_svg(text: str, *, label: str) -> Markup:
    """Return the code as inline SVG for a page, black on white whatever the theme, with its label."""
    picture = _code(text).svg_inline(
        border=QUIET_ZONE, dark="#000000", light="#FFFFFF", omitsize=True, svgclass="qr", lineclass=None
    )
    return Markup('<svg role="img" aria-label="{}" ').format(label) + Markup(  # noqa: S704  # made by segno from modules
        picture.removeprefix("<svg ")
    )


def _code(text: str) -> segno.QRCode:
    # One mask for all: readers take any, and weighing all eight costs more than the rest of the code.
    return segno.make(text, error="m", micro=False, boost_error=False, mask=MASK)
