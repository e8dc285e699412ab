"""What an organiser said of sessions that nobody but organisers reads."""

from dataclasses import dataclass

from sqlalchemy import select

from gtn_events.core.db import db

from ..models import Forum, ForumSession


@dataclass(frozen=True)
class Told:
    """How many people are to come to a session, and how long it is to last once it has a time."""

    expected: int | None
    wished_minutes: int | None


def told_of_sessions(forum: Forum) -> dict[int, Told]:
    """Return what was said of each session, by its id."""
    statement = select(ForumSession.id, ForumSession.expected, ForumSession.wished_minutes)
    found = db.session.execute(statement.where(ForumSession.forum_id == forum.id))
    return {row.id: Told(row.expected, row.wished_minutes) for row in found}


def told_minutes(forum: Forum) -> dict[int, int]:
    """Return how long sessions are to be, for those of which somebody said it, by their ids."""
    told = select(ForumSession.id, ForumSession.wished_minutes)
    said = told.where(ForumSession.forum_id == forum.id, ForumSession.wished_minutes.is_not(None))
    return {number: minutes for number, minutes in db.session.execute(said) if minutes is not None}
