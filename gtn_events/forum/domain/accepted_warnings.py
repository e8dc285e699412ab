"""Accepting a warning with a reason, and taking that back."""

from datetime import datetime

from flask_babel import gettext
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.journal import record

from ..errors import ReasonMissing
from ..models import AcceptedWarning, Forum
from ..queries.programme_conflicts import conflicts_of
from .locking import lock_forum


def accept_warning(forum: Forum, facts: str, *, reason: str, actor: Account, now: datetime) -> AcceptedWarning:
    """Accept one warning of the working programme; it comes again when what it says changes.

    Args:
        facts: what the warning says, as ``ProgrammeConflicts.facts`` holds it.

    Raises:
        ReasonMissing: no reason was given.
        Stale: there is no such warning, or it is accepted already.

    Flushes; the caller commits.
    """
    if not reason:
        raise ReasonMissing(gettext("Say why this is all right."), field="reason")
    lock_forum(forum)
    found = conflicts_of(forum)
    conflict = next((each for each in found.warnings if found.facts[each] == facts), None)
    if conflict is None:
        raise Stale(gettext("This warning is not there any more. Look at those that are."))
    accepted = AcceptedWarning(
        forum_id=forum.id,
        session_id=conflict.session_id,
        kind=conflict.kind,
        facts=facts,
        reason=reason,
        accepted_at=now,
        accepted_by=actor,
    )
    db.session.add(accepted)
    db.session.flush()
    changes = {"warning": (None, facts)}
    record("warning accepted", forum, actor=actor, now=now, scope=forum.scope, changes=changes, reason=reason)
    return accepted


def take_acceptance_back(forum: Forum, facts: str, *, actor: Account, now: datetime) -> None:
    """Let an accepted warning be one again.

    Raises:
        Stale: it is not accepted.
    """
    statement = select(AcceptedWarning).where(AcceptedWarning.forum_id == forum.id, AcceptedWarning.facts == facts)
    accepted = db.session.scalar(statement)
    if accepted is None:
        raise Stale(gettext("This warning is not accepted any more."))
    db.session.delete(accepted)
    db.session.flush()
    changes = {"warning": (facts, None)}
    record("acceptance taken back", forum, actor=actor, now=now, scope=forum.scope, changes=changes)
