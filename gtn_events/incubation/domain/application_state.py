"""The one function that changes an application's state: table, times, journal and mail together."""

from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db

from ..enums import ApplicationState as State
from ..errors import ReasonMissing
from ..models import Application
from ..notifications import tell_applicant
from .application_transitions import Action, Party, transition_for


def change_state(
    application: Application, action: Action, *, party: Party, actor: Account, now: datetime, reason: str = ""
) -> State:
    """Move the application to where the table says, write it down and tell the applicant.

    Returns:
        The new state.

    Raises:
        TransitionRefused: the table has no row for this state and party.
        ReasonMissing: the act needs a reason and there is none.

    Flushes; the caller commits.
    """
    row = transition_for(application.state, action, party)
    if party in row.with_reason and not reason.strip():
        raise ReasonMissing("Give a reason: the applicant will read it.", field="reason")
    before, application.state = application.state, row.to
    application.state_changed_at = now
    application.state_reason = reason.strip() or None
    db.session.flush()
    journal.record(
        f"application {action.past}",
        application,
        actor=actor,
        now=now,
        scope=application.scope,
        changes={"state": (before.value, row.to.value)},
        reason=application.state_reason,
    )
    tell_applicant(application, row.mail, now=now)
    return row.to
