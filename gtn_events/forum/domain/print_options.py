"""Remembering how a forum has its programme printed."""

from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..models import Forum, PrintOptions
from ..queries.print_options import PrintChoice
from .locking import lock_forum


def keep_print_choice(forum: Forum, choice: PrintChoice, *, actor: Account, now: datetime) -> None:
    """Remember a choice for the next time. Flushes; the caller commits."""
    lock_forum(forum)
    kept = db.session.get(PrintOptions, forum.id)
    values = {
        "theme": choice.theme,
        "paper": choice.paper,
        "parts": [part.value for part in choice.parts],
        "languages": list(choice.languages),
        "notes_pages": choice.notes_pages,
        "poster_paper": choice.poster_paper,
        "sign_paper": choice.sign_paper,
    }
    if kept is not None and all(getattr(kept, name) == value for name, value in values.items()):
        return
    if kept is None:
        kept = PrintOptions(forum_id=forum.id)
        db.session.add(kept)
    for name, value in values.items():
        setattr(kept, name, value)
    db.session.flush()
    changes = {"booklet": (None, f"{choice.theme.value}, {choice.paper.value}")}
    record("print options changed", forum, actor=actor, now=now, scope=forum.scope, changes=changes)
