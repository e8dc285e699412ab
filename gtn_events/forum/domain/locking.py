"""Who may change what at one moment: one order of locks for everybody, so that nobody waits in a circle.

First the forum, then a registration or a booking, then seat pools. Whatever gives, frees or passes
on a seat begins with the forum's lock: a freed seat goes to people and pools that nobody
knows beforehand, and two transactions that meet them in different orders would block each
other for ever. On SQLite the writing transaction itself is the lock.
"""

from sqlalchemy import bindparam, select

from gtn_events.core.db import db

from ..models import Forum, Registration, SessionBooking, SideEventBooking

# NO KEY UPDATE: rows that merely point at the forum can still be written.
_LOCK = select(Forum.pool_id).where(Forum.id == bindparam("forum_id")).with_for_update(key_share=True)


def lock_forum(forum: Forum) -> None:
    """Keep everybody else from giving or freeing seats of this forum until the transaction ends."""
    if db.session.scalar(_LOCK, {"forum_id": forum.id}) != forum.pool_id:
        # The overall limit came or went while we waited.
        db.session.expire(forum, ["pool_id", "pool"])


def lock_registration(registration: Registration) -> None:
    """Lock its forum, read the registration afresh and keep it until the transaction ends."""
    lock_forum(registration.forum)
    hold_registration(registration)


def hold_registration(registration: Registration) -> None:
    """Read a registration afresh and keep it, without its forum: for what gives and frees no seat."""
    db.session.refresh(registration, with_for_update={"of": Registration, "key_share": True})


def lock_booking(booking: SideEventBooking | SessionBooking) -> None:
    """Lock its forum, read the booking afresh and keep it until the transaction ends."""
    lock_forum(booking.occasion.forum)
    db.session.refresh(booking, with_for_update={"of": type(booking), "key_share": True})
