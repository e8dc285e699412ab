"""Which mail goes to whom, and what it needs to say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gtn_events.accounts.models import Account
from gtn_events.core.outbox import AttachmentRef, OutboxMail, Recipient, enqueue_mail

from .enums import RegistrationState
from .models import Forum, Mailing, Registration, SessionBooking, SideEventBooking
from .queries.bookings import active_bookings
from .queries.side_event_questions import REMINDER

WITH_TICKET = frozenset({"forum/registration_confirmed", "forum/registration_takes_place"})
MAIL_OF_STATE = {
    RegistrationState.PENDING: "forum/registration_received",
    RegistrationState.APPROVED: "forum/registration_approved",
    RegistrationState.CONFIRMED: "forum/registration_confirmed",
    RegistrationState.WAITLISTED: "forum/registration_waitlisted",
    RegistrationState.OFFERED: "forum/registration_offered",
    RegistrationState.DECLINED: "forum/registration_declined",
    RegistrationState.REJECTED: "forum/registration_rejected",
    RegistrationState.CANCELLED: "forum/registration_cancelled",
}


@dataclass(frozen=True)
class Correction:
    """One thing that an organiser corrected, in words: a field of the particulars or the label of a question."""

    name: str
    before: str
    after: str


def tell_delegate(registration: Registration, template: str, *, now: datetime, **context: Any) -> None:  # Any: per mail
    """Put one mail about a registration into the outbox, once for each change of its state."""
    _tell(registration, template, occasion=registration.state_changed_at.isoformat(), now=now, context=context)


def tell_again(registration: Registration, *, now: datetime) -> None:
    """Put the mail about the registration's present state into the outbox once more."""
    template = MAIL_OF_STATE[registration.state]
    if registration.state is RegistrationState.PENDING and registration.economy_answered_at is not None:
        template = "forum/registration_endorsed"
    if registration.withdrawn_by_economy:
        template = "forum/registration_withdrawn"
    _tell(registration, template, occasion=f"again:{now.isoformat()}", now=now, context={})


def tell_of_corrections(
    registration: Registration, corrections: Sequence[Correction], *, reason: str, now: datetime
) -> None:
    """Tell a delegate what an organiser corrected, once for each version of the registration."""
    _tell(
        registration,
        "forum/registration_corrected",
        occasion=str(registration.lock_version),
        now=now,
        context={"corrections": corrections, "reason": reason},
    )


def tell_once(
    registration: Registration,
    template: str,
    *,
    occasion: str,
    now: datetime,
    **context: Any,  # Any: per mail
) -> None:
    """Put one mail that concerns a registration into the outbox, once for each ``occasion`` of its kind."""
    _tell(registration, template, occasion=occasion, now=now, context=context)


def _tell(
    registration: Registration, template: str, *, occasion: str, now: datetime, context: Mapping[str, Any]
) -> None:
    forum, with_ticket = registration.forum, template in WITH_TICKET
    if with_ticket and "bookings" not in context:
        context = {**context, "bookings": active_bookings(registration)}
    enqueue_mail(
        f"registration:{registration.id}:{template}:{occasion}",
        template,
        to=_recipient(registration),
        context={"registration": registration, "forum": forum, **context},
        now=now,
        scope=forum.scope,
        attachments=_ticket(registration) if with_ticket else (),
        hold=forum.hold_mail,
    )


def tell_about_booking(booking: SideEventBooking, template: str, *, now: datetime) -> None:
    """Put one mail about a place at a side event into the outbox."""
    registration, forum = booking.registration, _forum_of(booking)
    enqueue_mail(
        f"booking:{booking.id}:{template}:{now.isoformat()}",
        template,
        to=_recipient(registration),
        context={
            "booking": booking,
            "side_event": booking.side_event,
            "registration": registration,
            "forum": forum,
        },
        now=now,
        scope=forum.scope,
        hold=forum.hold_mail,
    )


def tell_about_session_booking(booking: SessionBooking, template: str, *, now: datetime) -> None:
    """Put one mail about a place at a session into the outbox."""
    registration, forum = booking.registration, booking.registration.forum
    enqueue_mail(
        f"session-booking:{booking.id}:{template}:{now.isoformat()}",
        template,
        to=_recipient(registration),
        context={
            "booking": booking,
            "session": booking.limited.session,
            "registration": registration,
            "forum": forum,
        },
        now=now,
        scope=forum.scope,
        hold=forum.hold_mail,
    )


def remind_of_questions(booking: SideEventBooking, count: int, *, now: datetime) -> None:
    """Remind somebody with a place of the questions of a side event, once."""
    registration, forum = booking.registration, _forum_of(booking)
    enqueue_mail(
        f"booking:{booking.id}:{REMINDER}",
        REMINDER,
        to=_recipient(registration),
        context={
            "side_event": booking.side_event,
            "count": count,
            "registration": registration,
            "forum": forum,
        },
        now=now,
        scope=forum.scope,
        hold=forum.hold_mail,
    )


def mail_of_mailing(
    mailing: Mailing, registration: Registration, subject: str, text: str, *, now: datetime
) -> OutboxMail | None:
    """Put one delegate's mail of a mailing into the outbox; None when it is there already."""
    forum = mailing.forum
    return enqueue_mail(
        mailing_key(mailing, registration),
        "forum/mailing",
        to=_recipient(registration),
        context={"subject": subject, "text": text, "forum": forum},
        now=now,
        scope=forum.scope,
        hold=forum.hold_mail,
    )


def mail_test(mailing: Mailing, account: Account, subject: str, text: str, *, now: datetime) -> None:
    """Send an organiser a mailing as one delegate would get it."""
    enqueue_mail(
        f"mailing-test:{mailing.id}:{account.id}:{now.isoformat()}",
        "forum/mailing",
        to=Recipient(account.email, account.display_name, account.language, account.time_zone),
        context={"subject": f"[Test] {subject}", "text": text, "forum": mailing.forum},
        now=now,
        scope=mailing.forum.scope,
    )


def mailing_key(mailing: Mailing, registration: Registration) -> str:
    """Return the key that makes a delegate get a mailing once."""
    return f"mailing:{mailing.id}:{registration.id}"


def _recipient(registration: Registration) -> Recipient:
    account = registration.account
    return Recipient(
        address=registration.email,
        name=registration.delegate_name,
        language=account.language,
        time_zone=account.time_zone,
    )


def _ticket(registration: Registration) -> tuple[AttachmentRef, ...]:
    params = {"registration_id": registration.id}
    return (AttachmentRef("forum.ticket", params), AttachmentRef("forum.calendar", params))


def _forum_of(booking: SideEventBooking) -> Forum:
    return booking.registration.forum
