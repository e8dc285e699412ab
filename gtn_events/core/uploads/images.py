"""Pictures are drawn anew, so that what is stored is a picture and nothing else."""

import warnings
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from ..errors import UploadRefused
from .kinds import FileKind

LARGEST_SIDE = 4000
MOST_PIXELS = 80_000_000


def redraw(source: Path, target: Path, kind: FileKind, *, shown: str) -> None:
    """Write the picture anew: upright, at most 4000 pixels a side, without EXIF, place or comments.

    Raises:
        UploadRefused: the picture is broken, or has more than 80 million pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(source, formats=[_format(kind)]) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise UploadRefused(
                        f"The picture {shown} has {opened.width} x {opened.height} pixels, which is too many. "
                        f"Choose one with at most {LARGEST_SIDE} pixels a side."
                    )
                _write(opened, target, kind)
    except Image.DecompressionBombError as error:
        raise UploadRefused(
            f"The picture {shown} has far too many pixels. Choose one with at most {LARGEST_SIDE} pixels a side."
        ) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise UploadRefused(f"The picture {shown} is broken and cannot be opened. Save it again and retry.") from error


def _write(opened: Image.Image, target: Path, kind: FileKind) -> None:
    opened.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))
    image = ImageOps.exif_transpose(opened)
    image.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    profile = opened.info.get("icc_profile") if image.mode in {"RGB", "RGBA"} else None
    if kind is FileKind.JPEG and image.mode not in {"RGB", "L"}:
        image = image.convert("RGB")
    elif image.mode not in {"RGB", "RGBA", "L", "LA", "P"}:
        image = image.convert("RGBA")
    image.info = {key: value for key, value in image.info.items() if key == "transparency"}
    if kind is FileKind.PNG:
        image.save(target, "PNG", icc_profile=profile)
    else:
        image.save(target, _format(kind), quality=88, icc_profile=profile)


def _format(kind: FileKind) -> str:
    return "JPEG" if kind is FileKind.JPEG else kind.name
