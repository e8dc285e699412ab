"""Taking a file in: look at it, name it, keep it, and only then write its row."""

import hashlib
import secrets
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from werkzeug.datastructures import FileStorage

from ..db import db
from ..errors import UploadRefused
from .checking import kind_of, refuse_size
from .images import LARGEST_SIDE, redraw
from .kinds import IMAGES, FileKind
from .models import Upload
from .names import safe_name, shown_name
from .pdf_pages import refuse_more_pages
from .serving import upload_folder, upload_path

CHUNK = 1024 * 1024


def store_upload(
    file: FileStorage,
    *,
    allowed: Sequence[FileKind],
    max_bytes: int,
    owner_id: int | None,
    now: datetime,
    max_pages: int | None = None,
    purpose: str = "",
    largest_side: int = LARGEST_SIDE,
) -> Upload:
    """Keep an uploaded file and return its flushed row.

    Args:
        file: as it came with the form.
        allowed: the kinds that the field takes; the content decides, not the name.
        max_bytes: the largest size, inclusive.
        owner_id: the account it belongs to, None for the system.
        max_pages: how many pages a PDF may have; other kinds have none.
        purpose: the one place where the file may be used, when a later form names it.
        largest_side: a picture with more pixels on a side is made smaller.

    Raises:
        UploadRefused: the file is empty, too large, too long, broken or of another kind; the text
            names the file and what would be accepted.

    The file is complete on disk before the row exists; a file whose row never came is
    removed by ``remove_orphans``.
    """
    shown = shown_name(file.filename)
    refuse_size(file, max_bytes, shown=shown)
    raw = new_path()
    _copy(file, raw)
    try:
        kind = kind_of(raw, file.filename or "", allowed, shown=shown)
        if kind in IMAGES:
            drawn = new_path()
            redraw(raw, drawn, kind, shown=shown, largest_side=largest_side)
            drawn.replace(raw)
        if kind is FileKind.PDF and max_pages is not None:
            refuse_more_pages(raw, max_pages, shown=shown)
    except UploadRefused:
        raw.unlink()
        raise
    name = safe_name(file.filename or "", kind)
    upload = _add_row(raw, name=name, content_type=kind.content_type, owner_id=owner_id, now=now)
    upload.purpose = purpose
    db.session.flush()
    return upload


def store_path(path: Path, *, name: str, content_type: str, owner_id: int | None, now: datetime) -> Upload:
    """Take over a file that the system made (an export, a ZIP of certificates); it is moved, not copied."""
    target = new_path()
    shutil.move(path, target)
    return _add_row(target, name=name[:200], content_type=content_type, owner_id=owner_id, now=now)


def copy_upload(upload: Upload, *, now: datetime) -> Upload | None:
    """Return a stored file of the same content and name that lives on its own; None where the file is gone.

    Flushes; the caller commits.
    """
    source = upload_path(upload)
    if upload.deleted_at is not None or not source.is_file():
        return None
    target = new_path()
    shutil.copyfile(source, target)
    return _add_row(target, name=upload.name, content_type=upload.content_type, owner_id=upload.owner_id, now=now)


def new_path() -> Path:
    """Return a fresh path ``aa/bb/<random>`` under the upload folder; nobody can guess or choose it.

    What is written there and never gets a row, because its worker was killed, is removed by ``remove_orphans``.
    """
    name = secrets.token_hex(20)
    path = upload_folder() / name[:2] / name[2:4] / name[4:]
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def work_folder(name: str) -> Path:
    """Return a folder below the uploads for what a job makes in between, so that the next try finds it.

    ``remove_orphans`` removes what a job leaves there that is never ended.
    """
    path = upload_folder() / "work" / name
    path.mkdir(parents=True, exist_ok=True)
    return path


def _add_row(path: Path, *, name: str, content_type: str, owner_id: int | None, now: datetime) -> Upload:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    upload = Upload(
        sha256=digest,
        size=path.stat().st_size,
        content_type=content_type,
        name=name,
        stored_as=path.relative_to(upload_folder()).as_posix(),
        owner_id=owner_id,
        created_at=now,
    )
    db.session.add(upload)
    db.session.flush()
    return upload


def _copy(file: FileStorage, target: Path) -> None:
    with target.open("xb") as out:
        shutil.copyfileobj(file.stream, out, CHUNK)
