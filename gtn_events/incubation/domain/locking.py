"""One order of locks: first the call, then the places of a host, then the application.

How many places are still free can only be counted while nobody else gives one away. On SQLite
the writing transaction itself is the lock.
"""

from sqlalchemy import bindparam, select

from gtn_events.core.db import db

from ..models import Call, Intake, Placement

# NO KEY UPDATE: rows that merely point at these can still be written.
_CALL = select(Call.id).where(Call.id == bindparam("id")).with_for_update(key_share=True)
_INTAKE = select(Intake.id).where(Intake.id == bindparam("id")).with_for_update(key_share=True)
_PLACEMENT = select(Placement.id).where(Placement.id == bindparam("id")).with_for_update(key_share=True)


def lock_call(call: Call) -> None:
    """Keep everybody else from matching in this call until the transaction ends."""
    db.session.execute(_CALL, {"id": call.id})


def lock_intake(intake: Intake) -> None:
    """Keep everybody else from giving away or freeing places here until the transaction ends."""
    db.session.execute(_INTAKE, {"id": intake.id})


def lock_placement(placement: Placement) -> None:
    """Keep everybody else from signing or ending this placement until the transaction ends; it is read afresh."""
    db.session.execute(_PLACEMENT, {"id": placement.id})
    db.session.refresh(placement)
