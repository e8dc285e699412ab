"""Shredding: the box goes with the transaction, and a file without its box is noise; the sweep removes it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from ..db import db
from .folder import sealed_folder
from .models import SealedItem

GRACE = timedelta(hours=24)
BATCH = 200


def shred(item: SealedItem, *, now: datetime) -> None:
    """Delete what is sealed; that it was there stays. Flushes; the caller commits."""
    item.box = None
    item.shredded_at = item.shredded_at or now
    db.session.flush()


def shred_of(owner: Any, *, now: datetime) -> None:  # Any: a mapped row of any table
    """Delete everything that a row holds under seal. Flushes; the caller commits."""
    theirs = (SealedItem.owner_type == owner.__tablename__, SealedItem.owner_id == owner.id)
    for item in db.session.scalars(select(SealedItem).where(*theirs, SealedItem.shredded_at.is_(None))).all():
        shred(item, now=now)


def shred_due(today: date, *, now: datetime) -> int:
    """Delete what was to go on this day or earlier, and return how many. Flushes; the caller commits."""
    due = select(SealedItem).where(SealedItem.shredded_at.is_(None), SealedItem.shred_on <= today)
    count = 0
    while items := db.session.scalars(due.limit(BATCH)).all():
        for item in items:
            shred(item, now=now)
        count += len(items)
    return count


def remove_dead_files(now: datetime) -> int:
    """Remove from the disk the files of shredded items, and old ones that no item names; return how many.

    A day is far longer than any request, so a file whose row is about to be committed stays.
    """
    folder, removed = sealed_folder(), 0
    if not folder.is_dir():
        return 0
    kept = select(SealedItem.stored_as, SealedItem.shredded_at).where(SealedItem.stored_as.is_not(None))
    named = {row.stored_as: row.shredded_at for row in db.session.execute(kept)}
    for path in sorted(folder.iterdir()):
        old = datetime.fromtimestamp(path.stat().st_mtime, UTC) < now - GRACE
        dead = named[path.name] is not None if path.name in named else old
        if dead:
            path.unlink(missing_ok=True)
            removed += 1
    return removed
