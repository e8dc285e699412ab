"""Mails about what economies say: to entrants, to nominated firms, to coordinators. The last name no entry."""

from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core.outbox import Recipient, enqueue_mail

from .enums import Endorsement
from .models import Competition, Entry, Nomination
from .notifications import tell_entrant
from .queries.places import EconomyStanding

DIGEST, REMINDER = "competition/economy_digest", "competition/economy_reminder"
TEMPLATES = {
    Endorsement.ENDORSED: "competition/entry_endorsed",
    Endorsement.RESERVE: "competition/entry_in_reserve",
    Endorsement.DECLINED: "competition/entry_not_endorsed",
    Endorsement.WAITING: "competition/entry_endorsement_open",
}


def tell_of_endorsement(entry: Entry, *, now: datetime) -> None:
    """Tell an entrant what the economy says now; once for each time that it changes."""
    tell_entrant(entry, TEMPLATES[entry.endorsement], now=now, occasion=now.isoformat())


def mail_nomination(
    nomination: Nomination, token: str, *, coordinator: Account, until: datetime, now: datetime
) -> None:
    """Send a nominated firm the link with which it enters; once for each act of sending.

    Without a scope: who reads the competition's mails must not find the link there.
    """
    enqueue_mail(
        f"{nomination_mails(nomination.id)}{now.timestamp():.6f}",
        "competition/firm_nominated",
        to=_firm(nomination),
        context={
            "competition": nomination.competition,
            "nomination": nomination,
            "coordinator": coordinator,
            "token": token,
            "until": until,
        },
        now=now,
    )


def mail_nomination_withdrawn(nomination: Nomination, *, now: datetime) -> None:
    """Tell a firm that it is nominated no more."""
    enqueue_mail(
        f"{nomination_mails(nomination.id)}withdrawn",
        "competition/nomination_withdrawn",
        to=_firm(nomination),
        context={"competition": nomination.competition, "nomination": nomination},
        now=now,
        scope=nomination.scope,
    )


def nomination_mails(nomination_id: int) -> str:
    """Return how the keys of a nomination's mails begin."""
    return f"nomination:{nomination_id}:"


def tell_coordinator(
    template: str,
    competition: Competition,
    coordinator: Account,
    standing: EconomyStanding,
    *,
    occasion: str,
    until: datetime,
    now: datetime,
    new: int = 0,
    since: datetime | None = None,
) -> bool:
    """Put one mail to a coordinator into the outbox, once for each occasion; False when it was there already.

    Args:
        template: ``DIGEST`` or ``REMINDER``.
        new: how many entries came ``since`` the beginning of a day; for a digest.
    """
    mail = enqueue_mail(
        f"{template}:{coordinator.id}:{competition.id}:{standing.code}:{occasion}",
        template,
        to=Recipient(coordinator.email, coordinator.display_name, coordinator.language, coordinator.time_zone),
        context={"competition": competition, "standing": standing, "until": until, "new": new, "since": since},
        now=now,
        scope=competition.scope,
    )
    return mail is not None


def coordinator_mails(account_id: int) -> list[str]:
    """Return how the keys of the mails to a coordinator begin."""
    return [f"{template}:{account_id}:" for template in (DIGEST, REMINDER)]


def _firm(nomination: Nomination) -> Recipient:
    account = nomination.account
    if account is None:
        return Recipient(nomination.email, nomination.name, "en", nomination.competition.time_zone)
    return Recipient(account.email, account.display_name, account.language, account.time_zone)
