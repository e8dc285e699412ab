"""What an economy says to many of its people: first what would follow, then saying it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core.bulk import Effect, act_on_each
from gtn_events.forum.domain.bulk import seated_among
from gtn_events.forum.domain.economy_stage import endorse_registration, refuse_for_economy
from gtn_events.forum.enums import ApprovalStage
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.errors import ReasonMissing
from gtn_events.forum.models import Registration

from ..enums import Answer


@dataclass(frozen=True)
class Outlook:
    """How places stand for the chosen people of one category, should the host confirm them now."""

    label: str
    chosen: int
    seated: int

    @property
    def waiting(self) -> int:
        """How many of them would be on the waiting list."""
        return self.chosen - self.seated


def effect_of_answer(answer: Answer, registrations: Sequence[Registration]) -> Effect[Answer]:
    """Return for whom an answer would count as things stand; nothing is changed."""
    effect: Effect[Answer] = Effect()
    for registration in registrations:
        if _waits(registration):
            effect.outcomes[answer] += 1
        else:
            effect.refuse(registration.delegate_name, _stands(registration))
    return effect


def outlook_of(registrations: Sequence[Registration]) -> list[Outlook]:
    """Return, for each category among the people who wait, how many would have a place if all were confirmed now."""
    waiting = [each for each in registrations if _waits(each)]
    categories = {each.category_id: each.category for each in waiting}
    return [
        Outlook(
            category.label,
            len(theirs := [each for each in waiting if each.category_id == category_id]),
            seated_among(theirs),
        )
        for category_id, category in categories.items()
    ]


def answer_many(
    answer: Answer, registrations: Sequence[Registration], *, actor: Account, now: datetime, reason: str = ""
) -> Effect[Answer]:
    """Give one answer to each registration, each in a savepoint of its own.

    Returns:
        What happened; whoever did not wait for the economy any more stays as before and is named.

    Raises:
        ReasonMissing: a no needs a reason, and nothing was done.

    Flushes; the caller commits.
    """
    if answer is Answer.REJECT and not reason.strip():
        raise ReasonMissing("Give a reason: the people will read it.", field="reason")
    say = endorse_registration if answer is Answer.APPROVE else refuse_for_economy

    def act(registration: Registration) -> Answer:
        say(registration, actor=actor, now=now, reason=reason)
        return answer

    return act_on_each(registrations, act, name=lambda each: each.delegate_name)


def _waits(registration: Registration) -> bool:
    return registration.state is State.PENDING and registration.stage is ApprovalStage.ECONOMY


def _stands(registration: Registration) -> str:
    if registration.state is State.PENDING:
        return "waits for the host"
    return f"is {registration.state.label.lower()}"
