"""The sponsors of a forum, in the order in which they are shown."""

from itertools import groupby

from sqlalchemy import Select, select

from gtn_events.core.db import db

from ..enums import SponsorLevel
from ..models import Forum, Sponsor

_RANK = {level: number for number, level in enumerate(SponsorLevel)}


def sponsors_of(forum: Forum) -> list[Sponsor]:
    """Return all sponsors, by level, and within it in their order."""
    rows = db.session.scalars(select(Sponsor).where(Sponsor.forum_id == forum.id))
    return sorted(rows, key=lambda each: (_RANK[each.level], each.position, each.id))


def sponsors_by_level(forum: Forum) -> list[tuple[SponsorLevel, list[Sponsor]]]:
    """Return the levels that somebody has, each with its sponsors."""
    return [(level, list(group)) for level, group in groupby(sponsors_of(forum), key=lambda each: each.level)]


def sponsor_of(forum: Forum, sponsor_id: int) -> Select[Sponsor]:
    """Select one sponsor of a forum."""
    return select(Sponsor).where(Sponsor.forum_id == forum.id, Sponsor.id == sponsor_id)
