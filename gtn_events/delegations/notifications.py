"""Mails to nominees; without a scope, so that who reads a forum's mails does not find the links."""

from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core.outbox import Recipient, enqueue_mail

from .models import Nomination


def mail_invitation(nomination: Nomination, token: str, *, coordinator: Account, now: datetime) -> None:
    """Send a nominee the link with which they register; once for each act of sending."""
    enqueue_mail(
        f"{nomination_mails(nomination.id)}{now.timestamp():.6f}",
        "delegations/nominee_invited",
        to=_nominee(nomination),
        context={"forum": nomination.forum, "nomination": nomination, "coordinator": coordinator, "token": token},
        now=now,
    )


def tell_of_withdrawal(nomination: Nomination, *, now: datetime) -> None:
    """Tell somebody who got a link that they are nominated no more."""
    enqueue_mail(
        f"{nomination_mails(nomination.id)}withdrawn",
        "delegations/nomination_withdrawn",
        to=_nominee(nomination),
        context={"forum": nomination.forum, "nomination": nomination},
        now=now,
    )


def nomination_mails(nomination_id: int) -> str:
    """Return how the keys of a nomination's mails begin."""
    return f"delegation-nomination:{nomination_id}:"


def _nominee(nomination: Nomination) -> Recipient:
    return Recipient(nomination.email, nomination.name, "en", nomination.forum.time_zone)
