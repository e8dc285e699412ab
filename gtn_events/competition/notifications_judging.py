"""Mails about judging: a seat that was given up, and a reminder. None of them names an entry to a judge."""

from datetime import datetime

from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, RoleGrant
from gtn_events.core.db import db
from gtn_events.core.outbox import Recipient, enqueue_mail

from .models import Assignment, Competition, Judge, Round


def tell_organiser_of_recusal(assignment: Assignment, *, detail: str, now: datetime) -> None:
    """Put one mail about a seat that a judge gave up into the outbox, to the competition's contact."""
    round_ = assignment.round
    competition = round_.competition
    for recipient in _organisers(competition):
        enqueue_mail(
            f"recusal:{assignment.id}:{recipient.address}",
            "competition/judge_recused",
            to=recipient,
            context={
                "competition": competition,
                "round": round_,
                "judge": assignment.judge,
                "entry": assignment.entry,
                "detail": detail,
            },
            now=now,
            scope=competition.scope,
        )


def remind_judge(judge: Judge, round_: Round, *, left: int, now: datetime) -> bool:
    """Put a reminder into the outbox, once a day at most; False when today's was written already.

    Args:
        left: how many scorecards wait for the judge.
    """
    account = judge.account
    mail = enqueue_mail(
        f"judge-reminder:{judge.id}:{round_.id}:{now.date().isoformat()}",
        "competition/judge_reminder",
        to=Recipient(
            judge.email,
            judge.name,
            account.language if account else "en",
            account.time_zone if account else round_.competition.time_zone,
        ),
        context={"competition": round_.competition, "round": round_, "judge": judge, "left": left},
        now=now,
        scope=round_.competition.scope,
    )
    return mail is not None


def _organisers(competition: Competition) -> list[Recipient]:
    """Return the contact of the competition or, when none is named, everybody who organises it."""
    if competition.contact_email:
        return [Recipient(competition.contact_email, competition.contact_name, "en", competition.time_zone)]
    statement = (
        select(Account)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(
            RoleGrant.role == Role.ORGANISER,
            RoleGrant.scope_kind == competition.scope.kind,
            RoleGrant.scope_id == competition.scope.id,
            RoleGrant.ended_at.is_(None),
        )
        .distinct()
    )
    return [
        Recipient(each.email, each.display_name, each.language, each.time_zone)
        for each in db.session.scalars(statement)
    ]
