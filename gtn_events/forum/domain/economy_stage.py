"""The first of two stages: a person's economy says yes or no before the host does."""

from datetime import datetime, timedelta

from gtn_events.accounts.models import Account

from ..enums import Approval, ApprovalStage
from ..enums import RegistrationState as State
from ..errors import TransitionRefused
from ..models import Registration
from .bookings import end_bookings
from .locking import lock_registration
from .state_change import change_state
from .transitions import Action, Party


def begin_stages(registration: Registration, *, now: datetime) -> None:
    """Say whose word a pending registration waits for first, and until when its economy has time.

    Only people of an economy wait for it; whoever comes for a delegation class waits for the host at once.
    """
    asks = registration.category.approval is Approval.ECONOMY and registration.economy_code is not None
    registration.stage = ApprovalStage.ECONOMY if asks else ApprovalStage.HOST
    days = registration.forum.economy_answer_days
    registration.answer_due_at = now + timedelta(days=days) if asks else None
    registration.economy_answered_at = registration.economy_answered_by_id = None
    registration.economy_reason = ""


def endorse_registration(registration: Registration, *, actor: Account, now: datetime, reason: str = "") -> State:
    """Say yes for the economy: the registration waits for the host now. Flushes; the caller commits.

    Raises:
        TransitionRefused: it does not wait for its economy.
    """
    lock_registration(registration)
    _refuse_unless_asked(registration)
    _answer(registration, actor=actor, now=now, reason=reason)
    registration.stage = ApprovalStage.HOST
    return change_state(
        registration, Action.ENDORSE, State.PENDING, party=Party.COORDINATOR, actor=actor, now=now, reason=reason
    )


def refuse_for_economy(registration: Registration, *, actor: Account, now: datetime, reason: str) -> State:
    """Say no for the economy; the person reads the reason. Flushes; the caller commits.

    Raises:
        TransitionRefused: it does not wait for its economy.
        ReasonMissing: there is no reason.
    """
    lock_registration(registration)
    _refuse_unless_asked(registration)
    state = change_state(
        registration,
        Action.REJECT,
        State.REJECTED,
        party=Party.COORDINATOR,
        actor=actor,
        now=now,
        reason=reason.strip(),
    )
    _answer(registration, actor=actor, now=now, reason=reason)
    end_bookings(registration, now=now)
    return state


def _refuse_unless_asked(registration: Registration) -> None:
    if registration.state is not State.PENDING or registration.stage is not ApprovalStage.ECONOMY:
        raise TransitionRefused(
            f"{registration.delegate_name} does not wait for the economy: the registration is "
            f"{registration.state.label.lower()}."
        )


def _answer(registration: Registration, *, actor: Account, now: datetime, reason: str) -> None:
    registration.economy_answered_at = now
    registration.economy_answered_by_id = actor.id
    registration.economy_reason = reason.strip()
