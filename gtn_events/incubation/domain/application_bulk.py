"""One act on many applications: what it would do, and doing it; a refusal of one never stops the others."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core.bulk import Effect, act_on_each
from gtn_events.eligibility.domain.exceptions import unmet

from ..enums import ApplicationState as State
from ..errors import ReasonMissing
from ..models import Application, Call
from .application_rules import findings_of_many
from .application_transitions import TRANSITIONS, Action
from .applications import admit_application, refuse_application

BULK_ACTIONS = (Action.ADMIT, Action.REFUSE)


def effect_of(action: Action, call: Call, applications: Sequence[Application]) -> Effect[State]:
    """Return what an act would do as things stand; nothing is changed."""
    effect: Effect[State] = Effect()
    findings = findings_of_many(call, applications) if action is Action.ADMIT else {}
    for application in applications:
        row = TRANSITIONS.get((application.state, action))
        broken = unmet(findings.get(application.id, ()), application.eligibility_override)
        if row is None:
            effect.refuse(_name(application), f"is {application.state.label.lower()}")
        elif broken:
            effect.refuse(_name(application), broken[0].sentence)
        else:
            effect.outcomes[row.to] += 1
    return effect


def act_on_many(
    action: Action, applications: Iterable[Application], *, actor: Account, now: datetime, reason: str = ""
) -> Effect[State]:
    """Do one act to each application, each in a savepoint of its own.

    Returns:
        What happened; what was refused stays as before and is named with the reason.

    Raises:
        ReasonMissing: refusing needs a reason, and nothing was done.

    Flushes; the caller commits.
    """
    if action is Action.REFUSE and not reason.strip():
        raise ReasonMissing("Give a reason: the applicants will read it.", field="reason")

    def act(application: Application) -> State:
        if action is Action.REFUSE:
            return refuse_application(application, actor=actor, now=now, reason=reason)
        return admit_application(application, actor=actor, now=now)

    return act_on_each(applications, act, name=_name)


def _name(application: Application) -> str:
    return f"{application.title} ({application.reference})"
