"""Which places are kept for whom, how many of them are used, and who waits for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass, economies_in_order

from ..enums import ApprovalStage
from ..enums import RegistrationState as State
from ..models import Allotment, Forum, ForumCategory, Registration

DELEGATION_CLASSES = {each.value: each.label for each in DelegationClass if each is not DelegationClass.ECONOMY}
HOLDER = func.coalesce(Registration.economy_code, Registration.delegation_class)

Counts = Mapping[tuple[int, str], Mapping[State, int]]


def allotments_of(forum: Forum, holder: str | None = None) -> Select[Allotment]:
    """Select the allotments of a forum with their pools, of one holder or of all."""
    found = select(Allotment).where(Allotment.forum_id == forum.id).options(joinedload(Allotment.pool))
    return found if holder is None else found.where(Allotment.holder == holder)


def people_counted(forum: Forum, holder: str | None = None) -> Counts:
    """Return how many people stand in each state, by category and holder."""
    statement = (
        select(Registration.category_id, HOLDER, Registration.state, func.count(Registration.id))
        .where(Registration.forum_id == forum.id)
        .group_by(Registration.category_id, HOLDER, Registration.state)
    )
    if holder is not None:
        statement = statement.where(_of_holder(holder))
    counts: dict[tuple[int, str], dict[State, int]] = {}
    for category_id, whose, state, number in db.session.execute(statement):
        counts.setdefault((category_id, str(whose)), {})[state] = number
    return counts


def people_asked_of_economy(forum: Forum, holder: str) -> dict[int, int]:
    """Return how many people of a holder wait for their economy's answer, by category."""
    statement = (
        select(Registration.category_id, func.count(Registration.id))
        .where(Registration.forum_id == forum.id, _of_holder(holder))
        .where(Registration.state == State.PENDING, Registration.stage == ApprovalStage.ECONOMY)
        .group_by(Registration.category_id)
    )
    return dict(db.session.execute(statement).all())


def _of_holder(holder: str) -> ColumnElement[bool]:
    """Return the condition that a person is of a holder; economies by their own column, which an index begins with."""
    if holder in DELEGATION_CLASSES:
        return and_(Registration.economy_code.is_(None), Registration.delegation_class == DelegationClass(holder))
    return Registration.economy_code == holder


def holder_names() -> dict[str, str]:
    """Return whom places can be kept for, by how an allotment names them: the economies, then the classes."""
    return economy_names() | DELEGATION_CLASSES


def economy_names() -> dict[str, str]:
    """Return the short names of the economies by their codes, in order."""
    return {each.code: each.short_name for each in economies_in_order()}


@dataclass(frozen=True)
class Cell:
    """One holder in one category: places kept and used, people seated wherever, people waiting."""

    kept: int = 0
    used: int = 0
    seated: int = 0
    waiting: int = 0
    releases_at: datetime | None = None
    released_at: datetime | None = None


@dataclass(frozen=True)
class Matrix:
    """Every holder in every category, in protocol order."""

    categories: list[ForumCategory]
    names: Mapping[str, str]
    cells: Mapping[tuple[int, str], Cell]

    def cell(self, category: ForumCategory, holder: str) -> Cell:
        """Return how a holder stands in a category."""
        return self.cells.get((category.id, holder), Cell())

    def waiting_in(self, category: ForumCategory) -> int:
        """Return how many people wait in a category, whoever they are of."""
        return sum(cell.waiting for (category_id, _holder), cell in self.cells.items() if category_id == category.id)


def matrix_of(forum: Forum) -> Matrix:
    """Return who has which places of a forum, in four queries however many there are."""
    categories = (
        select(ForumCategory)
        .where(ForumCategory.forum_id == forum.id)
        .order_by(ForumCategory.position, ForumCategory.id)
        .options(joinedload(ForumCategory.pool), joinedload(ForumCategory.common_pool))
    )
    kept = {(each.category_id, each.holder): each for each in db.session.scalars(allotments_of(forum))}
    counts = people_counted(forum)
    cells = {key: _cell(kept.get(key), counts.get(key, {})) for key in {*kept, *counts}}
    return Matrix(list(db.session.scalars(categories)), holder_names(), cells)


def _cell(kept: Allotment | None, counted: Mapping[State, int]) -> Cell:
    return Cell(
        kept=kept.pool.capacity if kept else 0,
        used=kept.pool.taken if kept else 0,
        seated=counted.get(State.CONFIRMED, 0) + counted.get(State.OFFERED, 0),
        waiting=counted.get(State.WAITLISTED, 0),
        releases_at=kept.releases_at if kept else None,
        released_at=kept.released_at if kept else None,
    )


@dataclass(frozen=True)
class ReleaseEffect:
    """What a release would do in one category: unused places by the holder's name, and how many are offered one."""

    category: ForumCategory
    unused: Mapping[str, int]
    offered: int


def release_effect(forum: Forum, holder: str | None = None) -> list[ReleaseEffect]:
    """Return what releasing the places of a holder, or of all, would do now; nothing is changed."""
    matrix = matrix_of(forum)
    left = forum.pool.free if forum.pool else None
    effects = []
    for category in matrix.categories:
        unused = {
            matrix.names[whose]: cell.kept - cell.used
            for whose in matrix.names
            if holder in (None, whose) and (cell := matrix.cell(category, whose)).kept > cell.used
        }
        if not unused:
            continue
        offered = min(matrix.waiting_in(category), sum(unused.values()))
        if left is not None:
            offered = min(offered, left)
            left -= offered
        effects.append(ReleaseEffect(category, unused, offered))
    return effects
