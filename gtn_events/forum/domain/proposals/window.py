"""When a forum takes proposals of side events."""

from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.versions import require_as_seen

from ...enums import ForumState
from ...errors import ProposalRefused
from ...models import Forum, ProposalWindow
from ..locking import lock_forum


def window_of_proposals(forum: Forum) -> ProposalWindow | None:
    """Return when the forum takes proposals; None where it never did."""
    return db.session.get(ProposalWindow, forum.id)


def takes_proposals(forum: Forum, *, now: datetime) -> bool:
    """Say whether a proposal can be begun and sent at this moment."""
    window = window_of_proposals(forum)
    return forum.state is ForumState.PUBLISHED and window is not None and window.is_open(now)


def require_open(forum: Forum, *, now: datetime) -> None:
    """Raise ``ProposalRefused`` unless the forum takes proposals now."""
    if not takes_proposals(forum, now=now):
        raise ProposalRefused(f"{forum.title} takes no proposals now. What you typed is kept.")


def set_window(
    forum: Forum,
    *,
    opens_at: datetime,
    closes_at: datetime,
    takes: bool,
    words: str,
    seen: int | None = None,
    actor: Account,
    now: datetime,
) -> ProposalWindow:
    """Say when proposals are taken.

    Args:
        takes: False closes it, whatever the dates.
        words: what proposers read before they begin; Markdown.
        seen: the ``lock_version`` that the person's page shows, None when it does not matter.

    Raises:
        Stale: somebody else changed it since.
        ProposalRefused: it closes before it opens.

    Flushes; the caller commits.
    """
    if closes_at <= opens_at:
        raise ProposalRefused("Proposals close before they open.", field="closes_at")
    lock_forum(forum)
    window = db.session.get(ProposalWindow, forum.id, populate_existing=True)
    if window and (window.opens_at, window.closes_at, window.takes, window.words) == (
        opens_at,
        closes_at,
        takes,
        words,
    ):
        return window
    require_as_seen(window, seen)
    before = (window.opens_at.isoformat(), window.closes_at.isoformat(), window.takes) if window else None
    if window is None:
        window = ProposalWindow(forum_id=forum.id, lock_version=0)
        db.session.add(window)
    window.lock_version += 1
    window.opens_at, window.closes_at, window.takes, window.words = opens_at, closes_at, takes, words
    db.session.flush()
    changes = {"proposals": (before, (opens_at.isoformat(), closes_at.isoformat(), takes))}
    record("window of proposals set", forum, actor=actor, now=now, scope=forum.scope, changes=changes)
    return window
