"""How PDFs look: pages as pictures, how much of two differs, and what is read out instead of them."""

from io import BytesIO

import pypdfium2
from PIL import Image, ImageChops
from pypdf import PdfReader

DPI = 100


def picture(data: bytes, *, dpi: int = DPI) -> Image.Image:
    """The first page of a PDF."""
    document = pypdfium2.PdfDocument(data)
    try:
        return document[0].render(scale=dpi / 72).to_pil().convert("RGB")
    finally:
        document.close()


def share_that_differs(one: bytes, other: bytes) -> float:
    """Which share of the pixels of two pages differs, however little."""
    difference = ImageChops.difference(picture(one), picture(other)).convert("L")
    return 1 - difference.histogram()[0] / (difference.width * difference.height)


def alternatives(data: bytes) -> set[str]:
    """What the pictures of a PDF show, in words."""
    reader = PdfReader(BytesIO(data))
    objects = (reader.get_object(number) for number in range(1, reader.trailer["/Size"]))
    return {str(each["/Alt"]) for each in objects if isinstance(each, dict) and "/Alt" in each}
