"""Seat pools: the one module that changes how many seats are taken."""

from collections.abc import Iterable
from datetime import datetime

from flask_babel import ngettext
from sqlalchemy import CheckConstraint, String, bindparam, update
from sqlalchemy.orm import Mapped, mapped_column

from .db import Model, db
from .errors import DomainError


class SeatPool(Model):
    """A thing that can fill up. The database itself refuses ``taken > capacity``."""

    __tablename__ = "core_seat_pool"
    __table_args__ = (
        CheckConstraint("taken >= 0", name="taken_not_negative"),
        CheckConstraint("taken <= capacity", name="taken_within_capacity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(String(200))
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]

    @property
    def free(self) -> int:
        """Seats that nobody holds."""
        return self.capacity - self.taken


class CapacityTooSmall(DomainError):
    """The new capacity is below what is taken already."""


_TAKE = (
    update(SeatPool)
    .where(SeatPool.id == bindparam("pool_id"), SeatPool.taken < SeatPool.capacity)
    .values(taken=SeatPool.taken + 1)
    .returning(SeatPool)
    .execution_options(populate_existing=True, synchronize_session=False)
)


def take_seats(pools: Iterable[SeatPool]) -> bool:
    """Take one seat of every pool, all or nothing.

    Returns:
        True when every pool had a free seat; otherwise False, and nothing is taken.

    One conditional UPDATE a pool, in id order so that two callers cannot deadlock.
    """
    taken: list[SeatPool] = []
    for pool in sorted(set(pools), key=lambda each: each.id):
        if db.session.scalar(_TAKE, {"pool_id": pool.id}) is None:
            release_seats(taken)
            db.session.refresh(pool)
            return False
        taken.append(pool)
    return True


def release_seats(pools: Iterable[SeatPool]) -> None:
    """Give one seat of every pool back."""
    for pool in sorted(set(pools), key=lambda each: each.id):
        _rowcount(update(SeatPool).where(SeatPool.id == pool.id).values(taken=SeatPool.taken - 1))
        db.session.refresh(pool)


def set_capacity(pool: SeatPool, capacity: int) -> None:
    """Change how many seats there are.

    Raises:
        CapacityTooSmall: more seats are taken than that.
    """
    statement = update(SeatPool).where(SeatPool.id == pool.id, SeatPool.taken <= capacity).values(capacity=capacity)
    if _rowcount(statement) == 0:
        db.session.refresh(pool)
        raise CapacityTooSmall(
            ngettext(
                "%(num)d place of %(name)s is taken; the capacity cannot be %(capacity)d.",
                "%(num)d places of %(name)s are taken; the capacity cannot be %(capacity)d.",
                pool.taken,
                name=pool.label,
                capacity=capacity,
            ),
            field="capacity",
        )
    db.session.refresh(pool)


def move_capacity(source: SeatPool, target: SeatPool, places: int) -> bool:
    """Move free places from one pool to another.

    Returns:
        True when the first had that many free; otherwise False, and nothing is moved.
    """
    left = SeatPool.capacity - places
    shrink = update(SeatPool).where(SeatPool.id == source.id, SeatPool.taken <= left).values(capacity=left)
    if _rowcount(shrink) == 0:
        db.session.refresh(source)
        return False
    _rowcount(update(SeatPool).where(SeatPool.id == target.id).values(capacity=SeatPool.capacity + places))
    db.session.refresh(source)
    db.session.refresh(target)
    return True


def write_counts(pool: SeatPool, *, capacity: int, taken: int) -> None:
    """Set both numbers of a pool as the caller counted them, under the lock of whatever takes its seats."""
    _rowcount(update(SeatPool).where(SeatPool.id == pool.id).values(capacity=capacity, taken=taken))
    db.session.refresh(pool)


def _rowcount(statement: object) -> int:
    result = db.session.execute(statement, execution_options={"synchronize_session": False})  # type: ignore[call-overload]  # an UPDATE
    return int(result.rowcount)
