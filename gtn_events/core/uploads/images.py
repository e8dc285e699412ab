"""Pictures are drawn anew, so that what is stored is a picture and nothing else."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from gtn_events.core.later import Later

from ..errors import UploadRefused
from .kinds import Content, FileKind

if TYPE_CHECKING:
    import PIL
    from PIL import Image, ImageCms, ImageFile, ImageOps
else:
    PIL, Image, ImageCms, ImageFile, ImageOps = (
        Later(name) for name in ("PIL", "PIL.Image", "PIL.ImageCms", "PIL.ImageFile", "PIL.ImageOps")
    )

LARGEST_SIDE = 4000
# A JPEG is made smaller while it is decoded; any other picture has to be unpacked whole, 3 or 4 bytes a pixel.
MOST_PIXELS = {FileKind.JPEG: 80_000_000, FileKind.PNG: 32_000_000, FileKind.WEBP: 32_000_000}
# A JPEG of a few megabytes can hold tens of thousands of scans, each as much work as the whole picture; cameras and
# programs write at most some ten, and a small preview or two.
MOST_SCANS = 50
_START_OF_SCAN = b"\xff\xda"
# One at a time: a few pictures of some kilobytes could fill the memory of the process otherwise.
_drawing = Lock()


def redraw(
    source: Content, target: Path | BytesIO, kind: FileKind, *, shown: str, largest_side: int = LARGEST_SIDE
) -> None:
    """Write the picture anew: upright, at most ``largest_side`` pixels a side, in sRGB, and nothing beside it.

    Profile, EXIF, place and comments stay behind.

    Raises:
        UploadRefused: the picture is broken, or would take too long or too much memory to unpack.
    """
    if kind is FileKind.JPEG and source.read_bytes().count(_START_OF_SCAN) > MOST_SCANS:
        raise UploadRefused(f"The picture {shown} is put together from too many layers. Save it again and retry.")
    try:
        with _drawing, _whole_pictures_only(), warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with source.open("rb") as file, Image.open(file, formats=[_format(kind)]) as opened:
                if opened.width * opened.height > MOST_PIXELS[kind]:
                    raise UploadRefused(
                        f"The picture {shown} has {opened.width} x {opened.height} pixels, which is too many. "
                        f"Choose one with at most {LARGEST_SIDE} pixels a side."
                    )
                _write(opened, target, kind, largest_side)
    except Image.DecompressionBombError as error:
        raise UploadRefused(
            f"The picture {shown} has far too many pixels. Choose one with at most {LARGEST_SIDE} pixels a side."
        ) from error
    except (PIL.UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise UploadRefused(f"The picture {shown} is broken and cannot be opened. Save it again and retry.") from error


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """Refuse a picture that was cut off, which WeasyPrint allows for the whole process."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _write(opened: "Image.Image", target: Path | BytesIO, kind: FileKind, largest_side: int) -> None:
    opened.draft("RGB", (largest_side, largest_side))
    opened.thumbnail((largest_side, largest_side))
    image = ImageOps.exif_transpose(opened)
    image = _in_srgb(image, opened.info.get("icc_profile"))
    if kind is FileKind.JPEG and image.mode not in {"RGB", "L"}:
        image = image.convert("RGB")
    elif image.mode not in {"RGB", "RGBA", "L", "LA", "P"}:
        image = image.convert("RGBA")
    image.info = {key: value for key, value in image.info.items() if key == "transparency"}
    if kind is FileKind.PNG:
        image.save(target, "PNG")
    else:
        image.save(target, _format(kind), quality=88)


def _in_srgb(image: "Image.Image", profile: bytes | None) -> "Image.Image":
    """Return a picture in the colours that screens take where nothing is said; a profile that is none is left out."""
    if not profile or image.mode not in {"RGB", "RGBA", "P", "CMYK"}:
        return image
    if image.mode == "P":
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    after = "RGB" if image.mode == "CMYK" else image.mode
    try:
        said = ImageCms.ImageCmsProfile(BytesIO(profile))
        drawn = ImageCms.profileToProfile(image, said, ImageCms.createProfile("sRGB"), outputMode=after)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return drawn or image


def _format(kind: FileKind) -> str:
    return "JPEG" if kind is FileKind.JPEG else kind.name
