"""Values in and out of the seal: JSON-ready, never in the journal, the outbox or a log."""

import json
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from ..db import db
from .cipher import broken, seal, unseal
from .errors import Shredded
from .keys import key_ring
from .models import SealedItem
from .shredding import shred


def seal_values(
    owner: Any,  # Any: a mapped row of any table
    name: str,
    values: Mapping[str, Any],  # Any: whatever JSON can hold
    *,
    shred_on: date,
    now: datetime,
) -> SealedItem:
    """Seal values for a flushed row; what it had under this name before is shredded.

    Args:
        shred_on: the day on which they go.

    Raises:
        SealingUnavailable: the site has no key.

    Flushes; the caller commits.
    """
    item = new_item(owner, name, shred_on=shred_on, now=now)
    put(item, values)
    return item


def open_values(item: SealedItem) -> dict[str, Any]:
    """Return the values of an item; who reads them for a person writes that into the journal.

    Raises:
        Shredded: their day has come.
        SealBroken: the key is missing, or the row was tampered with.
        SealingUnavailable: the site has no key at all.
    """
    if item.box is None:
        raise Shredded("These data were deleted on the day that was announced for it.")
    key = key_ring().keys.get(item.key_id)
    if key is None:
        raise broken()
    values: dict[str, Any] = json.loads(unseal(item.box, key=key, identity=item.identity))
    return values


def live_item(owner: Any, name: str) -> SealedItem | None:  # Any: a mapped row of any table
    """Return what a row holds under a name, None when it holds nothing any more."""
    return live_items(owner.__tablename__, [owner.id], name).get(owner.id)


def live_items(owner_type: str, owner_ids: Collection[int], name: str) -> dict[int, SealedItem]:
    """Return what rows of a table hold under a name, by their ids."""
    statement = select(SealedItem).where(
        SealedItem.owner_type == owner_type,
        SealedItem.owner_id.in_(owner_ids),
        SealedItem.name == name,
        SealedItem.shredded_at.is_(None),
    )
    return {item.owner_id: item for item in db.session.scalars(statement)}


def new_item(owner: Any, name: str, *, shred_on: date, now: datetime) -> SealedItem:  # Any: see above
    """Return a flushed, empty item; the identity that the seal is bound to is known only now."""
    before = live_item(owner, name)
    if before is not None:
        shred(before, now=now)
    item = SealedItem(
        owner_type=owner.__tablename__, owner_id=owner.id, name=name, shred_on=shred_on, sealed_at=now, box=None
    )
    db.session.add(item)
    db.session.flush()
    return item


def put(item: SealedItem, values: Mapping[str, Any]) -> None:
    """Seal values into the box with the newest key. Flushes."""
    ring = key_ring()
    plain = json.dumps(values, ensure_ascii=False).encode()
    item.box = seal(plain, key=ring.keys[ring.newest], identity=item.identity)
    item.key_id = ring.newest
    db.session.flush()
