"""Mails to nominees; without a scope, so that who reads a forum's mails does not find the links. And of their no."""

from datetime import datetime

from sqlalchemy import ColumnElement

from gtn_events.accounts.models import Account
from gtn_events.accounts.queries.coordinators import coordinators_of
from gtn_events.core.outbox import OutboxMail, Recipient, enqueue_mail

from .models import Nomination

_KEY = "delegation-nomination:"


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


def tell_of_no(nomination: Nomination, *, now: datetime) -> None:
    """Tell each coordinator of the economy that a nominee has declined; the words stand on the coordinators' page."""
    forum = nomination.forum
    for account in coordinators_of([nomination.economy_code]).get(nomination.economy_code, []):
        enqueue_mail(
            f"{nomination_mails(nomination.id)}{_told(account.id)}",
            "delegations/nominee_declined",
            to=Recipient(account.email, account.display_name, account.language, account.time_zone),
            context={"forum": forum, "nomination": nomination},
            now=now,
            scope=forum.scope,
            hold=forum.hold_mail,
        )


def nomination_mails(nomination_id: int) -> str:
    """Return how the keys of a nomination's mails begin."""
    return f"{_KEY}{nomination_id}:"


def mails_of_no(account_id: int) -> ColumnElement[bool]:
    """Return the condition for what a coordinator was told of nominees who declined."""
    return OutboxMail.key.startswith(_KEY) & OutboxMail.key.endswith(f":{_told(account_id)}")


def _told(account_id: int) -> str:
    return f"declined:{account_id}"


def _nominee(nomination: Nomination) -> Recipient:
    return Recipient(nomination.email, nomination.name, "en", nomination.forum.time_zone)
