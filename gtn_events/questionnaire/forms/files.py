"""Storing the files that came with a form of questions."""

from datetime import datetime

from gtn_events.core.errors import UploadRefused
from gtn_events.core.uploads import FileKind, store_upload

from .build import QuestionForm

MOST_BYTES = 10 * 1024 * 1024
USUAL_KINDS = (FileKind.PDF, FileKind.JPEG, FileKind.PNG, FileKind.WEBP)


def store_files(form: QuestionForm, *, owner_id: int | None, now: datetime) -> bool:
    """Store the new files of a form; call it after ``validate``, before ``values``.

    Returns:
        True when every file was stored. A file that is refused has its error at its
        field, and the others keep what was stored for them.
    """
    for spec, field in form.new_files():
        try:
            upload = store_upload(
                field.data,
                allowed=[FileKind(kind) for kind in spec.limits.accept] or USUAL_KINDS,
                max_bytes=spec.limits.max_bytes or MOST_BYTES,
                max_pages=spec.limits.max_pages,
                owner_id=owner_id,
                now=now,
            )
        except UploadRefused as refused:
            field.errors = [refused.message]
        else:
            form.stored[spec.key] = upload.id
    return not any(field.errors for field in form)
