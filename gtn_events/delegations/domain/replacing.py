"""Nominating somebody in the place of a person who has one: it moves when the new person may have it."""

from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.forum.domain.substitutions import promise_to_nominee
from gtn_events.forum.models import Registration

from ..errors import NominationRefused
from ..models import Delegation, Nomination
from .nominations import Nominee, draft_nomination, nominate


def nominate_substitute(
    leaves: Registration,
    delegation: Delegation,
    nominee: Nominee,
    *,
    reason: str,
    seen: int,
    actor: Account,
    now: datetime,
) -> Nomination:
    """Nominate a person to whom somebody's place goes; until it moves the first person keeps it, and is not told.

    Args:
        reason: read by who leaves, once the place has moved.
        seen: ``lock_version`` of the registration when the page was shown.

    Raises:
        DomainError: as ``draft_nomination``, ``nominate`` and ``promise_to_nominee``.

    Flushes; the caller commits.
    """
    if nominee.category.id != leaves.category_id:
        raise NominationRefused("The place is of another category.", field="category")
    substitution = promise_to_nominee(leaves, reason=reason, seen=seen, actor=actor, now=now)
    nomination = draft_nomination(delegation, nominee, actor=actor, now=now)
    nomination.substitution = substitution
    db.session.flush()
    nominate(nomination, actor=actor, now=now)
    return nomination
