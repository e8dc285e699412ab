"""Leaving a scorecard out of the ranking: one person asks with a reason, another one agrees."""

from datetime import datetime

from flask_babel import gettext as _

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..errors import ReasonMissing, ResultRefused
from ..models import Scorecard
from ..queries.ranking import OVER
from .chain import lock_round
from .corrections import require_changeable


def propose_exclusion(card: Scorecard, *, reason: str, actor: Account, now: datetime) -> None:
    """Ask that a scorecard shall not count; it counts until another person has agreed.

    Raises:
        ReasonMissing: no reason is given.
        ResultRefused: the round takes scores, results are published and no upheld appeal is open, the scorecard
            does not count anyway, or it was asked before.

    Flushes; the caller commits.
    """
    if not reason.strip():
        raise ReasonMissing(_("Say why this scorecard shall not count."), field="reason")
    _lock(card)
    if card.superseded or card.excluded_at is not None or card.excluded_by_id is not None:
        raise ResultRefused(_("This scorecard does not count any more, or its exclusion was asked for already."))
    card.excluded_by_id, card.exclusion_reason = actor.id, reason.strip()
    _record("exclusion asked for", card, actor=actor, now=now)


def confirm_exclusion(card: Scorecard, *, actor: Account, now: datetime) -> None:
    """Agree that a scorecard does not count; it keeps its place in the chain. The ranking has to be computed again.

    Raises:
        ResultRefused: nobody asked for it, the same person asked, it is done, the round takes scores, or results
            are published and no upheld appeal is open.

    Flushes; the caller commits.
    """
    _lock(card)
    if card.excluded_by_id is None or card.excluded_at is not None:
        raise ResultRefused(_("Nothing waits for a second person here."))
    if card.excluded_by_id == actor.id:
        raise ResultRefused(_("Another person than the one who asked has to agree."))
    card.excluded_at, card.exclusion_confirmed_by_id = now, actor.id
    _record("scorecard excluded", card, actor=actor, now=now)


def withdraw_exclusion(card: Scorecard, *, actor: Account, now: datetime) -> None:
    """Let a scorecard count again, whether its exclusion was only asked for or done.

    Raises:
        ResultRefused: nothing was asked for, the round takes scores, or results are published.

    Flushes; the caller commits.
    """
    _lock(card)
    if card.excluded_by_id is None:
        raise ResultRefused(_("This scorecard counts."))
    _record("exclusion withdrawn", card, actor=actor, now=now)
    card.excluded_at, card.excluded_by_id, card.exclusion_confirmed_by_id = None, None, None
    card.exclusion_reason = ""
    db.session.flush()


def _lock(card: Scorecard) -> None:
    lock_round(card.round)
    db.session.refresh(card)
    if card.round.state not in OVER:
        raise ResultRefused(_("%(round)s still takes scores. Close it first.", round=card.round.title))
    require_changeable(card.round.competition, card.round)


def _record(action: str, card: Scorecard, *, actor: Account, now: datetime) -> None:
    scope, changes = card.round.scope, {"position": (None, card.position)}
    record(action, card, actor=actor, now=now, scope=scope, changes=changes, reason=card.exclusion_reason)
    db.session.flush()
