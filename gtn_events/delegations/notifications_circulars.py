"""Which mail about a circular goes to whom: each coordinator of an economy it is for."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.accounts.queries.coordinators import coordinators_of
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail, Recipient, enqueue_mail

from .models import CircularVersion


def tell_of_release(version: CircularVersion, *, now: datetime) -> None:
    """Mail a released version to each coordinator and deputy it is for, once, however many economies are theirs."""
    people = coordinators_of(version.audience or None)
    _tell(version, (each for some in people.values() for each in some), "circular_released", "released", now=now)


def remind(version: CircularVersion, *, now: datetime, unless_since: date | None = None) -> int:
    """Remind the coordinators of economies that have not acknowledged, at most once a day; return how many.

    Args:
        unless_since: leaves out who was reminded on this day or later.
    """
    done = {each.economy_code for each in version.acknowledgements}
    told = _reminded(version, unless_since or now.date())
    people = coordinators_of(version.audience or None)
    late = [each for code, some in people.items() if code not in done for each in some if each.id not in told]
    return _tell(version, late, "circular_reminder", f"remind:{now:%Y-%m-%d}", now=now)


def mails_of(version: CircularVersion) -> str:
    """Return how the keys of a version's mails begin."""
    return f"circular:{version.id}:"


def _reminded(version: CircularVersion, since: date) -> set[int]:
    begins = f"{mails_of(version)}remind:"
    keys = db.session.scalars(select(OutboxMail.key).where(OutboxMail.key.startswith(begins, autoescape=True)))
    parts = [key.removeprefix(begins).split(":") for key in keys]
    return {int(account_id) for day, account_id in parts if day >= since.isoformat()}


def _tell(version: CircularVersion, people: Iterable[Account], template: str, occasion: str, *, now: datetime) -> int:
    written = 0
    forum = version.circular.forum
    for account in people:
        mail = enqueue_mail(
            f"{mails_of(version)}{occasion}:{account.id}",
            f"delegations/{template}",
            to=Recipient(account.email, account.display_name, account.language, account.time_zone),
            context={"version": version, "circular": version.circular, "forum": forum},
            now=now,
            scope=forum.scope,
            hold=forum.hold_mail,
        )
        written += mail is not None
    return written
