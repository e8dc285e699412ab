"""What is said of a session in other languages."""

import re
from collections.abc import Mapping
from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..errors import ProgrammeRefused
from ..models import Forum, ForumSession, SessionText
from .locking import lock_forum
from .programme import mark_programme_changed

# The tags of BCP 47 that texts are marked with: a language, perhaps its script, perhaps a region.
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?\Z")


def write_session_text(
    forum: Forum,
    session: ForumSession,
    language: str,
    *,
    title: str,
    abstract: str,
    actor: Account | None,
    now: datetime,
) -> SessionText:
    """Say in one more language what a session is about, or say it in other words.

    Args:
        language: a tag such as ``vi`` or ``zh-Hant``.

    Raises:
        ProgrammeRefused: that is no tag, or the language the session was written in.

    Flushes; the caller commits.
    """
    if not LANGUAGE_TAG.match(language) or language == session.language:
        raise ProgrammeRefused("Write the tag of another language, such as vi or zh-Hant.", field="language")
    lock_forum(forum)
    text = db.session.get(SessionText, (session.id, language), populate_existing=True)
    if text is None:
        text = SessionText(session_id=session.id, language=language)
        db.session.add(text)
    text.title, text.abstract = title, abstract
    db.session.flush()
    _changed(forum, session, {"text": (None, f"{language}: {title}")}, actor=actor, now=now)
    return text


def remove_session_text(forum: Forum, text: SessionText, *, actor: Account, now: datetime) -> None:
    """Forget what is said of a session in one language."""
    session, changes = text.session, {"text": (f"{text.language}: {text.title}", None)}
    db.session.delete(text)
    db.session.flush()
    _changed(forum, session, changes, actor=actor, now=now)


def _changed(
    forum: Forum,
    session: ForumSession,
    changes: Mapping[str, tuple[str | None, str | None]],
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    record("session's texts changed", session, actor=actor, now=now, scope=forum.scope, changes=changes)
    mark_programme_changed(forum, now=now)
