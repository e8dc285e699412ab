"""The figures of a forum, counted by the database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, cast, distinct, extract, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from gtn_events.accounts.enums import Gender
from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass, economies_in_order
from gtn_events.core.journal import JournalEntry
from gtn_events.core.plots import SeatDay
from gtn_events.core.seats import SeatPool

from ..enums import BookingState, RegistrationState
from ..models import Forum, ForumCategory, Registration, SideEvent, SideEventBooking

State = RegistrationState
DAY = 86_400
EPOCH = date(1970, 1, 1)
ENDED = (State.CANCELLED, State.REJECTED, State.DECLINED)
NEARLY_FULL = 0.85


@dataclass(frozen=True)
class StateFigures:
    """How many registrations are in each state, and what is due next."""

    by_state: dict[RegistrationState, int]
    next_offer_ends_at: datetime | None
    oldest_pending_at: datetime | None

    def __getitem__(self, state: RegistrationState) -> int:
        return self.by_state.get(state, 0)


@dataclass(frozen=True)
class EconomyRow:
    """Confirmed delegates of one economy by gender; ``others`` are another, or not said."""

    code: str
    name: str
    women: int
    men: int
    others: int

    @property
    def total(self) -> int:
        return self.women + self.men + self.others


@dataclass(frozen=True)
class RecentAct:
    """One kind of act since a moment: how often, and when last."""

    action: str
    count: int
    last_at: datetime


@dataclass(frozen=True)
class PoolRow:
    """One thing that fills up."""

    label: str
    taken: int
    capacity: int
    offered: int


def state_figures(forum: Forum) -> StateFigures:
    """Return the forum's registrations by state, in one query."""
    statement = (
        select(
            Registration.state,
            func.count(),
            func.min(Registration.offer_ends_at),
            func.min(Registration.submitted_at),
        )
        .where(Registration.forum_id == forum.id)
        .group_by(Registration.state)
    )
    rows = {state: (count, ends, asked) for state, count, ends, asked in db.session.execute(statement)}
    return StateFigures(
        by_state={state: row[0] for state, row in rows.items()},
        next_offer_ends_at=rows[State.OFFERED][1] if State.OFFERED in rows else None,
        oldest_pending_at=rows[State.PENDING][2] if State.PENDING in rows else None,
    )


def side_events_with_waiting(forum: Forum) -> tuple[int, int]:
    """Return how many people wait for side events, and for how many of them."""
    statement = (
        select(func.count(), func.count(distinct(SideEventBooking.side_event_id)))
        .join(SideEvent)
        .where(SideEvent.forum_id == forum.id, SideEventBooking.state == BookingState.WAITLISTED)
    )
    people, side_events = db.session.execute(statement).one()
    return people, side_events


def confirmed_by_economy(forum: Forum) -> tuple[list[EconomyRow], dict[DelegationClass, int]]:
    """Return confirmed delegates by economy and gender in protocol order, and those without an economy by class."""
    statement = (
        select(Registration.economy_code, Registration.delegation_class, Registration.gender, func.count())
        .where(Registration.forum_id == forum.id, Registration.state == State.CONFIRMED)
        .group_by(Registration.economy_code, Registration.delegation_class, Registration.gender)
    )
    counts: dict[str, dict[str, int]] = {}
    without: dict[DelegationClass, int] = {}
    for code, delegation_class, gender, count in db.session.execute(statement):
        if code is None:
            without[delegation_class] = without.get(delegation_class, 0) + count
        else:
            column = gender if gender in (Gender.WOMAN, Gender.MAN) else "others"
            row = counts.setdefault(code, {})
            row[column] = row.get(column, 0) + count
    rows = [_economy_row(each.code, each.short_name, counts.get(each.code, {})) for each in economies_in_order()]
    return rows, without


