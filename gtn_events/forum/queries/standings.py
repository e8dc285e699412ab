"""The places of one holder in each category of a forum: kept, common, used, waited for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db

from ..enums import RegistrationState as State
from ..models import Allotment, Forum, ForumCategory, Registration
from .allotments import people_asked_of_economy, people_counted


@dataclass(frozen=True)
class Standing:
    """How a holder stands in one category; ``allotment`` is None where nothing is kept for it.

    Of those who are pending, ``asked`` wait for their economy's answer, the others for the host.
    """

    category: ForumCategory
    allotment: Allotment | None
    counts: Mapping[State, int]
    asked: int = 0

    @property
    def with_host(self) -> int:
        """How many of its people wait for the host's decision."""
        return self.counts.get(State.PENDING, 0) - self.asked

    @property
    def seated(self) -> int:
        """How many of its people hold a seat, whoever's place it is."""
        return self.counts.get(State.CONFIRMED, 0) + self.counts.get(State.OFFERED, 0)

    @property
    def capacity(self) -> int | None:
        """How many places are kept for it, None where none are."""
        return self.allotment.pool.capacity if self.allotment else None

    @property
    def kept_free(self) -> int:
        """Places kept for it that nobody holds."""
        return self.allotment.pool.free if self.allotment else 0

    @property
    def can_give(self) -> bool:
        """True while unused places are kept for it: they can be exchanged or given back."""
        return self.allotment is not None and self.allotment.released_at is None and self.kept_free > 0

    @property
    def common_free(self) -> int:
        """Free places that anybody of the category may take."""
        return (self.category.common_pool or self.category.pool).free

    @property
    def free(self) -> int:
        """How many more of its people would have a place, as things stand now."""
        room = min(pool.free for pool in self.category.pools)
        return min(room, self.kept_free + self.common_free)

    @property
    def from_common(self) -> int:
        """How many of its people sit on common places."""
        return self.seated - (self.allotment.pool.taken if self.allotment else 0)

    @property
    def returns_at(self) -> datetime | None:
        """When what it does not use goes back; None when that is over, or never comes."""
        if self.allotment is None or self.allotment.released_at is not None:
            return None
        return self.allotment.releases_at


def standings(forum: Forum, holder: str) -> list[Standing]:
    """Return how a holder stands in each category, in the forum's order; three queries whatever the number.

    Args:
        holder: the code of an economy, or the word of a delegation class.
    """
    counts, asked = people_counted(forum, holder), people_asked_of_economy(forum, holder)
    rows = db.session.execute(
        select(ForumCategory, Allotment)
        .outerjoin(Allotment, and_(Allotment.category_id == ForumCategory.id, Allotment.holder == holder))
        .where(ForumCategory.forum_id == forum.id)
        .order_by(ForumCategory.position, ForumCategory.id)
        .options(joinedload(ForumCategory.pool), joinedload(ForumCategory.common_pool), joinedload(Allotment.pool))
    )
    return [
        Standing(category, allotment, counts.get((category.id, holder), {}), asked.get(category.id, 0))
        for category, allotment in rows
    ]


def next_return(found: list[Standing]) -> datetime | None:
    """Return when the first unused places go back, None when none will."""
    return min((each.returns_at for each in found if each.returns_at), default=None)


def offered_if_given_back(category: ForumCategory, places: int, *, now: datetime) -> int:
    """Return how many people would be offered a place if so many kept ones became common now."""
    forum = category.forum
    if forum.is_over(now):
        return 0
    waiting = select(func.count()).where(
        Registration.category_id == category.id, Registration.state == State.WAITLISTED
    )
    room = [places, db.session.scalar(waiting) or 0]
    return min([*room, forum.pool.free] if forum.pool else room)
