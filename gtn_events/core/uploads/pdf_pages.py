"""How many pages a PDF has, counted in its content."""

from pathlib import Path
from threading import Lock

from ..errors import UploadRefused

# One at a time: a small file can unpack to much.
_counting = Lock()


def refuse_more_pages(path: Path, most: int, *, shown: str) -> None:
    """Count the pages of a PDF.

    Args:
        shown: the name of the file as a message says it.

    Raises:
        UploadRefused: there are more than ``most``, or they cannot be counted: the file is broken or has a password.
    """
    count = _count(path)
    if count is None:
        raise UploadRefused(
            f"The pages of {shown} cannot be counted: the PDF is broken or has a password. Save it again, without a "
            "password, and retry."
        )
    if count > most:
        has, limit = _words(count), _words(most)
        raise UploadRefused(f"The file {shown} has {has}; the limit is {limit}. Choose a shorter one.")


def _count(path: Path) -> int | None:
    # Imported with the first such file: most web processes never need it.
    from pypdf import PdfReader  # noqa: PLC0415
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        with _counting:
            reader = PdfReader(path)
            return None if reader.is_encrypted and not reader.decrypt("") else len(reader.pages)
    # What a broken file holds in place of a page is whatever somebody wrote there.
    except (
        PyPdfError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        RecursionError,
        NotImplementedError,
    ):
        return None


def _words(count: int) -> str:
    return "1 page" if count == 1 else f"{count} pages"
