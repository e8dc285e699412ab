"""Opening a round for scores, extending, closing and reopening it; each is decided under its lock and journalled."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import func, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..enums import AssignmentState, RoundState
from ..errors import ReasonMissing, RoundRefused
from ..models import Assignment, Entry, Round
from ..queries.judging import LIVE_ENTRIES
from .chain import lock_round
from .roots import record_scoring_root


def open_round(round_: Round, *, actor: Account, now: datetime) -> None:
    """Let the judges of released seats score; from now on the method of the ranking stays as it is.

    Raises:
        RoundRefused: the round is not planned, it has no criteria or no released seat, or its close has passed.

    Flushes; the caller commits.
    """
    lock_round(round_)
    if round_.state is not RoundState.PLANNED:
        raise RoundRefused(_("%(round)s has been opened already.", round=round_.title))
    if round_.rubric is None or not round_.rubric.criteria:
        raise RoundRefused(_("%(round)s has no criteria yet.", round=round_.title))
    if now >= round_.closes_at:
        raise RoundRefused(_("The close of %(round)s has passed. Set a later one first.", round=round_.title))
    if not _released_seats(round_):
        raise RoundRefused(_("No seat of %(round)s is released: nobody could score.", round=round_.title))
    round_.opens_at = min(round_.opens_at, now)
    round_.method_frozen_at = round_.method_frozen_at or now
    _move(round_, RoundState.OPEN, "round opened", actor=actor, now=now)


def close_round(round_: Round, *, actor: Account, now: datetime) -> None:
    """Take no more scores; what is a draft stays a draft. The head of the chain is written down as a root.

    Raises:
        RoundRefused: the round is not open.

    Flushes; the caller commits.
    """
    lock_round(round_)
    if round_.state is not RoundState.OPEN:
        raise RoundRefused(_("%(round)s is not open.", round=round_.title))
    round_.scored_at = now
    record_scoring_root(round_, now=now)
    _move(round_, RoundState.SCORED, "round closed", actor=actor, now=now)


def extend_close(round_: Round, closes_at: datetime, *, actor: Account, now: datetime) -> None:
    """Give the judges more time, for all of them alike.

    Raises:
        RoundRefused: the round is not open, or the new close is not later than both now and the present close.

    Flushes; the caller commits.
    """
    lock_round(round_)
    if round_.state is not RoundState.OPEN:
        raise RoundRefused(_("%(round)s is not open.", round=round_.title))
    if closes_at <= max(now, round_.closes_at):
        raise RoundRefused(_("Choose a moment after the present close and after now."), field="closes_at")
    changes = {"closes_at": (round_.closes_at.isoformat(), closes_at.isoformat())}
    round_.closes_at = closes_at
    record("round extended", round_, actor=actor, now=now, scope=round_.scope, changes=changes)
    db.session.flush()


def reopen_round(round_: Round, closes_at: datetime, *, reason: str, actor: Account, now: datetime) -> None:
    """Let a closed round take scores again, so that more scorecards can decide what is open at the cut.

    Everything submitted stays in the chain, whose head at each close is written down. The ranking has to be computed
    again.

    Raises:
        ReasonMissing: no reason is given.
        RoundRefused: the round is not closed or is decided, results are published, or the close is not after now.

    Flushes; the caller commits.
    """
    if not reason.strip():
        raise ReasonMissing(_("Say why the round takes scores again."), field="reason")
    lock_round(round_)
    if round_.state is not RoundState.SCORED or round_.competition.results_published_at is not None:
        raise RoundRefused(_("%(round)s cannot be opened again.", round=round_.title))
    if closes_at <= now:
        raise RoundRefused(_("Choose a moment after now."), field="days")
    changes = {
        "state": (round_.state.value, RoundState.OPEN.value),
        "closes_at": (round_.closes_at.isoformat(), closes_at.isoformat()),
    }
    round_.state, round_.closes_at, round_.scored_at = RoundState.OPEN, closes_at, None
    scope = round_.scope
    record("round opened again", round_, actor=actor, now=now, scope=scope, changes=changes, reason=reason.strip())
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
