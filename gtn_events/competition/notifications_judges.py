"""Mails about the work of judges: the invitation, its refusal, and released entries."""

from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core.outbox import Recipient, enqueue_mail

from .models import Judge, Round


def mail_invitation_to_judge(judge: Judge, token: str, *, inviter: Account, now: datetime) -> None:
    """Send an invited person the link that answers; once for each act of inviting.

    Without a scope: who reads the competition's mails must not find the link there.
    """
    enqueue_mail(
        f"judge-invitation:{judge.id}:{now.timestamp():.6f}",
        "competition/judge_invited",
        to=judge_recipient(judge),
        context={"competition": judge.competition, "judge": judge, "token": token, "inviter": inviter},
        now=now,
    )


def mail_decline(judge: Judge, *, now: datetime) -> None:
    """Tell the competition's contact that an invited person declines, when there is one."""
    competition = judge.competition
    if not competition.contact_email:
        return
    enqueue_mail(
        f"judge-declined:{judge.id}:{judge.invited_at.timestamp():.6f}",
        "competition/judge_declined",
        to=Recipient(competition.contact_email, competition.contact_name, "en", competition.time_zone),
        context={"competition": competition, "judge": judge},
        now=now,
        scope=competition.scope,
    )


def mail_released_entries(
    judge: Judge, round_: Round, *, count: int, first: int, now: datetime, until: datetime | None = None
) -> None:
    """Tell a judge how many entries wait for them until when.

    Args:
        count: entries released now.
        first: the lowest id of the seats released now; it makes the mail of this release the only one.
        until: the close of these seats, that of the round if None.
    """
    enqueue_mail(
        f"judge-entries:{judge.id}:{round_.id}:{first}",
        "competition/judge_entries",
        to=judge_recipient(judge),
        context={
            "competition": round_.competition,
            "round": round_,
            "judge": judge,
            "count": count,
            "closes_at": until or round_.closes_at,
        },
        now=now,
        scope=round_.competition.scope,
    )


def judge_recipient(judge: Judge) -> Recipient:
    """Return a judge as a recipient: with the account's language and time zone, once there is one."""
    account = judge.account
    if account is None:
        return Recipient(judge.email, judge.name, "en", judge.competition.time_zone)
    return Recipient(judge.email, judge.name, account.language, account.time_zone)
