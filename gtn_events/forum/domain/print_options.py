"""Remembering how a forum has its programme printed."""

from datetime import datetime
from typing import Any

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.versions import require_as_seen

from ..enums import Paper
from ..models import Forum, PrintOptions
from ..queries.print_options import PrintChoice
from .locking import lock_forum

_BOOKLET = ("theme", "paper", "parts", "languages", "notes_pages")


def keep_booklet_choice(
    forum: Forum, choice: PrintChoice, *, seen: int | None = None, actor: Account, now: datetime
) -> None:
    """Remember how the booklet is made; the papers of poster and signs stay as they are.

    Args:
        seen: the ``lock_version`` that the form shows, 0 where nothing was chosen yet; None when it does not matter.

    Raises:
        Stale: somebody else chose otherwise meanwhile.

    Flushes; the caller commits.
    """
    kept = _locked(forum)
    values = _stored(choice)
    if kept is not None and all(getattr(kept, name) == values[name] for name in _BOOKLET):
        return
    require_as_seen(kept, seen)
    if kept is None:
        kept = _first(forum)
    else:
        kept.lock_version += 1
    for name in _BOOKLET:
        setattr(kept, name, values[name])
    changes = {"booklet": (None, f"{choice.theme.value}, {choice.paper.value}")}
    _record(forum, changes, actor=actor, now=now)


def keep_poster_paper(forum: Forum, paper: Paper, *, actor: Account, now: datetime) -> None:
    """Remember the paper of the agenda on one sheet. Flushes; the caller commits."""
    _keep_paper(forum, "poster_paper", paper, actor=actor, now=now)


def keep_sign_paper(forum: Forum, paper: Paper, *, actor: Account, now: datetime) -> None:
    """Remember the paper of the door signs. Flushes; the caller commits."""
    _keep_paper(forum, "sign_paper", paper, actor=actor, now=now)


def _keep_paper(forum: Forum, name: str, paper: Paper, *, actor: Account, now: datetime) -> None:
    """Change this paper alone: what others chose for the rest stays, whenever they did."""
    kept = _locked(forum) or _first(forum)
    before = getattr(kept, name)
    if before is paper:
        return
    setattr(kept, name, paper)
    _record(forum, {name: (before.value, paper.value)}, actor=actor, now=now)


def _locked(forum: Forum) -> PrintOptions | None:
    lock_forum(forum)
    return db.session.get(PrintOptions, forum.id, populate_existing=True)


def _first(forum: Forum) -> PrintOptions:
    """Return a new row with what everybody gets; nobody saw it yet."""
    kept = PrintOptions(forum_id=forum.id, lock_version=1, **_stored(PrintChoice()))
    db.session.add(kept)
    return kept


def _stored(choice: PrintChoice) -> dict[str, Any]:  # Any: a value of any column
    return {
        "theme": choice.theme,
        "paper": choice.paper,
        "parts": [part.value for part in choice.parts],
        "languages": list(choice.languages),
        "notes_pages": choice.notes_pages,
        "poster_paper": choice.poster_paper,
        "sign_paper": choice.sign_paper,
    }


def _record(forum: Forum, changes: dict[str, Any], *, actor: Account, now: datetime) -> None:  # Any: before and after
    db.session.flush()
    record("print options changed", forum, actor=actor, now=now, scope=forum.scope, changes=changes)
