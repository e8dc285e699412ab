"""Pictures of designs: logos and drawn signatures."""

from datetime import datetime

from werkzeug.datastructures import FileStorage

from gtn_events.core.permissions import Scope
from gtn_events.core.uploads import FileKind, Upload, store_upload

from .checking import picture_purpose

LARGEST_PICTURE = 2 * 1024 * 1024
KINDS = (FileKind.PNG, FileKind.JPEG, FileKind.WEBP)


def add_design_picture(scope: Scope, file: FileStorage, *, owner_id: int | None, now: datetime) -> Upload:
    """Keep a picture that designs of a forum, competition or call may use, and return its row.

    Raises:
        UploadRefused: it is no picture, broken or too large.

    Flushes; the caller commits.
    """
    return store_upload(
        file, allowed=KINDS, max_bytes=LARGEST_PICTURE, owner_id=owner_id, now=now, purpose=picture_purpose(scope)
    )
