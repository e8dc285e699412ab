"""The delegate's papers: what goes on the ticket, and what is attached to the mail of confirmation."""

from typing import Any

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.outbox import Attachment, AttachmentFailed, register_attachment

from .calendar import registration_calendar
from .documents_ticket import TicketEntry, TicketFacts, ticket_pdf
from .enums import BookingState
from .models import Registration
from .queries.bookings import active_bookings
from .words import days_in_words, span_in_words


def ticket_of(registration: Registration) -> Attachment:
    """Return the ticket of a confirmed registration as a PDF."""
    data = ticket_pdf(ticket_facts(registration))
    return Attachment(f"ticket-{registration.reference}.pdf", "application/pdf", data)


def ticket_facts(registration: Registration) -> TicketFacts:
    """Return what the ticket shows: the person, the forum, the places at side events."""
    forum = registration.forum
    return TicketFacts(
        forum_title=forum.title,
        city=forum.city,
        host_economy_name=forum.host_economy.short_name,
        dates=days_in_words(forum.starts_on, forum.ends_on),
        venue=forum.venue,
        venue_notes=forum.venue_notes,
        given_name=registration.given_name,
        family_name=registration.family_name,
        own_script_name=registration.own_script_name,
        own_script_language=registration.own_script_language,
        organisation_name=registration.organisation_name,
        representation=registration.representation,
        category_label=registration.category.label,
        category_position=registration.category.position,
        reference=registration.reference,
        entries=tuple(_entries(registration)),
        contact=forum.contact_email,
    )


def register_attachments() -> None:
    """Say who makes the ticket and the calendar file of a mail."""
    register_attachment("forum.ticket", lambda params: ticket_of(_registration(params)))
    register_attachment("forum.calendar", lambda params: registration_calendar(_registration(params), now=clock.now()))


def _entries(registration: Registration) -> list[TicketEntry]:
    zone = registration.forum.time_zone
    bookings = active_bookings(registration)
    return [
        TicketEntry(
            when=span_in_words(booking.side_event.starts_at, booking.side_event.ends_at, zone),
            title=booking.side_event.title,
            place=booking.side_event.room_name,
        )
        for booking in bookings
        if booking.state is BookingState.CONFIRMED
    ]


def _registration(params: dict[str, Any]) -> Registration:
    registration = db.session.get(Registration, params["registration_id"])
    if registration is None:
        raise AttachmentFailed("The registration of this mail is not there any more.")
    return registration
