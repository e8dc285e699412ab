"""Adds, changes, orders and takes away a competition's categories."""

import re
from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..enums import CompetitionState
from ..errors import CategoryRefused
from ..models import Award, Competition, CompetitionCategory, EntryCategory


def add_category(
    competition: Competition, label: str, description: str, *, actor: Account, now: datetime
) -> CompetitionCategory:
    """Give the competition one more category, at the end.

    Raises:
        CategoryRefused: another category has this name.
    """
    _check_label(competition, label, category=None)
    category = CompetitionCategory(
        key=_key_of(competition, label),
        label=label,
        description=description,
        position=max((each.position for each in competition.categories), default=0) + 1,
    )
    competition.categories.append(category)
    db.session.flush()
    changes = {"label": (None, label)}
    record("category added", category, actor=actor, now=now, scope=competition.scope, changes=changes)
    return category


def edit_category(
    category: CompetitionCategory, label: str, description: str, *, actor: Account, now: datetime
) -> None:
    """Change how a category is called and what it says; its key stays, judges' topics point at it.

    Raises:
        CategoryRefused: another category has this name.
    """
    competition = category.competition
    _check_label(competition, label, category=category)
    changes = {"label": (category.label, label), "description": (category.description, description)}
    changed = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    category.label, category.description = label, description
    if changed:
        record("category changed", category, actor=actor, now=now, scope=competition.scope, changes=changed)
    db.session.flush()


def move_category(category: CompetitionCategory, *, up: bool) -> None:
    """Exchange a category with its neighbour; at the end of the list nothing happens."""
    order = sorted(category.competition.categories, key=lambda each: (each.position, each.id))
    place = order.index(category)
    neighbour = place - 1 if up else place + 1
    if 0 <= neighbour < len(order):
        order[place], order[neighbour] = order[neighbour], order[place]
    for position, each in enumerate(order, start=1):
        each.position = position
    db.session.flush()


def delete_category(category: CompetitionCategory, *, actor: Account, now: datetime) -> None:
    """Take away a category in which nothing stands.

    Raises:
        CategoryRefused: an entry or an award stands in it, or a published competition would have none left.
    """
    competition = category.competition
    if db.session.scalar(select(_in_use(category))):
        raise CategoryRefused(f"An entry or an award stands in {category.label}, so it stays.")
    if competition.state is not CompetitionState.DRAFT and len(competition.categories) == 1:
        raise CategoryRefused(f"{category.label} is the only category, so it stays.")
    changes = {"label": (category.label, None)}
    record("category taken away", category, actor=actor, now=now, scope=competition.scope, changes=changes)
    db.session.delete(category)
    db.session.flush()
    db.session.expire(competition, ["categories"])


def _in_use(category: CompetitionCategory) -> ColumnElement[bool]:
    return or_(
        exists().where(EntryCategory.category_id == category.id), exists().where(Award.category_id == category.id)
    )


def _check_label(competition: Competition, label: str, *, category: CompetitionCategory | None) -> None:
    for each in competition.categories:
        if each is not category and each.label.casefold() == label.casefold():
            raise CategoryRefused(f"There is a category {each.label} already. Choose another name.", field="label")


def _key_of(competition: Competition, label: str) -> str:
    """Return a stable key made from the label, unlike those that are there."""
    base = re.sub(r"[^a-z0-9]+", "-", label.casefold()).strip("-")[:34] or "category"
    taken = {category.key for category in competition.categories}
    key, number = base, 2
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    return key
