"""What is said of sessions in other languages than those they were written in."""

from sqlalchemy import Select, select

from gtn_events.core.db import db

from ..models import Forum, ForumSession, SessionText

# ``title`` and ``abstract`` (Markdown) by language tag.
OtherTexts = dict[str, dict[str, str]]


def texts_in_other_languages(forum: Forum) -> dict[int, OtherTexts]:
    """Return the working texts by session id."""
    found: dict[int, OtherTexts] = {}
    for row in db.session.scalars(_texts_of(forum).order_by(SessionText.session_id, SessionText.language)):
        found.setdefault(row.session_id, {})[row.language] = {"title": row.title, "abstract": row.abstract}
    return found


def other_texts_of(session_id: int) -> OtherTexts:
    """Return the working texts of one session in other languages."""
    statement = select(SessionText).where(SessionText.session_id == session_id).order_by(SessionText.language)
    return {row.language: {"title": row.title, "abstract": row.abstract} for row in db.session.scalars(statement)}


def languages_of_texts(forum: Forum) -> list[str]:
    """Return the tags of the other languages in which a session of the forum has a text."""
    statement = select(SessionText.language).join(SessionText.session).where(ForumSession.forum_id == forum.id)
    return list(db.session.scalars(statement.distinct().order_by(SessionText.language)))


def texts_of_session(session: ForumSession) -> list[SessionText]:
    """Return the texts of one session, by language."""
    statement = select(SessionText).where(SessionText.session_id == session.id)
    return list(db.session.scalars(statement.order_by(SessionText.language)))


def _texts_of(forum: Forum) -> Select[SessionText]:
    return select(SessionText).join(SessionText.session).where(ForumSession.forum_id == forum.id)
