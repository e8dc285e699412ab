"""What is kept about those who work on a schedule: their acts, and the warnings they accepted."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from .models import AcceptedWarning, ProgrammeAct


def export_schedule(account: Account) -> dict[str, Any]:
    """Return what a person did to schedules, JSON-ready. In an erasure it stays, without the name."""
    acts = select(ProgrammeAct).where(ProgrammeAct.actor_id == account.id).order_by(ProgrammeAct.id)
    warnings = select(AcceptedWarning).where(AcceptedWarning.accepted_by_id == account.id).order_by(AcceptedWarning.id)
    whole = joinedload(ProgrammeAct.forum), joinedload(ProgrammeAct.session)
    return {
        "acts_on_the_schedule": [
            {
                "forum": each.forum.title,
                "session": each.session.title,
                "act": each.kind.value,
                "at": each.at.isoformat(),
            }
            for each in db.session.scalars(acts.options(*whole))
        ],
        "warnings_accepted": [
            {"forum": each.forum.title, "reason": each.reason, "at": each.accepted_at.isoformat()}
            for each in db.session.scalars(warnings.options(joinedload(AcceptedWarning.forum)))
        ],
    }
