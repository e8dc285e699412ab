"""How PDFs look: pages as pictures, and how much of two differs."""

import pypdfium2
from PIL import Image, ImageChops

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
