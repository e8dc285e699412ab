"""The one function that changes a nomination's state, its lock, and what the journal says of it."""

from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.forum.domain.substitution_ending import end_substitution

from ..enums import NominationState
from ..models import Nomination
from .nomination_transitions import Act, outcome_of


def lock_nomination(nomination: Nomination) -> None:
    """Read a nomination afresh and keep it until the transaction ends."""
    db.session.refresh(nomination, with_for_update={"of": Nomination, "key_share": True})


def change_nomination(
    nomination: Nomination, act: Act, *, actor: Account | None, now: datetime, reason: str = ""
) -> None:
    """Move a locked nomination to what the table says, end its link unless it is sent, and write it down.

    Whoever was to be replaced by somebody who is not nominated any more keeps the place.

    Raises:
        NominationRefused: the table has no row for it.

    Flushes; the caller commits.
    """
    before = nomination.state
    nomination.state = outcome_of(before, act)
    nomination.changed_at = now
    nomination.lock_version += 1
    if act is not Act.INVITE:
        nomination.link_digest = nomination.link_expires_at = None
    db.session.flush()
    changes = {"state": (before.value, nomination.state.value)}
    record_nomination(act.past, nomination, actor=actor, now=now, changes=changes, reason=reason)
    if nomination.state is NominationState.WITHDRAWN and nomination.substitution is not None:
        end_substitution(nomination.substitution, actor=actor, now=now)


def record_nomination(
    action: str,
    nomination: Nomination,
    *,
    actor: Account | None,
    now: datetime,
    changes: dict[str, tuple[str, str]] | None = None,
    reason: str = "",
) -> None:
    """Write one act into the journal, without names or address: the journal outlives an erasure."""
    journal.record(
        action,
        nomination,
        actor=actor,
        now=now,
        scope=nomination.forum.scope,
        changes=changes,
        reason=reason or None,
    )
