"""What is kept about people who replaced others, or were replaced: told in the export, let go in the erasure."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db

from .models import Registration, Substitution


def export_substitutions(registration_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return each place that went from these registrations or to them, JSON-ready; nothing of the other person.

    The reason is about who leaves, and told to them alone.
    """
    mine = or_(Substitution.leaves_id.in_(registration_ids), Substitution.comes_id.in_(registration_ids))
    statement = (
        select(Substitution)
        .where(mine)
        .options(joinedload(Substitution.leaves).joinedload(Registration.forum))
        .order_by(Substitution.id)
    )
    return [_told(each, registration_ids) for each in db.session.scalars(statement)]


def forget_reasons(registration_ids: Collection[int]) -> None:
    """Take away why these people were replaced; that they were stays."""
    theirs = Substitution.leaves_id.in_(registration_ids)
    db.session.execute(update(Substitution).where(theirs).values(reason=""))


def _told(substitution: Substitution, registration_ids: Sequence[int]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "forum": substitution.leaves.forum.title,
        "state": substitution.state.value,
        "arranged_at": substitution.arranged_at.isoformat(),
        "ended_at": substitution.ended_at.isoformat() if substitution.ended_at else None,
    }
    if substitution.leaves_id in registration_ids:
        return told | {"part": "left", "reason": substitution.reason}
    return told | {"part": "came"}
