"""QR codes: a picture for documents, vector graphics for pages."""

from functools import lru_cache
from io import BytesIO
from urllib.parse import quote, unquote

import segno
from markupsafe import Markup

INK = "#083D2D"
MASK = 2
PIXELS = 4  # a module; with one, viewers blur the code on a screen
QUIET_ZONE = 4  # modules, ISO/IEC 18004 section 5.3.8
QR_SCHEME = "qr:"


def qr_data_uri(text: str, *, ink: str = INK) -> str:
    """Return a PNG as data: address; give the ``<img>`` an ``alt`` text.

    The quiet zone is part of the picture; ``image-rendering: crisp-edges`` keeps it sharp.
    """
    return str(qr_code(text).png_data_uri(scale=PIXELS, border=QUIET_ZONE, dark=ink, light="#FFFFFF"))


def qr_address(text: str) -> str:
    """Return the address of a code for an ``<img>`` of a document, which the engine draws; give it an ``alt`` text.

    Unlike a ``data:`` address it costs nothing until it is drawn.
    """
    return QR_SCHEME + quote(text, safe="")


def qr_text(address: str) -> str:
    """Return the text of the code that an address names."""
    return unquote(address.removeprefix(QR_SCHEME))


def qr_png(text: str) -> bytes:
    """Return a code as PNG; the quiet zone is part of the picture."""
    file = BytesIO()
    qr_code(text).save(file, kind="png", scale=PIXELS, border=QUIET_ZONE, dark=INK, light="#FFFFFF")
    return file.getvalue()


@lru_cache(maxsize=256)
def qr_svg(text: str, *, label: str) -> Markup:
    """Return the code as inline SVG for a page, black on white whatever the theme, with its label."""
    picture = qr_code(text).svg_inline(
        border=QUIET_ZONE, dark="#000000", light="#FFFFFF", omitsize=True, svgclass="qr", lineclass=None
    )
    return Markup('<svg role="img" aria-label="{}" ').format(label) + Markup(  # noqa: S704  # made by segno from modules
        picture.removeprefix("<svg ")
    )


def qr_code(text: str) -> segno.QRCode:
    """Return the modules of a code."""
    # One mask for all: readers take any, and weighing all eight costs more than the rest of the code.
    return segno.make(text, error="m", micro=False, boost_error=False, mask=MASK)
