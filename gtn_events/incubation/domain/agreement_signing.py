"""The copy of an agreement that somebody signed on paper: a PDF, looked at before it is kept."""

from datetime import datetime

from werkzeug.datastructures import FileStorage

from gtn_events.core.uploads import FileKind, Upload, store_upload

MOST_BYTES = 10 * 1024 * 1024
MOST_PAGES = 60


def keep_signed_copy(file: FileStorage, *, now: datetime) -> Upload:
    """Keep a signed copy; it is the agreement's, not the person's, and stays when the account is erased.

    Raises:
        UploadRefused: it is no PDF, empty, broken, or larger than a signed agreement is.

    Flushes; the caller commits.
    """
    return store_upload(
        file, allowed=[FileKind.PDF], max_bytes=MOST_BYTES, owner_id=None, now=now, max_pages=MOST_PAGES
    )
