"""Reminding the judges who are behind, each once a day at most."""

from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..enums import JudgeState, RoundState
from ..errors import RoundRefused
from ..models import Round
from ..notifications_judging import remind_judge
from ..queries.progress import JudgeProgress, progress_by_judge
from .pace import is_behind


def judges_behind(round_: Round, progress: list[JudgeProgress], *, now: datetime) -> list[JudgeProgress]:
    """Return the judges who have done less than their share of the time that is over."""
    return [
        each
        for each in progress
        if each.judge.state is JudgeState.ACCEPTED
        and is_behind(
            each.counts.submitted,
            each.counts.total,
            opens_at=round_.opens_at,
            closes_at=round_.closes_at,
            now=now,
        )
    ]


def remind_behind(round_: Round, *, actor: Account, now: datetime) -> int:
    """Put a reminder for every judge who is behind into the outbox and return how many were not reminded today yet.

    Raises:
        RoundRefused: the round takes no scores now.

    Flushes; the caller commits.
    """
    if round_.state is not RoundState.OPEN or now >= round_.closes_at:
        raise RoundRefused(f"{round_.title} takes no scores now, so nobody is reminded.")
    behind = judges_behind(round_, progress_by_judge(round_), now=now)
    count = sum(remind_judge(each.judge, round_, left=each.counts.left, now=now) for each in behind)
    if count:
        record("judges reminded", round_, actor=actor, now=now, scope=round_.scope, changes={"mails": (None, count)})
    db.session.flush()
    return count
