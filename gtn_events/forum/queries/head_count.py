"""How many are in at a checkpoint, by economy and category, and which scans were decided in two ways."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import aliased, joinedload

from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass, Economy

from ..enums import Direction, Outcome
from ..models import CheckIn, Checkpoint, DoorScan, ForumCategory, Registration
from .door import expected

PASSES = (Outcome.IN, Outcome.OUT)
Grouped = Select[str | None, int | None, DelegationClass, str, int, int]


@dataclass
class HeadCount:
    """How many of one economy, delegation class or category are in, and how many may come."""

    name: str
    inside: int = 0
    awaited: int = 0


@dataclass(frozen=True)
class HeadCounts:
    """The whole of a checkpoint; economies in protocol order, then the delegation classes."""

    inside: int
    awaited: int
    by_economy: list[HeadCount]
    by_category: list[HeadCount]


@dataclass(frozen=True)
class Differing:
    """A scan that let somebody pass who should not have, and the scan that counts where there is one."""

    scan: DoorScan
    counting: DoorScan | None


def head_counts(checkpoint: Checkpoint, slot: str) -> HeadCounts:
    """Return who is in (in this slot) of all who may come, in two queries."""
    turn = case((CheckIn.direction == Direction.IN, 1), else_=-1)
    inside = _grouped(func.sum(turn)).join(CheckIn, CheckIn.registration_id == Registration.id)
    inside = inside.where(CheckIn.checkpoint_id == checkpoint.id, CheckIn.slot_key == slot, CheckIn.undone_at.is_(None))
    awaited = _grouped(func.count()).where(expected(checkpoint))
    economies: dict[tuple[int, str], HeadCount] = {}
    categories: dict[tuple[int, str], HeadCount] = {}
    totals: dict[str, int] = defaultdict(int)
    for kind, statement in (("inside", inside), ("awaited", awaited)):
        for economy, rank, delegation, category, position, count in db.session.execute(statement):
            name = economy or delegation.label
            for table, key in ((economies, (rank or 1000, name)), (categories, (position, category))):
                row = table.setdefault(key, HeadCount(key[1]))
                setattr(row, kind, getattr(row, kind) + count)
            totals[kind] += count
    return HeadCounts(
        totals["inside"],
        totals["awaited"],
        [economies[key] for key in sorted(economies)],
        [categories[key] for key in sorted(categories)],
    )


def differing_scans(checkpoint: Checkpoint, *, limit: int = 200) -> list[Differing]:
    """Return the scans that let somebody pass whom the rule, with everything known, did not; the newest first."""
    counting = aliased(DoorScan)
    statement = (
        select(DoorScan, counting)
        .outerjoin(
            counting,
            (counting.check_in_id == DoorScan.check_in_id)
            & (counting.outcome.in_(PASSES))
            & (counting.id != DoorScan.id),
        )
        .where(
            DoorScan.checkpoint_id == checkpoint.id,
            DoorScan.shown.in_(PASSES),
            DoorScan.outcome != DoorScan.shown,
        )
        .options(joinedload(DoorScan.registration).joinedload(Registration.economy))
        .order_by(DoorScan.at.desc(), DoorScan.id.desc())
        .limit(limit)
    )
    return [Differing(scan, other) for scan, other in db.session.execute(statement)]


def differing_counts(forum_id: int) -> dict[int, int]:
    """Return how many such scans each checkpoint of a forum has, checkpoint id to count."""
    statement = (
        select(DoorScan.checkpoint_id, func.count())
        .join(Checkpoint, Checkpoint.id == DoorScan.checkpoint_id)
        .where(Checkpoint.forum_id == forum_id, DoorScan.shown.in_(PASSES), DoorScan.outcome != DoorScan.shown)
        .group_by(DoorScan.checkpoint_id)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def _grouped(count: ColumnElement[int]) -> Grouped:
    columns = (
        Economy.short_name,
        Economy.rank,
        Registration.delegation_class,
        ForumCategory.label,
        ForumCategory.position,
    )
    return (
        select(*columns, count)
        .select_from(Registration)
        .join(ForumCategory, ForumCategory.id == Registration.category_id)
        .outerjoin(Economy, Economy.code == Registration.economy_code)
        .group_by(*columns)
    )
