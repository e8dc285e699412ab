"""Changing keys: everything that an older key sealed is sealed anew with the newest."""

from collections.abc import Iterator

from sqlalchemy import select

from ..db import db
from .errors import SealBroken
from .files import open_file
from .keys import key_ring
from .models import SealedItem
from .records import open_values, put

BATCH = 200


def reseal_all() -> tuple[int, int]:
    """Seal everything with the newest key; return how many were sealed anew and how many do not open.

    Commits in batches, so it can be stopped and called again.
    """
    newest, done, failed = key_ring().newest, 0, 0
    ids = select(SealedItem.id).where(SealedItem.shredded_at.is_(None), SealedItem.key_id != newest)
    waiting = list(db.session.scalars(ids.order_by(SealedItem.id)))
    for start in range(0, len(waiting), BATCH):
        batch = select(SealedItem).where(SealedItem.id.in_(waiting[start : start + BATCH]))
        for item in db.session.scalars(batch).all():
            try:
                put(item, open_values(item))
                done += 1
            except SealBroken:
                failed += 1
        db.session.commit()
    return done, failed


def sealed_differences() -> Iterator[str]:
    """Yield a sentence for each item that does not open with the keys of this site."""
    for item in db.session.scalars(select(SealedItem).where(SealedItem.shredded_at.is_(None))):
        try:
            if item.stored_as is None:
                open_values(item)
            else:
                open_file(item)
        except SealBroken:
            yield f"sealed item {item.id} ({item.name} of {item.owner_type} {item.owner_id}) does not open"
