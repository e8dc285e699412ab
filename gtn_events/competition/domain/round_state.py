"""Opening a round for scores, extending it and closing it; each is decided under the round's lock and journalled."""

from datetime import datetime

from sqlalchemy import func, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..enums import AssignmentState, RoundState
from ..errors import RoundRefused
from ..models import Assignment, Entry, Round
from ..queries.judging import LIVE_ENTRIES
from .chain import lock_round


def open_round(round_: Round, *, actor: Account, now: datetime) -> None:
    """Let the judges of released seats score; from now on the method of the ranking stays as it is.

    Raises:
        RoundRefused: the round is not planned, it has no criteria or no released seat, or its close has passed.

    Flushes; the caller commits.
    """
    lock_round(round_)
    if round_.state is not RoundState.PLANNED:
        raise RoundRefused(f"{round_.title} has been opened already.")
    if round_.rubric is None or not round_.rubric.criteria:
        raise RoundRefused(f"{round_.title} has no criteria yet.")
    if now >= round_.closes_at:
        raise RoundRefused(f"The close of {round_.title} has passed. Set a later one first.")
    if not _released_seats(round_):
        raise RoundRefused(f"No seat of {round_.title} is released: nobody could score.")
    round_.opens_at = min(round_.opens_at, now)
    round_.method_frozen_at = round_.method_frozen_at or now
    _move(round_, RoundState.OPEN, "round opened", actor=actor, now=now)


def close_round(round_: Round, *, actor: Account, now: datetime) -> None:
    """Take no more scores; what is a draft stays a draft. The head of the chain goes into the journal.

    Raises:
        RoundRefused: the round is not open.

    Flushes; the caller commits.
    """
    lock_round(round_)
    if round_.state is not RoundState.OPEN:
        raise RoundRefused(f"{round_.title} is not open.")
    round_.scored_at = now
    _move(round_, RoundState.SCORED, "round closed", actor=actor, now=now)


def extend_close(round_: Round, closes_at: datetime, *, actor: Account, now: datetime) -> None:
    """Give the judges more time, for all of them alike.

    Raises:
        RoundRefused: the round is not open, or the new close is not later than both now and the present close.

    Flushes; the caller commits.
    """
    lock_round(round_)
    if round_.state is not RoundState.OPEN:
        raise RoundRefused(f"{round_.title} is not open.")
    if closes_at <= max(now, round_.closes_at):
        raise RoundRefused("Choose a moment after the present close and after now.", field="closes_at")
    changes = {"closes_at": (round_.closes_at.isoformat(), closes_at.isoformat())}
    round_.closes_at = closes_at
    record("round extended", round_, actor=actor, now=now, scope=round_.scope, changes=changes)
    db.session.flush()


def _released_seats(round_: Round) -> int:
    statement = (
        select(func.count())
        .select_from(Assignment)
        .join(Entry, Entry.id == Assignment.entry_id)
        .where(
            Assignment.round_id == round_.id,
            Assignment.state == AssignmentState.RELEASED,
            Entry.state.in_(LIVE_ENTRIES),
        )
    )
    return db.session.scalar(statement) or 0


def _move(round_: Round, state: RoundState, action: str, *, actor: Account, now: datetime) -> None:
    changes = {
        "state": (round_.state.value, state.value),
        "chain": (None, f"{round_.chain_length} versions, {round_.chain_head or 'none'}"),
    }
    round_.state = state
    record(action, round_, actor=actor, now=now, scope=round_.scope, changes=changes)
    db.session.flush()
