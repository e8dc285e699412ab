"""Ends what was arranged about a place when it can no longer be done: the first person keeps it."""

from datetime import datetime

from sqlalchemy import or_, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..enums import SubstitutionState as State
from ..models import Registration, Substitution


def end_arrangements(registration: Registration, *, actor: Account | None, now: datetime) -> None:
    """End every arrangement in which somebody leaves a place, or comes to one, who no longer can. Flushes."""
    either = or_(Substitution.leaves_id == registration.id, Substitution.comes_id == registration.id)
    arranged = select(Substitution).where(either, Substitution.state == State.ARRANGED).order_by(Substitution.id)
    for substitution in db.session.scalars(arranged).all():
        end_substitution(substitution, actor=actor, now=now)


def end_substitution(substitution: Substitution, *, actor: Account | None, now: datetime) -> bool:
    """Let the first person keep the place; return False when it is done or over already. Flushes."""
    db.session.refresh(substitution, with_for_update={"of": Substitution, "key_share": True})
    if substitution.state is not State.ARRANGED:
        return False
    substitution.state, substitution.ended_at = State.ENDED, now
    write_down("substitution ended", substitution, actor=actor, now=now)
    db.session.flush()
    return True


def write_down(action: str, substitution: Substitution, *, actor: Account | None, now: datetime) -> None:
    """Write one act into the journal of both people, by their numbers: the journal outlives an erasure."""
    leaves, comes = substitution.leaves, substitution.comes
    changes = {"place": (leaves.reference, comes.reference if comes else None)}
    for each in (leaves, comes):
        if each is not None:
            record(action, each, actor=actor, now=now, scope=each.scope, changes=changes)
