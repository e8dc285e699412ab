"""Pictures that differ from person to person: drawings (SVG) as drawing operators, codes as images of their own."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pydyf
from weasyprint import CSS, HTML
from weasyprint.document import Document

from ..engine import VARIANT, one_at_a_time
from ..fetcher import AssetFetcher
from ..qr import QR_SCHEME
from .errors import CannotMerge

CODE, DRAWING = "code", "drawing"
_SVG = "data:image/svg+xml"
_NAMED = (b"Do", b"sh", b"scn", b"SCN", b"Tf")


def picture_kind(source: str) -> str:
    """Return what kind of picture an address gives.

    Raises:
        CannotMerge: neither a code nor a drawing.
    """
    if source.startswith(QR_SCHEME):
        return CODE
    if source.startswith(_SVG):
        return DRAWING
    raise CannotMerge("a picture that is neither a code nor a drawing differs from person to person")


@dataclass(frozen=True)
class Drawing:
    """The box of a drawing: CSS pixels from the left and the top, its size, and that of the page in points."""

    x: float
    y: float
    width: float
    height: float
    page: tuple[float, float]

    def operators(self, source: str) -> bytes:
        """Return what draws a picture into the box.

        Raises:
            CannotMerge: it needs more than lines and plain colours.
        """
        return _operators(self, source)


@lru_cache(maxsize=512)
def _operators(box: Drawing, source: str) -> bytes:
    width, height = box.page
    style = (
        f"@page {{ size: {width}pt {height}pt; margin: 0 }}"
        f"img {{ position: absolute; left: {box.x}px; top: {box.y}px; width: {box.width}px; height: {box.height}px }}"
    )
    document = HTML(string=f'<html lang="en"><body><img src="{source}" alt="-">', url_fetcher=AssetFetcher.closed())
    kept: list[Any] = []  # Any: what pydyf draws with

    def keep(_document: Document, pdf: pydyf.PDF) -> None:
        kept.extend(_page_stream(pdf))

    with one_at_a_time:
        document.write_pdf(stylesheets=[CSS(string=style)], pdf_variant=VARIANT, uncompressed_pdf=True, finisher=keep)
    begin, end = kept.index(b"BDC"), len(kept) - 1 - kept[::-1].index(b"EMC")
    return plain_operators(kept[begin + 1 : end])


def plain_operators(tokens: list[Any]) -> bytes:  # Any: as above
    """Return operators as bytes.

    Raises:
        CannotMerge: one of them names something that stands elsewhere in the document, except how opaque it is.
    """
    drawn = b"\n".join(each if isinstance(each, bytes) else pydyf._to_bytes(each) for each in tokens) + b"\n"
    last = {line.rsplit(b" ", 1)[-1] for line in drawn.splitlines()}
    if last.intersection(_NAMED):
        raise CannotMerge("a drawing uses pictures, gradients or letters")
    return drawn


def _page_stream(pdf: pydyf.PDF) -> list[Any]:  # Any: as above
    page = pdf.objects[pdf.pages["Kids"][0]]
    number = int(pydyf._to_bytes(page["Contents"]).split()[0])
    return list(pdf.objects[number].stream)
