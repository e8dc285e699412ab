"""Storing the photograph for the badge that came with a form."""

from datetime import datetime

from wtforms import Field

from gtn_events.core.errors import UploadRefused
from gtn_events.core.uploads import FileKind, store_upload

MOST_BYTES = 5 * 1024 * 1024


def store_photo(field: Field, kept: int | None, *, drop: bool, owner_id: int, now: datetime) -> int | None:
    """Return the upload id of the photograph that counts from now on.

    Args:
        field: the form's file field; a file that is refused puts its error there, and
            what was kept before stays.
        kept: the upload id of the photograph stored before.
        drop: the person wants no photograph.
    """
    if not field.data:
        return None if drop else kept
    try:
        upload = store_upload(
            field.data, allowed=[FileKind.JPEG, FileKind.PNG], max_bytes=MOST_BYTES, owner_id=owner_id, now=now
        )
    except UploadRefused as refused:
        field.errors = [refused.message]
        return kept
    return upload.id
