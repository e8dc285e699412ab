"""The working programme as people see it while nothing was released: without what calls for sessions brought."""

from sqlalchemy import Select, func, select

from gtn_events.core.db import db

from ..models import Forum, ProposedSpeaker, SessionCall, SessionProposal
from .programme import Programme, load_programme, put_together


def load_before_release(forum: Forum) -> Programme:
    """Read the programme of a forum without the accepted sessions and those who appear in nothing else.

    Whoever was accepted is told by mail; everybody else reads it in the first version.
    """
    whole, accepted = load_programme(forum), set(db.session.scalars(_accepted(forum)))
    if not accepted:
        return whole
    sessions = tuple(each for each in whole.sessions if each.id not in accepted)
    named = set(db.session.scalars(_named(forum))) | whole.by_speaker.keys()
    shown = {part.speaker.id for each in sessions for part in each.parts}
    speakers = [each for each in whole.speakers if each.id in shown or each.id not in named]
    return put_together(sessions, whole.rooms, whole.tracks, speakers)


def accepted_sessions(forum: Forum) -> int:
    """Return how many sessions of the working programme came from calls."""
    return db.session.scalar(select(func.count()).select_from(_accepted(forum).subquery())) or 0


def _accepted(forum: Forum) -> Select[int | None]:
    theirs = (SessionCall.forum_id == forum.id, SessionProposal.session_id.is_not(None))
    return select(SessionProposal.session_id).join(SessionProposal.call).where(*theirs)


def _named(forum: Forum) -> Select[int | None]:
    """Select who is in the programme since a call named them; they stay when the session is gone or they decline."""
    theirs = (SessionCall.forum_id == forum.id, ProposedSpeaker.speaker_id.is_not(None))
    return select(ProposedSpeaker.speaker_id).join(ProposedSpeaker.proposal).join(SessionProposal.call).where(*theirs)
