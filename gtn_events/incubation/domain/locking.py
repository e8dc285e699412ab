"""One order of locks: first the call, then intakes by their id, then the application or the placement.

How many places are still free can only be counted while nobody else gives one away. On SQLite
the writing transaction itself is the lock.
"""

from collections.abc import Collection

from sqlalchemy import bindparam, select

from gtn_events.core.db import db

from ..models import Application, Call, Intake, Placement

# NO KEY UPDATE: rows that merely point at these can still be written.
_CALL = select(Call.id).where(Call.id == bindparam("id")).with_for_update(key_share=True)
_INTAKE = select(Intake.id).where(Intake.id == bindparam("id")).with_for_update(key_share=True)
_PLACEMENT = select(Placement.id).where(Placement.id == bindparam("id")).with_for_update(key_share=True)


def lock_call(call: Call) -> None:
    """Keep everybody else from sending, deciding on, ranking or matching in this call until the transaction ends."""
    db.session.execute(_CALL, {"id": call.id})


def lock_intake(intake: Intake) -> None:
    """Keep everybody else from giving away or freeing places here until the transaction ends."""
    db.session.execute(_INTAKE, {"id": intake.id})


def lock_intakes_of(call: Call) -> None:
    """Keep everybody else from giving away or freeing any place of a call until the transaction ends."""
    statement = select(Intake.id).where(Intake.call_id == call.id).order_by(Intake.id)
    db.session.execute(statement.with_for_update(key_share=True))


def lock_placement(placement: Placement) -> None:
    """Keep everybody else from signing or ending this placement until the transaction ends; it is read afresh."""
    db.session.execute(_PLACEMENT, {"id": placement.id})
    db.session.refresh(placement)


def lock_application(application: Application) -> None:
    """Lock its call, read the application afresh and keep it until the transaction ends."""
    lock_call(application.call)
    db.session.refresh(application, with_for_update={"of": Application, "key_share": True})


def read_intakes_locked(ids: Collection[int]) -> dict[int, Intake]:
    """Return these intakes as they are now, and keep their hosts from withdrawing places until the transaction ends."""
    statement = (
        select(Intake)
        .where(Intake.id.in_(ids))
        .order_by(Intake.id)
        .with_for_update(of=Intake, key_share=True)
        .execution_options(populate_existing=True)
    )
    return {intake.id: intake for intake in db.session.scalars(statement)}
