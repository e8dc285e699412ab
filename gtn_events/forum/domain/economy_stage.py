"""The first of two stages: a person's economy says yes or no before the host does."""

from datetime import datetime, timedelta

from flask_babel import gettext as _

from gtn_events.accounts.models import Account
from gtn_events.accounts.queries.coordinators import coordinators_of
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.moments import words_of_moment

from ..enums import Approval, ApprovalStage
from ..enums import RegistrationState as State
from ..errors import ReasonMissing, TransitionRefused
from ..models import Registration
from .ending import end_what_hangs_on
from .locking import lock_registration
from .state_change import allowed_transition, change_state
from .transitions import Action, Party


def begin_stages(registration: Registration, *, now: datetime) -> None:
    """Say whose word a pending registration waits for first, and until when its economy has time.

    Only people of an economy wait for it; whoever comes for a delegation class waits for the host at once.
    """
    asks = registration.category.approval is Approval.ECONOMY and registration.economy_code is not None
    if asks:
        _ask_economy(registration, now=now)
        return
    registration.stage, registration.answer_due_at = ApprovalStage.HOST, None
    _forget_answer(registration)


def stage_again(registration: Registration, *, now: datetime) -> None:
    """Let a registration that is taken up again wait where it was refused; an economy has its days anew."""
    if registration.stage is ApprovalStage.ECONOMY:
        _ask_economy(registration, now=now)


def refuse_while_economy_decides(registration: Registration, *, now: datetime) -> None:
    """Leave the word to a person's economy until its days are over, unless nobody speaks for it.

    Raises:
        TransitionRefused: the economy can still answer.
    """
    if waits_for_economy(registration, now=now) and has_coordinator(registration):
        raise TransitionRefused(_still_decides(registration))


def waits_for_economy(registration: Registration, *, now: datetime) -> bool:
    """Say whether the economy has been asked and can still answer by the clock."""
    due = registration.answer_due_at
    asked = registration.state is State.PENDING and registration.stage is ApprovalStage.ECONOMY
    return asked and due is not None and now < due


def has_coordinator(registration: Registration) -> bool:
    """Say whether somebody speaks for the person's economy."""
    return bool(registration.economy_code and coordinators_of([registration.economy_code]))


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
        registration,
        Action.ENDORSE,
        State.PENDING,
        party=Party.COORDINATOR,
        actor=actor,
        now=now,
        reason=reason.strip(),
    )


def refuse_for_economy(registration: Registration, *, actor: Account, now: datetime, reason: str) -> State:
    """Say no for the economy; the person reads the reason. Flushes; the caller commits.

    Raises:
        TransitionRefused: it does not wait for its economy.
        ReasonMissing: there is no reason.
    """
    lock_registration(registration)
    _refuse_unless_asked(registration)
    allowed_transition(registration, Action.REJECT, party=Party.COORDINATOR, reason=reason)
    # Before the mail of the change is written: it says who refused.
    _answer(registration, actor=actor, now=now, reason=reason)
    state = change_state(
        registration,
        Action.REJECT,
        State.REJECTED,
        party=Party.COORDINATOR,
        actor=actor,
        now=now,
        reason=reason.strip(),
    )
    end_what_hangs_on(registration, actor=actor, now=now)
    return state


def may_take_back(registration: Registration) -> bool:
    """Say whether the economy said yes and the host has not decided yet."""
    with_host = registration.state is State.PENDING and registration.stage is ApprovalStage.HOST
    return with_host and registration.economy_answered_at is not None


def take_back_endorsement(registration: Registration, *, actor: Account, now: datetime) -> State:
    """Take the economy's yes back before the host has decided; it has the rest of its days, or its days anew.

    Raises:
        TransitionRefused: the economy said nothing, or the host has decided. Flushes; the caller commits.
    """
    lock_registration(registration)
    if registration.stage is not ApprovalStage.HOST or registration.economy_answered_at is None:
        raise TransitionRefused(
            _("The economy has not approved %(name)s; there is nothing to take back.", name=registration.delegate_name)
        )
    allowed_transition(registration, Action.UNENDORSE, party=Party.COORDINATOR)
    due = registration.answer_due_at
    # Before the mail of the change is written: it says until when the economy has time.
    _ask_economy(registration, now=now)
    if due is not None and due > now:
        registration.answer_due_at = due
    return change_state(registration, Action.UNENDORSE, State.PENDING, party=Party.COORDINATOR, actor=actor, now=now)


def decide_without_economy(registration: Registration, *, actor: Account, now: datetime, reason: str) -> None:
    """Let the host decide although the economy has not answered; the journal keeps why.

    Raises:
        TransitionRefused: it does not wait for its economy.
        ReasonMissing: there is no reason.

    Flushes; the caller commits.
    """
    lock_registration(registration)
    _refuse_unless_asked(registration)
    if not reason.strip():
        raise ReasonMissing(_("Say why the economy is not waited for."), field="reason")
    registration.stage = ApprovalStage.HOST
    record(
        "registration taken up without its economy",
        registration,
        actor=actor,
        now=now,
        scope=registration.scope,
        changes={"stage": (ApprovalStage.ECONOMY.value, ApprovalStage.HOST.value)},
        reason=reason.strip(),
    )
    db.session.flush()


def _still_decides(registration: Registration) -> str:
    economy, due = registration.economy, registration.answer_due_at
    return _(
        "%(economy)s has until %(moment)s in %(city)s to answer. Decide after that, or decide without the economy.",
        economy=economy.short_name if economy else "",
        moment=words_of_moment(due, registration.forum.time_zone) if due else "",
        city=registration.forum.city,
    )


def _ask_economy(registration: Registration, *, now: datetime) -> None:
    registration.stage = ApprovalStage.ECONOMY
    registration.answer_due_at = now + timedelta(days=registration.forum.economy_answer_days)
    _forget_answer(registration)


def _forget_answer(registration: Registration) -> None:
    registration.economy_answered_at = registration.economy_answered_by_id = None
    registration.economy_reason = ""


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
