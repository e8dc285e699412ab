"""Editing the member economies' names and who is travel-eligible."""

from dataclasses import dataclass
from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.journal import JournalEntry
from gtn_events.core.versions import require_as_seen


@dataclass(frozen=True, kw_only=True)
class EconomyNames:
    """How an economy is called: officially, in lists, and inside a sentence; and whether it is travel-eligible."""

    formal_name: str
    short_name: str
    in_sentence: str
    travel_eligible: bool


def edit_economy(
    economy: Economy, names: EconomyNames, *, seen: int | None = None, actor: Account, now: datetime
) -> bool:
    """Change what an economy is called and whether its participants may be funded.

    The code and the place in protocol order stay: records and the order of lists hang on them.

    Args:
        seen: the ``lock_version`` that the person's page shows, None when it does not matter.

    Returns:
        False when nothing was different.

    Raises:
        Stale: somebody else changed it since.

    Flushes; the caller commits.
    """
    db.session.refresh(economy, with_for_update={"key_share": True})
    changes = {
        name: [getattr(economy, name), value] for name, value in vars(names).items() if getattr(economy, name) != value
    }
    if changes:
        require_as_seen(economy, seen)
        economy.lock_version += 1
    for name, (_before, value) in changes.items():
        setattr(economy, name, value)
    if changes:
        # An economy's key is its code, so its journal goes by the rank, which never changes either.
        db.session.add(
            JournalEntry(
                at=now,
                actor_id=actor.id,
                action="economy edited",
                subject_type=economy.__tablename__,
                subject_id=economy.rank,
                changes=changes,
            )
        )
    db.session.flush()
    return bool(changes)
