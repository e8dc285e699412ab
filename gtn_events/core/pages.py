"""Pages of long lists: keyset paging that costs the same on the last page as on the first."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from .cursors import Cursor
from .db import db
from .listing import SIZES, Column, Listing

__all__ = ["SIZES", "Listing", "Page", "paginate"]

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list; ``first`` and ``last`` count from 1 and are 0 when it is empty."""

    items: list[T]
    total: int
    first: int
    last: int
    next_url: str | None
    previous_url: str | None
    listing: Listing


def paginate(
    statement: Select[Any], listing: Listing, *, tie: Column | None = None, total: int | None = None
) -> Page[Any]:
    """Return the page of a select that a listing asks for, in two queries whatever the length.

    Args:
        statement: filtered already, not ordered. Its first entity gives the items; with
            several columns each item is a tuple.
        tie: a unique column that decides between equal rows; the id of the first entity if None.
        total: how many rows the statement gives, when the caller has counted them already.

    Equal and empty sort values neither repeat nor skip a row; empty ones come last in both
    directions. A page is found by comparing, not by counting, so the last costs what the first does.
    """
    tie = tie if tie is not None else statement.column_descriptions[0]["entity"].id
    column = listing.sorts[listing.sort]
    if total is None:
        total = db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    order = _Order(column, tie, listing.descending)
    cursor = listing.cursor
    rows, more = _read(statement, order, cursor, listing.size)
    if cursor is not None and not rows:
        cursor = None
        rows, more = _read(statement, order, None, listing.size)
    first = _first(cursor, len(rows), total, more=more)
    last = first + len(rows) - 1 if rows else 0
    backward = cursor is not None and cursor.backward
    has_next = more if not backward else True
    has_previous = more if backward else cursor is not None
    single = len(statement.column_descriptions) == 1
    return Page(
        items=[row[0] if single else tuple(row[:-2]) for row in rows],
        total=total,
        first=first,
        last=last,
        next_url=listing.url(Cursor(rows[-1][-2], rows[-1][-1], last, False)) if rows and has_next else None,
        previous_url=listing.url(Cursor(rows[0][-2], rows[0][-1], first, True)) if rows and has_previous else None,
        listing=listing,
    )


def _first(cursor: Cursor | None, found: int, total: int, *, more: bool) -> int:
    """Return the position of the first row; the cursor carries it, so nothing is counted twice."""
    if not found:
        return 0
    if cursor is None or (cursor.backward and not more):
        return 1
    start = cursor.position - found if cursor.backward else cursor.position + 1
    return max(1, min(start, total - found + 1))


def _read(statement: Select[Any], order: "_Order", cursor: Cursor | None, size: int) -> tuple[list[Any], bool]:
    backward = cursor is not None and cursor.backward
    statement = statement.add_columns(order.column.label("sort_value"), order.tie.label("sort_tie"))
    if cursor is not None:
        condition = order.beyond(cursor)
        if condition is None:
            return [], False
        statement = statement.where(condition)
    statement = statement.order_by(None).order_by(*order.terms(backward=backward)).limit(size + 1)
    rows = list(db.session.execute(statement).unique())
    more = len(rows) > size
    rows = rows[:size]
    return (rows[::-1] if backward else rows), more


@dataclass(frozen=True)
class _Order:
    column: Column
    tie: Column
    descending: bool

    @property
    def nullable(self) -> bool:
        return bool(getattr(self.column, "nullable", True))

    def terms(self, *, backward: bool) -> list[ColumnElement[Any]]:
        falling = self.descending != backward
        terms: list[ColumnElement[Any]] = [each.desc() if falling else each.asc() for each in (self.column, self.tie)]
        if not self.nullable:
            return terms
        empty = self.column.is_(None)
        return [empty.desc() if backward else empty.asc(), *terms]

    def beyond(self, cursor: Cursor) -> ColumnElement[bool] | None:
        """Return the condition for the rows past the cursor; None when its value cannot belong to the column."""
        falling = self.descending != cursor.backward
        past_tie = self.tie < cursor.tie if falling else self.tie > cursor.tie
        if cursor.value is None:
            if not self.nullable:
                return None
            same = and_(self.column.is_(None), past_tie)
            return or_(same, self.column.is_not(None)) if cursor.backward else same
        if not cursor.fits(self.column.type.python_type):
            return None
        further = self.column < cursor.value if falling else self.column > cursor.value
        at_least = self.column <= cursor.value if falling else self.column >= cursor.value
        # Written as a range first, so that an index on (column, id) finds the place.
        beyond = and_(at_least, or_(further, past_tie))
        return or_(beyond, self.column.is_(None)) if self.nullable and not cursor.backward else beyond
