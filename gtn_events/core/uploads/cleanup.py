"""Removing files: those deleted by a person, and those whose row never came."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from sqlalchemy import select

from ..db import db
from .models import Upload
from .serving import upload_folder

GRACE = timedelta(hours=24)
BATCH = 500


def delete_upload(upload: Upload, *, now: datetime) -> None:
    """Mark a file as deleted; it can no longer be downloaded, and the sweep removes it from the disk.

    Flushes; the caller commits.
    """
    upload.deleted_at = now
    db.session.flush()


def remove_orphans(now: datetime) -> int:
    """Remove files without a live row that are older than a day; return how many.

    A day is far longer than any request, so a file whose row is about to be committed stays.
    """
    removed = 0
    folder = upload_folder()
    files = _old_files(folder, now)
    while paths := list(islice(files, BATCH)):
        names = [path.relative_to(folder).as_posix() for path in paths]
        statement = select(Upload.stored_as).where(Upload.stored_as.in_(names), Upload.deleted_at.is_(None))
        kept = set(db.session.scalars(statement))
        for path, name in zip(paths, names, strict=True):
            if name not in kept:
                path.unlink(missing_ok=True)
                removed += 1
    return removed


def _old_files(folder: Path, now: datetime) -> Iterator[Path]:
    for path in sorted(folder.glob("*/*/*")):
        if path.is_file() and datetime.fromtimestamp(path.stat().st_mtime, UTC) < now - GRACE:
            yield path
