"""Adds, changes, orders and takes away a forum's categories."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.seats import SeatPool, set_capacity
from gtn_events.core.versions import require_as_seen

from ..enums import Approval, ForumState
from ..errors import CategoryRefused
from ..models import Forum, ForumCategory, Registration
from .kept_places import allotments_by_holder, arrange, remove_allotments
from .locking import lock_forum
from .slugs import free_slug, slug_of
from .waiting_list import offer_freed_seats


@dataclass(frozen=True, kw_only=True)
class CategoryDetails:
    """Everything an organiser says about a category."""

    label: str
    description: str
    capacity: int
    approval: Approval
    open_to_public: bool


def add_category(forum: Forum, details: CategoryDetails, *, actor: Account, now: datetime) -> ForumCategory:
    """Give the forum one more category, with a seat pool of its own, at the end.

    Raises:
        CategoryRefused: another category has this name.
    """
    _check_label(forum, details.label, category=None)
    category = ForumCategory(
        key=_key_of(forum, details.label),
        label=details.label,
        description=details.description,
        position=max((each.position for each in forum.categories), default=0) + 1,
        approval=details.approval,
        open_to_public=details.open_to_public,
        pool=SeatPool(label=details.label, capacity=details.capacity, taken=0, created_at=now),
    )
    forum.categories.append(category)
    db.session.flush()
    changes = {"label": (None, details.label), "places": (None, details.capacity)}
    record("category added", category, actor=actor, now=now, scope=forum.scope, changes=changes)
    return category


def edit_category(
    category: ForumCategory, details: CategoryDetails, *, seen: int | None = None, actor: Account, now: datetime
) -> list[Registration]:
    """Change a category and its capacity, and return whom new places were offered to.

    What is kept for holders stays; the common places grow or shrink.

    Args:
        seen: the ``lock_version`` that the person's page shows, None when it does not matter.

    Raises:
        Stale: somebody else changed it since.
        CategoryRefused: another category has this name.
        CapacityTooSmall: more people than that hold a seat of it.
        AllotmentRefused: so many places are kept, or common ones taken.
    """
    lock_forum(category.forum)
    db.session.refresh(category)
    require_as_seen(category, seen)
    _check_label(category.forum, details.label, category=category)
    given = {
        "label": details.label,
        "description": details.description,
        "approval": details.approval,
        "open_to_public": details.open_to_public,
    }
    changes = {name: (getattr(category, name), value) for name, value in given.items()}
    if category.pool.capacity != details.capacity:
        changes["capacity"] = (category.pool.capacity, details.capacity)
        set_capacity(category.pool, details.capacity)
        if category.is_allotted:
            arrange(category, {}, now=now, field="capacity")
    for name, value in given.items():
        setattr(category, name, value)
    category.pool.label = details.label
    changed = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    if changed:
        category.lock_version += 1
        record("category changed", category, actor=actor, now=now, scope=category.forum.scope, changes=changed)
    db.session.flush()
    return offer_freed_seats(category.forum, now=now)


def move_category(category: ForumCategory, *, up: bool) -> None:
    """Exchange a category with its neighbour; at the end of the list nothing happens."""
    order = sorted(category.forum.categories, key=lambda each: (each.position, each.id))
    place = order.index(category)
    neighbour = place - 1 if up else place + 1
    if 0 <= neighbour < len(order):
        order[place], order[neighbour] = order[neighbour], order[place]
    for position, each in enumerate(order, start=1):
        each.position = position
    db.session.flush()


def delete_category(category: ForumCategory, *, actor: Account, now: datetime) -> None:
    """Take away a category that nobody ever registered for.

    Raises:
        CategoryRefused: somebody did, or it is the last one people can choose at a published forum.
    """
    forum = category.forum
    if db.session.scalar(select(exists().where(Registration.category_id == category.id))):
        raise CategoryRefused(
            f"People have registered as {category.label}, so it stays. Close it to the public instead."
        )
    left = [each for each in forum.categories if each is not category and each.open_to_public]
    if forum.state is not ForumState.DRAFT and not left:
        raise CategoryRefused(f"{category.label} is the only category that people can choose, so it stays.")
    changes = {"label": (category.label, None)}
    record("category taken away", category, actor=actor, now=now, scope=forum.scope, changes=changes)
    remove_allotments(category, list(allotments_by_holder(category).values()))
    pool = category.pool
    db.session.delete(category)
    db.session.flush()
    db.session.delete(pool)
    db.session.flush()
    db.session.expire(forum, ["categories"])


def _check_label(forum: Forum, label: str, *, category: ForumCategory | None) -> None:
    for each in forum.categories:
        if each is not category and each.label.casefold() == label.casefold():
            raise CategoryRefused(f"There is a category {each.label} already. Choose another name.", field="label")


def _key_of(forum: Forum, label: str) -> str:
    """Return a stable key made from the label, unlike those that are there."""
    return free_slug(slug_of(label)[:34].strip("-") or "category", {category.key for category in forum.categories})
