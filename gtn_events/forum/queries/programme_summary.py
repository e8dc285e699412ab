"""The programme in a few numbers and names, for a report."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from gtn_events.core.db import db
from gtn_events.core.economies import Economy

from ..enums import SessionKind
from ..models import Forum, ForumSession, SessionSpeaker, Speaker, Track


@dataclass(frozen=True)
class ProgrammeSummary:
    """Sessions without breaks; tracks with their sessions; speakers as (name, organisation and economy),
    and of how many economies they are."""

    sessions: int
    tracks: Sequence[tuple[str, int]]
    speakers: Sequence[tuple[str, str]]
    economies: int


def programme_summary(forum: Forum) -> ProgrammeSummary:
    """Return the summary, in three queries."""
    sessions = select(func.count()).where(
        ForumSession.forum_id == forum.id, ForumSession.kind != SessionKind.BREAK, ForumSession.slot.has()
    )
    tracks = (
        select(Track.name, func.count(ForumSession.id))
        .join(ForumSession, ForumSession.track_id == Track.id)
        .where(Track.forum_id == forum.id, ForumSession.kind != SessionKind.BREAK)
        .group_by(Track.id)
        .order_by(Track.id)
    )
    speaks = select(SessionSpeaker.speaker_id)
    speakers = (
        select(Speaker.name, Speaker.organisation, Economy.short_name)
        .outerjoin(Economy, Economy.code == Speaker.economy_code)
        .where(Speaker.forum_id == forum.id, Speaker.id.in_(speaks))
        .order_by(Speaker.sort_name, Speaker.id)
    )
    people = list(db.session.execute(speakers))
    return ProgrammeSummary(
        db.session.scalar(sessions) or 0,
        [(name, count) for name, count in db.session.execute(tracks)],
        [(name, ", ".join(each for each in of if each)) for name, *of in people],
        len({economy for _name, _organisation, economy in people if economy}),
    )
