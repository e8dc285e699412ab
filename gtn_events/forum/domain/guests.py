"""Guests of one side event: invited by its hosts, registered by a link, each with a seat of its pool."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from gtn_events.accounts.domain.addresses import Address, parse_address
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError, Stale
from gtn_events.core.journal import record
from gtn_events.core.seats import release_seats, take_seats

from ..enums import ACTIVE_STATES, Audience, GuestState
from ..errors import GuestLinkRefused, GuestRefused
from ..models import Registration, SideEvent, SideEventGuest
from ..notifications_guests import confirm_guest, invite_guest
from ..queries.guests import guests_of
from ..queries.waiting import bookings_waiting
from .locking import lock_forum
from .places import offer_freed_places

MOST_AT_ONCE = 200
MOST_GUESTS = 1000


@dataclass(frozen=True, kw_only=True)
class GuestParticulars:
    """What a guest says when they register."""

    name: str
    organisation_name: str
    economy_code: str | None


def invite_guests(side_event: SideEvent, lines: Sequence[str], *, actor: Account, now: datetime) -> int:
    """Invite everybody of a list by mail, one address a line; return how many mails that were.

    Whoever is invited or registered already gets no second mail; one who was taken off the list is invited anew.

    Raises:
        GuestRefused: a line holds no address, with its number; too many at once; or the side event is over.

    Flushes; the caller commits.
    """
    _require_ahead(side_event, now=now)
    addresses = _addresses(lines)
    lock_forum(side_event.forum)
    there = {each.email_key: each for each in guests_of(side_event)}
    if len(there | addresses) > MOST_GUESTS:
        raise GuestRefused(f"A side event has {MOST_GUESTS} invited guests at most.", field="addresses")
    mailed = 0
    for key, address in addresses.items():
        guest = there.get(key)
        if guest is None:
            guest = SideEventGuest(side_event=side_event, email=address.email, email_key=key)
            db.session.add(guest)
        elif guest.state is not GuestState.WITHDRAWN:
            continue
        guest.state = GuestState.INVITED
        _mail(guest, now=now)
        mailed += 1
    changes = {"guests": (len(there), len(there | addresses))}
    record("guests invited", side_event, actor=actor, now=now, scope=side_event.scope, changes=changes)
    return mailed


def invite_again(guest: SideEventGuest, *, seen: str | None = None, actor: Account, now: datetime) -> None:
    """Mail a new link; the earlier one opens nothing any more.

    Args:
        seen: when the last link went, in ISO form, as the person's page says; None when it does not matter.

    Raises:
        Stale: another link went since.
        GuestRefused: they have registered, were taken off the list, or the side event is over.

    Flushes; the caller commits.
    """
    _lock(guest)
    _require_ahead(guest.side_event, now=now)
    if guest.state not in (GuestState.INVITED, GuestState.DECLINED):
        raise GuestRefused("This guest has registered or was taken off the list. No mail was sent.")
    if seen is not None and seen != guest.invited_at.isoformat():
        raise Stale(f"A new link went to {guest.email} meanwhile. No second mail was sent.")
    guest.state = GuestState.INVITED
    _mail(guest, now=now)
    record("guest invited again", guest.side_event, actor=actor, now=now, scope=guest.side_event.scope)


def withdraw_guest(guest: SideEventGuest, *, actor: Account, now: datetime) -> None:
    """Take a guest off the list; a seat goes to whoever waits. Flushes; the caller commits."""
    _lock(guest)
    _end(guest, GuestState.WITHDRAWN, now=now)
    record("guest taken off the list", guest.side_event, actor=actor, now=now, scope=guest.side_event.scope)


def guest_of_link(token: str) -> SideEventGuest:
    """Return the guest that a link was made for.

    Raises:
        GuestLinkRefused: nobody made it, a newer one was mailed, or the guest was taken off the list.
    """
    guest = db.session.scalar(
        select(SideEventGuest)
        .where(SideEventGuest.token_sha256 == _digest(token))
        .options(joinedload(SideEventGuest.side_event).joinedload(SideEvent.forum))
    )
    if guest is None:
        raise _nothing_opens()
    _require_on_list(guest)
    return guest


def register_guest(guest: SideEventGuest, particulars: GuestParticulars, *, now: datetime) -> None:
    """Give an invited guest a seat.

    Raises:
        GuestRefused: the side event is over, hidden, full or open to delegates only; or the guest is a delegate,
            who chooses it like every other delegate.
        GuestLinkRefused: a host has taken them off the list meanwhile.

    Flushes; the caller commits.
    """
    _lock(guest)
    _require_on_list(guest)
    side_event = guest.side_event
    _require_ahead(side_event, now=now)
    if guest.state is GuestState.REGISTERED:
        raise GuestRefused("You have a place already.")
    if side_event.audience is Audience.DELEGATES or not side_event.published:
        raise GuestRefused(f"{side_event.title} takes no guests now. Ask whoever invited you.")
    if db.session.scalar(_delegate(guest)) is not None:
        raise GuestRefused("You are registered for the forum. Choose this side event on your own page there.")
    somebody_waits = db.session.scalars(bookings_waiting(side_event).limit(1)).first() is not None
    if somebody_waits or not take_seats([side_event.pool]):
        raise GuestRefused(f"Every place of {side_event.title} is taken now. Try again later.")
    guest.name, guest.organisation_name = particulars.name, particulars.organisation_name
    guest.economy_code = particulars.economy_code
    guest.state, guest.answered_at = GuestState.REGISTERED, now
    db.session.flush()
    confirm_guest(guest, now=now)
    record("guest registered", side_event, actor=None, now=now, scope=side_event.scope)


def decline_as_guest(guest: SideEventGuest, *, now: datetime) -> None:
    """Say no, or give the place back; it goes to whoever waits. Flushes; the caller commits.

    Raises:
        GuestLinkRefused: a host has taken them off the list meanwhile.
    """
    _lock(guest)
    _require_on_list(guest)
    _end(guest, GuestState.DECLINED, now=now)
    record("guest declined", guest.side_event, actor=None, now=now, scope=guest.side_event.scope)


def _end(guest: SideEventGuest, state: GuestState, *, now: datetime) -> None:
    held_seat = guest.state is GuestState.REGISTERED
    guest.state, guest.answered_at = state, now
    db.session.flush()
    if held_seat:
        release_seats([guest.side_event.pool])
        offer_freed_places(guest.side_event, now=now)


def _mail(guest: SideEventGuest, *, now: datetime) -> None:
    token = secrets.token_urlsafe(32)
    guest.token_sha256, guest.invited_at = _digest(token), now
    db.session.flush()
    invite_guest(guest, token, now=now)


def _lock(guest: SideEventGuest) -> None:
    lock_forum(guest.side_event.forum)
    db.session.refresh(guest, with_for_update={"of": SideEventGuest, "key_share": True})


def _require_on_list(guest: SideEventGuest) -> None:
    if guest.state is GuestState.WITHDRAWN:
        raise _nothing_opens()


def _nothing_opens() -> GuestLinkRefused:
    return GuestLinkRefused("This link opens nothing any more. Open the newest mail, or ask whoever invited you.")


def _require_ahead(side_event: SideEvent, *, now: datetime) -> None:
    if side_event.is_over(now):
        raise GuestRefused(f"{side_event.title} is over.")


def _addresses(lines: Sequence[str]) -> dict[str, Address]:
    found: dict[str, Address] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            address = parse_address(line)
        except DomainError as refusal:
            raise GuestRefused(f"Line {number}: {refusal.message} Nobody was invited yet.", field="addresses") from None
        found[address.key] = address
    if not found:
        raise GuestRefused("Write at least one e-mail address.", field="addresses")
    if len(found) > MOST_AT_ONCE:
        raise GuestRefused(f"Invite {MOST_AT_ONCE} guests at once at most.", field="addresses")
    return found


def _delegate(guest: SideEventGuest) -> Select[int]:
    return (
        select(Registration.id)
        .join(Registration.account)
        .where(
            Registration.forum_id == guest.side_event.forum_id,
            Registration.state.in_(sorted(ACTIVE_STATES)),
            (Account.email_key == guest.email_key) | (func.lower(Registration.email) == guest.email_key),
        )
        .limit(1)
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
