"""The arithmetic of kept places: what a category has is the sum of its allotments and its common places, always."""

from collections.abc import Mapping
from datetime import datetime

from flask_babel import ngettext
from sqlalchemy import func, literal, select, update
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db
from gtn_events.core.seats import SeatPool, write_counts

from ..enums import SEATED_STATES
from ..errors import AllotmentRefused
from ..models import Allotment, ForumCategory, Registration
from ..queries.allotments import HOLDER

_SEATED = Registration.state.in_(SEATED_STATES)


def arrange(category: ForumCategory, wanted: Mapping[str, int], *, now: datetime, field: str | None = None) -> None:
    """Give each named holder this many places of the category; the common places take up the difference.

    Seated people of every holder move into the places kept for them as far as they fit, and
    out of those that are not kept any more: nobody loses a seat. A category without allotments
    gets its common pool here. The forum is locked.

    Args:
        wanted: holder to places; whoever is not named keeps theirs.
        field: where a refusal is shown.

    Raises:
        AllotmentRefused: more would be kept than the category has, or more common seats are taken
            than would be left.
    """
    kept = allotments_by_holder(category)
    seated = _seated_by_holder(category)
    places = {holder: each.pool.capacity for holder, each in kept.items()} | dict(wanted)
    filled = {holder: min(sum(seated.get(holder, (0, 0))), number) for holder, number in places.items()}
    db.session.refresh(category.pool)
    common_capacity = category.pool.capacity - sum(places.values())
    common_taken = sum(map(sum, seated.values())) - sum(filled.values())
    _refuse_too_many(category, common_capacity, common_taken, field=field)
    for holder in places.keys() - kept.keys():
        kept[holder] = _new_allotment(category, holder, now=now)
    _write_common(category, capacity=common_capacity, taken=common_taken, now=now)
    for holder, allotment in kept.items():
        write_counts(allotment.pool, capacity=places[holder], taken=filled[holder])
        own, _common = seated.get(holder, (0, 0))
        _move_people(allotment, into=filled[holder] - own)
    _forget_where_people_sit()


def allotments_by_holder(category: ForumCategory) -> dict[str, Allotment]:
    """Return the allotments of a category as they stand now."""
    statement = select(Allotment).where(Allotment.category_id == category.id).options(joinedload(Allotment.pool))
    found = db.session.scalars(statement, execution_options={"populate_existing": True})
    return {each.holder: each for each in found}


def remove_allotments(category: ForumCategory, allotments: list[Allotment]) -> None:
    """Delete allotments whose places are all common by now, and with the last one the common pool."""
    pools = [each.pool for each in allotments]
    for each in allotments:
        db.session.delete(each)
    db.session.flush()
    if category.common_pool is not None and not allotments_by_holder(category):
        pools.append(category.common_pool)
        category.common_pool = None
    db.session.flush()
    for pool in pools:
        db.session.delete(pool)
    db.session.flush()


def _seated_by_holder(category: ForumCategory) -> dict[str, tuple[int, int]]:
    """Return how many seated people each holder has: in places of its own, in common ones."""
    own = func.count(Registration.allotment_id)
    statement = (
        select(HOLDER, own, func.count(Registration.id) - own)
        .where(Registration.category_id == category.id, _SEATED)
        .group_by(HOLDER)
    )
    return {str(holder): (kept, common) for holder, kept, common in db.session.execute(statement)}


def _refuse_too_many(category: ForumCategory, capacity: int, taken: int, *, field: str | None) -> None:
    if capacity < 0:
        message = ngettext(
            "%(category)s has %(places)d places; that is %(num)d place fewer than would be kept.",
            "%(category)s has %(places)d places; that is %(num)d places fewer than would be kept.",
            -capacity,
            category=category.label,
            places=category.pool.capacity,
        )
        raise AllotmentRefused(message, field=field)
    if taken > capacity:
        message = ngettext(
            "%(num)d common place of %(category)s is taken, and only %(left)d would be left.",
            "%(num)d common places of %(category)s are taken, and only %(left)d would be left.",
            taken,
            category=category.label,
            left=capacity,
        )
        raise AllotmentRefused(message, field=field)


def _new_allotment(category: ForumCategory, holder: str, *, now: datetime) -> Allotment:
    pool = SeatPool(label=f"{category.label}: {holder}", capacity=0, taken=0, created_at=now)
    allotment = Allotment(forum_id=category.forum_id, category_id=category.id, holder=holder, pool=pool, created_at=now)
    db.session.add(allotment)
    db.session.flush()
    return allotment


def _write_common(category: ForumCategory, *, capacity: int, taken: int, now: datetime) -> None:
    if category.common_pool is not None:
        write_counts(category.common_pool, capacity=capacity, taken=taken)
        return
    category.common_pool = SeatPool(
        label=f"{category.label}, common places", capacity=capacity, taken=taken, created_at=now
    )
    db.session.flush()


def _move_people(allotment: Allotment, *, into: int) -> None:
    """Seat so many people of the holder in its own places: who came first; or, below 0, the last of them outside."""
    if into == 0:
        return
    outside = Registration.allotment_id.is_(None)
    first = (
        select(Registration.id)
        .where(
            Registration.category_id == allotment.category_id,
            _SEATED,
            literal(allotment.holder) == HOLDER,
            outside if into > 0 else ~outside,
        )
        .order_by(Registration.id if into > 0 else Registration.id.desc())
        .limit(abs(into))
    )
    ids = db.session.scalars(first).all()
    move = update(Registration).where(Registration.id.in_(ids)).values(allotment_id=allotment.id if into > 0 else None)
    # The version stays: where a seat is from is nothing that a form of the person shows.
    db.session.execute(move, execution_options={"synchronize_session": False})


def _forget_where_people_sit() -> None:
    for each in db.session:
        if isinstance(each, Registration):
            db.session.expire(each, ["allotment_id", "allotment"])
