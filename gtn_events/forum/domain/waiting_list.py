"""Offers: a freed seat goes to the first who waits, until a deadline, then to the next."""

from datetime import datetime

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from ..enums import RegistrationState as State
from ..errors import OfferEnded, TransitionRefused
from ..models import Forum, Registration
from ..queries.waiting import waiting_for_seats
from .bookings import settle_bookings
from .deadlines import offer_deadline
from .ending import end_what_hangs_on
from .locking import lock_forum, lock_registration
from .seating import give_place_back, take_place
from .state_change import allowed_transition, change_state
from .transitions import Action, Party


def offer_freed_seats(forum: Forum, *, now: datetime) -> list[Registration]:
    """Offer every free seat to whoever waits first, and return whom it was offered to; nobody once it is over.

    Flushes; the caller commits.
    """
    offered: list[Registration] = []
    if forum.is_over(now):
        return offered
    lock_forum(forum)
    while (candidate := _first_waiting(forum)) is not None:
        if not _offer(candidate, actor=None, now=now):
            break
        offered.append(candidate)
    return offered


def offer_place(registration: Registration, *, actor: Account, now: datetime) -> State:
    """Offer a free seat to one waiting person out of turn, as an organiser.

    Raises:
        TransitionRefused: the person does not wait, or there is no free seat.
    """
    lock_registration(registration)
    allowed_transition(registration, Action.OFFER, party=Party.ORGANISER)
    if not _offer(registration, actor=actor, now=now):
        raise TransitionRefused(f"No place is free for {registration.category.label}: nothing can be offered.")
    return registration.state


def accept_offer(registration: Registration, *, actor: Account, now: datetime) -> State:
    """Turn an offered seat into a confirmed one.

    Raises:
        OfferEnded: the forum is over, or ``now`` is at or past the deadline; the seat stays for the sweep to pass on.
        TransitionRefused: nothing is offered.
    """
    lock_registration(registration)
    allowed_transition(registration, Action.ACCEPT, party=Party.DELEGATE)
    if registration.forum.is_over(now):
        raise OfferEnded(f"{registration.forum.title} is over, and with it the offer.")
    if registration.offer_ends_at is not None and now >= registration.offer_ends_at:
        raise OfferEnded("The offer has ended; the place passes to the next on the waiting list.")
    # Before the mail of the change is written: it says which side events have a place.
    settle_bookings(registration, now=now)
    return change_state(registration, Action.ACCEPT, State.CONFIRMED, party=Party.DELEGATE, actor=actor, now=now)


def decline_offer(registration: Registration, *, actor: Account, now: datetime) -> State:
    """Give an offered seat back; it passes to the next."""
    lock_registration(registration)
    return _give_back(registration, Action.DECLINE, party=Party.DELEGATE, actor=actor, now=now)


def lapse_due_offers(*, now: datetime) -> list[int]:
    """End every offer whose deadline has come, pass the seats on, and return the ids of the ended ones.

    Flushes; the caller commits.
    """
    due = (
        select(Registration)
        .where(Registration.state == State.OFFERED, Registration.offer_ends_at <= now)
        .order_by(Registration.offer_ends_at, Registration.id)
    )
    lapsed = []
    for registration in db.session.scalars(due).all():
        lock_registration(registration)
        # While we waited for the lock the delegate may have answered.
        if registration.state is State.OFFERED:
            _give_back(registration, Action.LAPSE, party=Party.SYSTEM, actor=None, now=now)
            lapsed.append(registration.id)
    return lapsed


def forums_with_waiting() -> list[Forum]:
    """Return the forums where somebody waits, for the sweep that offers what is free."""
    statement = select(Forum).where(
        Forum.id.in_(select(Registration.forum_id).where(Registration.state == State.WAITLISTED))
    )
    return list(db.session.scalars(statement))


def _first_waiting(forum: Forum) -> Registration | None:
    statement = (
        waiting_for_seats(forum)
        .limit(1)
        .with_for_update(of=Registration, key_share=True)
        .execution_options(populate_existing=True)
    )
    first: Registration | None = db.session.scalars(statement).first()
    return first


def _offer(registration: Registration, *, actor: Account | None, now: datetime) -> bool:
    if not take_place(registration, in_turn=False):
        return False
    registration.offer_ends_at = offer_deadline(
        now=now, hours=registration.forum.offer_hours, time_zone=registration.account.time_zone
    )
    party = Party.SYSTEM if actor is None else Party.ORGANISER
    change_state(registration, Action.OFFER, State.OFFERED, party=party, actor=actor, now=now)
    return True


def _give_back(
    registration: Registration, action: Action, *, party: Party, actor: Account | None, now: datetime
) -> State:
    allowed_transition(registration, action, party=party)
    state = change_state(registration, action, State.DECLINED, party=party, actor=actor, now=now)
    give_place_back(registration)
    offer_freed_seats(registration.forum, now=now)
    end_what_hangs_on(registration, actor=actor, now=now)
    return state
