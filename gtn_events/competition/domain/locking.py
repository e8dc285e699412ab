"""One order of locks for whoever decides on entries: first the competition, then the entry.

How many live entries an economy has can only be counted while nobody else adds one. On
SQLite the writing transaction itself is the lock.
"""

from sqlalchemy import bindparam, select

from gtn_events.core.db import db

from ..models import Competition, Entry

# NO KEY UPDATE: rows that merely point at the competition can still be written.
_LOCK = select(Competition.id).where(Competition.id == bindparam("id")).with_for_update(key_share=True)


def lock_competition(competition: Competition) -> None:
    """Keep everybody else from adding or deciding on entries of this competition until the transaction ends."""
    db.session.execute(_LOCK, {"id": competition.id})


def lock_entry(entry: Entry) -> None:
    """Lock its competition, read the entry afresh and keep it until the transaction ends."""
    lock_competition(entry.competition)
    db.session.refresh(entry, with_for_update={"of": Entry, "key_share": True})
