"""One act on many applications: what it would do, and doing it; a refusal of one never stops the others."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError

from ..enums import ApplicationState as State
from ..errors import ReasonMissing
from ..models import Application
from .application_transitions import TRANSITIONS, Action
from .applications import admit_application, refuse_application

BULK_ACTIONS = (Action.ADMIT, Action.REFUSE)
MOST_REFUSALS_TOLD = 50


@dataclass
class Effect:
    """What an act did, or would do: how many come into each state, and which cannot and why."""

    outcomes: Counter[State] = field(default_factory=Counter)
    refused: int = 0
    refusals: list[tuple[str, str]] = field(default_factory=list)

    def refuse(self, application: Application, why: str) -> None:
        """Note one application that stays as it is."""
        self.refused += 1
        if len(self.refusals) < MOST_REFUSALS_TOLD:
            self.refusals.append((f"{application.title} ({application.reference})", why))

    @property
    def changed(self) -> int:
        """How many applications change."""
        return self.outcomes.total()


def effect_of(action: Action, applications: Iterable[Application]) -> Effect:
    """Return what an act would do as things stand; nothing is changed."""
    effect = Effect()
    for application in applications:
        row = TRANSITIONS.get((application.state, action))
        if row is None:
            effect.refuse(application, f"is {application.state.label.lower()}")
        else:
            effect.outcomes[row.to] += 1
    return effect


def act_on_many(
    action: Action, applications: Iterable[Application], *, actor: Account, now: datetime, reason: str = ""
) -> Effect:
    """Do one act to each application, each in a savepoint of its own.

    Returns:
        What happened; what was refused stays as before and is named with the reason.

    Raises:
        ReasonMissing: refusing needs a reason, and nothing was done.

    Flushes; the caller commits.
    """
    if action is Action.REFUSE and not reason.strip():
        raise ReasonMissing("Give a reason: the applicants will read it.", field="reason")
    effect = Effect()
    for application in applications:
        try:
            with db.session.begin_nested():
                outcome = (
                    refuse_application(application, actor=actor, now=now, reason=reason)
                    if action is Action.REFUSE
                    else admit_application(application, actor=actor, now=now)
                )
        except DomainError as refusal:
            effect.refuse(application, refusal.message)
        else:
            effect.outcomes[outcome] += 1
    return effect
