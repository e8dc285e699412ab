"""Locking a nomination, and writing down what happens to it."""

from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db

from ..enums import NominationState
from ..models import Nomination
from .locking import lock_competition


def lock_nomination(nomination: Nomination) -> None:
    """Lock its competition, read it afresh and keep it until the transaction ends."""
    lock_competition(nomination.competition)
    db.session.refresh(nomination, with_for_update={"of": Nomination, "key_share": True})


def record_nomination(
    action: str, nomination: Nomination, before: NominationState | None, *, actor: Account, now: datetime
) -> None:
    """Write one act to the journal."""
    # Without the address: the journal outlives an erasure.
    changes = {"state": (before.value if before else None, nomination.state.value)}
    journal.record(action, nomination, actor=actor, now=now, scope=nomination.scope, changes=changes)
