"""The mails to guests of a side event."""

from datetime import datetime
from typing import Any

from gtn_events.core.outbox import Recipient, enqueue_mail

from .models import SideEventGuest


def invite_guest(guest: SideEventGuest, token: str, *, now: datetime) -> None:
    """Mail the link with which a guest registers; the key is of the moment, so that a new link is a new mail."""
    _mail(guest, "forum/guest_invited", now=now, token=token)


def confirm_guest(guest: SideEventGuest, *, now: datetime) -> None:
    """Tell a guest that they have a place."""
    _mail(guest, "forum/guest_registered", now=now)


def _mail(guest: SideEventGuest, template: str, *, now: datetime, **context: Any) -> None:  # Any: per mail
    side_event, forum = guest.side_event, guest.side_event.forum
    enqueue_mail(
        f"guest:{guest.id}:{template}:{now.isoformat()}",
        template,
        to=Recipient(address=guest.email, name=guest.name, time_zone=forum.time_zone),
        context={"guest": guest, "side_event": side_event, "forum": forum, **context},
        now=now,
        scope=forum.scope,
        hold=forum.hold_mail,
    )
