"""What organisers decide about an application, and its end."""

from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.eligibility.domain.exceptions import unmet

from ..enums import ApplicationState as State
from ..errors import ApplicationRefused
from ..models import Application
from ..queries.applicant import live_application_of
from ..queries.offers import holds_a_place
from .application_rules import findings_of
from .application_state import change_state
from .application_transitions import Action, Party, transition_for
from .interviews import end_interviews
from .locking import lock_application


def admit_application(application: Application, *, actor: Account, now: datetime) -> State:
    """Let an application go on to the hosts and the match.

    Raises:
        TransitionRefused: it waits for no decision.
        ApplicationRefused: a rule of the call is broken, and nobody let that pass.

    Flushes; the caller commits.
    """
    lock_application(application)
    transition_for(application.state, Action.ADMIT, Party.ORGANISER)
    if broken := unmet(findings_of(application), application.eligibility_override):
        raise ApplicationRefused(f"{broken[0].sentence} Let the rule pass with a reason, or refuse the application.")
    return change_state(application, Action.ADMIT, party=Party.ORGANISER, actor=actor, now=now)


def refuse_application(application: Application, *, actor: Account, now: datetime, reason: str) -> State:
    """Find an application not eligible; its applicant reads the reason. Flushes.

    Raises:
        TransitionRefused: it is withdrawn, or not eligible already.
        ReasonMissing: there is no reason.
        ApplicationRefused: it holds a place.
    """
    lock_application(application)
    _check_holds_nothing(application)
    state = change_state(application, Action.REFUSE, party=Party.ORGANISER, actor=actor, now=now, reason=reason)
    end_interviews(application, reason="The application is not eligible.", actor=actor, now=now)
    return state


def reconsider_application(application: Application, *, actor: Account, now: datetime) -> State:
    """Take a refused application up again: it waits for a decision as before. Flushes.

    Raises:
        TransitionRefused: it was not refused.
        ApplicationRefused: the person has sent another one meanwhile.
    """
    lock_application(application)
    if db.session.scalar(live_application_of(call_id=application.call_id, account_id=application.account_id)):
        raise ApplicationRefused("The applicant has sent another application to this call meanwhile.")
    return change_state(application, Action.RECONSIDER, party=Party.ORGANISER, actor=actor, now=now)


def withdraw_application(
    application: Application, *, party: Party, actor: Account, now: datetime, reason: str = ""
) -> State:
    """End an application; it stays on record and is not matched any more.

    Args:
        party: APPLICANT when it is their own, ORGANISER on their behalf.
        reason: needed from an organiser, read by the applicant.

    Raises:
        TransitionRefused: it is withdrawn or refused already.
        ReasonMissing: an organiser gave no reason.
        ApplicationRefused: it holds a place, which has to be given back first.

    Flushes; the caller commits.
    """
    lock_application(application)
    _check_holds_nothing(application)
    state = change_state(application, Action.WITHDRAW, party=party, actor=actor, now=now, reason=reason)
    end_interviews(application, reason="The application is withdrawn.", actor=actor, now=now)
    return state


def _check_holds_nothing(application: Application) -> None:
    if holds_a_place(application):
        raise ApplicationRefused("The application holds a place. Give the place back first.")
