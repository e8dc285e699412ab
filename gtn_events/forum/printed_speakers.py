"""The pictures of speakers on paper: small ones, as data, since a document loads nothing."""

import base64
from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO

from gtn_events.core.pdf import printable
from gtn_events.core.uploads import FileKind, Upload, UploadRefused, upload_path
from gtn_events.core.uploads.images import redraw

from .queries.speaker_pages import photos_of

# Nine millimetres at 450 dots an inch; a booklet of five hundred speakers stays one that can be mailed.
LARGEST_SIDE = 160


@dataclass(frozen=True)
class PrintedPhoto:
    """A picture as documents show it, and what can be seen on it."""

    data: str
    description: str


def printed_photos(speaker_ids: Collection[int]) -> dict[int, PrintedPhoto]:
    """Return the pictures that people see of these speakers, by the speaker's id."""
    found = {speaker_id: (_data(photo.upload), photo) for speaker_id, photo in photos_of(speaker_ids).items()}
    return {
        speaker_id: PrintedPhoto(data, printable(photo.description))
        for speaker_id, (data, photo) in found.items()
        if data
    }


def _data(upload: Upload) -> str:
    """Return a picture as a data address; empty where its file is gone."""
    path = upload_path(upload)
    kind = next((each for each in FileKind if each.content_type == upload.content_type), None)
    if upload.deleted_at is not None or kind is None or not path.is_file():
        return ""
    drawn = BytesIO()
    try:
        redraw(path, drawn, kind, shown=upload.name, largest_side=LARGEST_SIDE)
    except UploadRefused:
        return ""
    return f"data:{upload.content_type};base64,{base64.b64encode(drawn.getvalue()).decode()}"
