"""Reads of the guests of a side event, and of what its hosts see."""

from collections.abc import Iterator

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db
from gtn_events.core.exports import Cell

from ..enums import GuestState
from ..models import Forum, SideEvent, SideEventGuest
from .side_event_questions import answer_cells, own_questions
from .side_events import SHOWN, people_of

HOST_HEADERS = ("Given name", "Family name", "Economy", "Organisation", "Comes as", "State")


def is_guest(side_event: SideEvent, email_key: str) -> bool:
    """Say whether this address is on the list of guests."""
    found = exists().where(
        SideEventGuest.side_event_id == side_event.id,
        SideEventGuest.email_key == email_key,
        SideEventGuest.state != GuestState.WITHDRAWN,
    )
    return bool(db.session.scalar(select(found)))


def invited_to(forum: Forum, email_key: str) -> set[int]:
    """Return the side events of a forum that have this address on the list of guests."""
    statement = (
        select(SideEventGuest.side_event_id)
        .join(SideEventGuest.side_event)
        .where(
            SideEvent.forum_id == forum.id,
            SideEventGuest.email_key == email_key,
            SideEventGuest.state != GuestState.WITHDRAWN,
        )
    )
    return set(db.session.scalars(statement))


def guests_of(side_event: SideEvent) -> list[SideEventGuest]:
    """Return everybody who was invited, in the order of their addresses."""
    statement = (
        select(SideEventGuest)
        .where(SideEventGuest.side_event_id == side_event.id)
        .options(joinedload(SideEventGuest.economy))
        .order_by(SideEventGuest.email_key)
    )
    return list(db.session.scalars(statement))


def guest_of(side_event: SideEvent, guest_id: int) -> Select[SideEventGuest]:
    """Select one guest of this side event."""
    return select(SideEventGuest).where(SideEventGuest.id == guest_id, SideEventGuest.side_event_id == side_event.id)


def host_headers(side_event: SideEvent) -> list[str]:
    """Return the first line of the hosts' list: the person, then the own questions that are not sensitive."""
    return [*HOST_HEADERS, *(each.label for each in own_questions(side_event, with_sensitive=False))]


def host_rows(side_event: SideEvent) -> Iterator[list[Cell]]:
    """Give one line for each delegate and each registered guest: no address, no number, no sensitive answer."""
    asked = own_questions(side_event, with_sensitive=False)
    bookings = db.session.scalars(people_of(side_event, *SHOWN)).all()
    given = answer_cells([each.answer_set_id for each in bookings], asked)
    for booking, answers in zip(bookings, given, strict=True):
        person = booking.registration
        names: list[Cell] = [person.given_name, person.family_name.upper()]
        yield [*names, person.representation, person.organisation_name, "Delegate", booking.state.label, *answers]
    guests = [each for each in guests_of(side_event) if each.state is GuestState.REGISTERED]
    given = answer_cells([each.answer_set_id for each in guests], asked)
    for guest, answers in zip(guests, given, strict=True):
        economy = guest.economy.short_name if guest.economy else ""
        yield ["", guest.name, economy, guest.organisation_name, "Guest", guest.state.label, *answers]
