"""Mails about economies that owe an answer: to their coordinators, and to the organisers when the days are over."""

from collections.abc import Mapping
from datetime import date, datetime

from gtn_events.accounts.models import Account
from gtn_events.core.outbox import Recipient, enqueue_mail

from .models import Forum

REMINDER, SILENT = "forum/economy_reminder", "forum/economy_silent"


def remind_coordinator(
    coordinator: Account,
    forum: Forum,
    economy: str,
    *,
    code: str,
    count: int,
    until: datetime,
    day: date,
    now: datetime,
) -> bool:
    """Remind a coordinator of the answers due on one day, once; False when the mail was there already.

    Args:
        economy: its name.
        code: its code, for the address of the desk.
    """
    mail = enqueue_mail(
        f"{REMINDER}:{coordinator.id}:{forum.id}:{economy}:{day.isoformat()}",
        REMINDER,
        to=_recipient(coordinator),
        context={"forum": forum, "economy": economy, "code": code, "count": count, "until": until},
        now=now,
        scope=forum.scope,
        hold=forum.hold_mail,
    )
    return mail is not None


def tell_organiser(organiser: Account, forum: Forum, economies: Mapping[str, int], *, day: date, now: datetime) -> bool:
    """Tell an organiser whose answers did not come by a day, once; False when the mail was there already.

    Args:
        economies: how many people wait, by the name of their economy.
    """
    mail = enqueue_mail(
        f"{SILENT}:{organiser.id}:{forum.id}:{day.isoformat()}",
        SILENT,
        to=_recipient(organiser),
        context={"forum": forum, "economies": list(economies), "count": sum(economies.values()), "due_on": day},
        now=now,
        scope=forum.scope,
    )
    return mail is not None


def clock_mails(account_id: int) -> list[str]:
    """Return how the keys of these mails to a person begin."""
    return [f"{template}:{account_id}:" for template in (REMINDER, SILENT)]


def _recipient(account: Account) -> Recipient:
    return Recipient(account.email, account.display_name, account.language, account.time_zone)