def seats_by_day(forum: Forum, *, offered: int, until: datetime) -> list[SeatDay]:
    """Return how the seats filled up: one row for each day that changed something, and one for the last.

    The last is the present day, or the forum's last day once that has passed; what changed later is left out.

    A confirmed delegate who cancelled counts from the confirmation to the cancelling; a
    registration is pending from its submission until somebody decided. Days are days at
    the venue, by its clock on the first day of the forum. ``offered`` is known for the
    present day only.
    """
    offset = _offset_seconds(forum)
    mine = Registration.forum_id == forum.id
    confirmed = Registration.confirmed_at.is_not(None)
    decided_at = func.coalesce(Registration.confirmed_at, Registration.state_changed_at)
    parts = (
        _daily("confirmed", Registration.confirmed_at, offset, confirmed, mine),
        _daily("left", Registration.state_changed_at, offset, Registration.state.in_(ENDED), confirmed, mine),
        _daily("asked", Registration.submitted_at, offset, mine),
        _daily("decided", decided_at, offset, Registration.state != State.PENDING, mine),
    )
    changes: dict[date, dict[str, int]] = {}
    for row in db.session.execute(union_all(*parts)):
        changes.setdefault(EPOCH + timedelta(days=int(row[1])), {})[row[0]] = row[2]
    last = min(until.astimezone(forum.zone).date(), forum.ends_on)
    return _running_totals({day: changes[day] for day in changes if day <= last}, offered=offered, last=last)


def recent_acts(forum: Forum, *, since: datetime, limit: int = 8) -> list[RecentAct]:
    """Return what happened in the forum since a moment, like acts together, the latest first."""
    last_at = func.max(JournalEntry.at)
    statement = (
        select(JournalEntry.action, func.count(), last_at)
        .where(
            JournalEntry.scope_kind == forum.scope.kind,
            JournalEntry.scope_id == forum.scope.id,
            JournalEntry.at >= since,
        )
        .group_by(JournalEntry.action)
        .order_by(last_at.desc(), JournalEntry.action)
        .limit(limit)
    )
    return [RecentAct(*row) for row in db.session.execute(statement)]


def pools_nearly_full(forum: Forum) -> list[PoolRow]:
    """Return the pools of categories and side events that are nearly full, the fullest first."""
    offered = (
        select(func.count())
        .where(Registration.category_id == ForumCategory.id, Registration.state == State.OFFERED)
        .scalar_subquery()
    )
    offered_beside = (
        select(func.count())
        .where(SideEventBooking.side_event_id == SideEvent.id, SideEventBooking.state == BookingState.OFFERED)
        .scalar_subquery()
    )
    columns = (SeatPool.taken, SeatPool.capacity)
    categories = (
        select(ForumCategory.label.label("label"), *columns, offered)
        .join(SeatPool, SeatPool.id == ForumCategory.pool_id)
        .where(ForumCategory.forum_id == forum.id, SeatPool.taken >= SeatPool.capacity * NEARLY_FULL)
    )
    side_events = (
        select(SideEvent.title.label("label"), *columns, offered_beside)
        .join(SeatPool, SeatPool.id == SideEvent.pool_id)
        .where(SideEvent.forum_id == forum.id, SeatPool.taken >= SeatPool.capacity * NEARLY_FULL)
    )
    rows = [PoolRow(*row) for row in db.session.execute(union_all(categories, side_events)) if row[2]]
    return sorted(rows, key=lambda row: (row.taken - row.capacity, row.label))


def _economy_row(code: str, name: str, counts: dict[str, int]) -> EconomyRow:
    return EconomyRow(code, name, counts.get(Gender.WOMAN, 0), counts.get(Gender.MAN, 0), counts.get("others", 0))


def _offset_seconds(forum: Forum) -> int:
    first_day = datetime(forum.starts_on.year, forum.starts_on.month, forum.starts_on.day, 12, tzinfo=UTC)
    offset = first_day.astimezone(forum.zone).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def _daily(
    kind: str, moment: ColumnElement[Any] | InstrumentedAttribute[Any], offset: int, *conditions: ColumnElement[bool]
) -> Select[str, int, int]:
    """Select (kind, day number since 1970, count); seconds are made whole first, so no database rounds a day up."""
    day = (cast(extract("epoch", moment), BigInteger) + offset) // DAY
    return select(literal(kind), day, func.count()).where(*conditions).group_by(day)


def _running_totals(changes: dict[date, dict[str, int]], *, offered: int, last: date) -> list[SeatDay]:
    if not changes:
        return []
    days: list[SeatDay] = []
    confirmed = pending = 0
    for day in sorted({*changes, last}):
        change = changes.get(day, {})
        confirmed += change.get("confirmed", 0) - change.get("left", 0)
        pending += change.get("asked", 0) - change.get("decided", 0)
        days.append(SeatDay(day, confirmed, pending=pending))
    days[-1] = days[-1]._replace(offered=offered)
    return days
