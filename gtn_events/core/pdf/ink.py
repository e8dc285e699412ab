"""Signatures on a dark ground: the same strokes in white."""

from io import BytesIO

from PIL import Image, ImageChops


def light_ink(data: bytes) -> bytes:
    """Return a picture of dark strokes on white, or on nothing, as white strokes on nothing (PNG)."""
    with Image.open(BytesIO(data)) as opened:
        picture = opened.convert("RGBA")
    paper = Image.new("RGBA", picture.size, "white")
    strokes = ImageChops.invert(Image.alpha_composite(paper, picture).convert("L"))
    light = Image.new("RGBA", picture.size, "white")
    light.putalpha(strokes)
    drawn = BytesIO()
    light.save(drawn, "PNG")
    return drawn.getvalue()
