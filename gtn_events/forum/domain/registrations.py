"""What becomes of a registration: approved, confirmed, waitlisted, rejected, cancelled."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from ..enums import RegistrationState as State
from ..errors import TransitionRefused
from ..models import Registration
from .bookings import settle_bookings
from .economy_stage import refuse_while_economy_decides, stage_again
from .ending import end_what_hangs_on
from .handing_over import hand_over, promised_place
from .locking import lock_forum, lock_registration
from .seating import give_place_back, take_place
from .state_change import allowed_transition, change_state
from .transitions import Action, Party
from .waiting_list import offer_freed_seats


def approve_registration(registration: Registration, *, actor: Account, now: datetime) -> State:
    """Say yes to a person before a seat is given: pending becomes approved. Flushes.

    Raises:
        TransitionRefused: it is not pending, or its economy can still answer.
    """
    lock_registration(registration)
    refuse_while_economy_decides(registration, now=now)
    return change_state(registration, Action.APPROVE, State.APPROVED, party=Party.ORGANISER, actor=actor, now=now)


def confirm_registration(registration: Registration, *, actor: Account | None, now: datetime) -> State:
    """Give an approved delegate a seat, or a place on the waiting list.

    Args:
        registration: an approved registration that the session already knows.
        actor: who confirms, written to the journal; None when the system does.
        now: the moment of the decision, aware, UTC.

    Returns:
        ``CONFIRMED`` while every pool has a free seat and nobody waits before,
        otherwise ``WAITLISTED``. Whom an economy sends instead of another gets that person's place.

    Raises:
        TransitionRefused: the registration is not approved.

    Flushes; the caller commits.
    """
    lock_registration(registration)
    return _seat_or_wait(registration, Action.CONFIRM, actor=actor, now=now)


def admit_registration(registration: Registration, *, actor: Account | None, now: datetime) -> State:
    """Approve and confirm a pending delegate in one act, with one mail. Otherwise as ``confirm_registration``.

    Refused as well while the person's economy can still answer.
    """
    lock_registration(registration)
    refuse_while_economy_decides(registration, now=now)
    return _seat_or_wait(registration, Action.ADMIT, actor=actor, now=now)


def admit_newcomer(registration: Registration, *, now: datetime) -> State:
    """Admit a registration that this very transaction wrote: nobody else can have seen or changed it."""
    lock_forum(registration.forum)
    return _seat_or_wait(registration, Action.ADMIT, actor=None, now=now)


def reject_registration(registration: Registration, *, actor: Account, now: datetime, reason: str) -> State:
    """Refuse a pending or approved delegate; they read the reason, and their letters end. Flushes."""
    lock_registration(registration)
    state = change_state(
        registration, Action.REJECT, State.REJECTED, party=Party.ORGANISER, actor=actor, now=now, reason=reason.strip()
    )
    end_what_hangs_on(registration, actor=actor, now=now)
    return state


def reconsider_registration(registration: Registration, *, actor: Account, now: datetime) -> State:
    """Take a rejected registration up again: it is pending, and waits for whoever refused it.

    Raises:
        TransitionRefused: it is not rejected, or the person has registered anew since.

    Flushes; the caller commits.
    """
    lock_registration(registration)
    allowed_transition(registration, Action.RECONSIDER, party=Party.ORGANISER)
    try:
        with db.session.begin_nested():
            stage_again(registration, now=now)
            return change_state(
                registration, Action.RECONSIDER, State.PENDING, party=Party.ORGANISER, actor=actor, now=now
            )
    except IntegrityError:
        name = registration.delegate_name
        raise TransitionRefused(f"{name} has registered anew since. Decide on that registration instead.") from None


def cancel_registration(
    registration: Registration, *, actor: Account, now: datetime, party: Party, reason: str | None = None
) -> State:
    """End an active registration; its seats go to whoever waits, and what stood on it ends.

    Args:
        party: DELEGATE when it is their own, ORGANISER otherwise.
        reason: shown to the delegate when an organiser cancels.

    Raises:
        TransitionRefused: it is not active any more, or the forum is over for the delegate.
    """
    lock_registration(registration)
    allowed_transition(registration, Action.CANCEL, party=party, reason=reason)
    if party is Party.DELEGATE and registration.forum.is_over(now):
        raise TransitionRefused(f"{registration.forum.title} is over; there is nothing left to cancel.")
    return _end(registration, Action.CANCEL, party=party, actor=actor, now=now, reason=reason)


def withdraw_registration(registration: Registration, *, actor: Account, now: datetime, reason: str) -> State:
    """End an active registration for the person's economy; they read its reason, and the seats go to whoever waits.

    Raises:
        TransitionRefused: it is not active any more.
        ReasonMissing: there is no reason.
    """
    lock_registration(registration)
    allowed_transition(registration, Action.WITHDRAW, party=Party.COORDINATOR, reason=reason)
    registration.withdrawn_by_economy = True
    return _end(registration, Action.WITHDRAW, party=Party.COORDINATOR, actor=actor, now=now, reason=reason.strip())


def _end(
    registration: Registration, action: Action, *, party: Party, actor: Account, now: datetime, reason: str | None
) -> State:
    held_seat = registration.state.holds_seat
    state = change_state(registration, action, State.CANCELLED, party=party, actor=actor, now=now, reason=reason)
    if held_seat:
        give_place_back(registration)
        offer_freed_seats(registration.forum, now=now)
    end_what_hangs_on(registration, actor=actor, now=now)
    return state


def _seat_or_wait(registration: Registration, action: Action, *, actor: Account | None, now: datetime) -> State:
    party = Party.SYSTEM if actor is None else Party.ORGANISER
    allowed_transition(registration, action, party=party)
    if (substitution := promised_place(registration, now=now)) is not None:
        return hand_over(substitution, actor=actor, now=now)
    # The forum's lock comes before the look at the waiting list, so that two cannot both see nobody waiting.
    if not take_place(registration, in_turn=True):
        return change_state(registration, action, State.WAITLISTED, party=party, actor=actor, now=now)
    # Before the mail of the change is written: it says which side events have a place.
    bookings = settle_bookings(registration, now=now)
    return change_state(
        registration, action, State.CONFIRMED, party=party, actor=actor, now=now, told={"bookings": bookings}
    )
