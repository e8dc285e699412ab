"""The rule of a forum as a condition in SQL, and whom it takes in and leaves out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import ceil

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select, true
from sqlalchemy.orm import selectinload

from gtn_events.core.db import db

from ..enums import AttendanceKind, Direction, RegistrationState
from ..models import AttendanceRule, CheckIn, Checkpoint, Forum, Registration
from .registrations import in_protocol_order

MOST_SHOWN = 100


@dataclass(frozen=True)
class Rule:
    """What a forum asks of those who attended; stored, or as somebody typed it."""

    kind: AttendanceKind = AttendanceKind.ONCE
    percent: int = 60
    every: bool = True
    checkpoint_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """One delegate who was there and does not meet a rule: on how many days, and what was missed."""

    id: int
    name: str
    days: int
    missed: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """Whom a rule takes in: how many meet it, who was there and does not, how many never came."""

    met: int
    left_out: int
    shown: list[LeftOut]
    never_came: int


def rule_row_of(forum: Forum) -> AttendanceRule | None:
    """Return the row that holds the rule of a forum, as it stands now; None while nobody has set one."""
    statement = (
        select(AttendanceRule)
        .where(AttendanceRule.forum_id == forum.id)
        .options(selectinload(AttendanceRule.checkpoints))
    )
    return db.session.scalar(statement, execution_options={"populate_existing": True})


def rule_of(forum: Forum) -> Rule:
    """Return the rule of a forum."""
    row = rule_row_of(forum)
    if row is None:
        return Rule()
    return Rule(row.kind, row.percent, row.every, tuple(each.checkpoint_id for each in row.checkpoints))


def forum_days(forum: Forum) -> list[date]:
    """Return the days of a forum at the venue."""
    return [forum.starts_on + timedelta(days=each) for each in range((forum.ends_on - forum.starts_on).days + 1)]


def days_needed(forum: Forum, percent: int) -> int:
    """Return on how many days of a forum somebody has to come: the share, rounded up."""
    return ceil(len(forum_days(forum)) * percent / 100)


def checkpoints_of(forum: Forum) -> list[Checkpoint]:
    """Return the checkpoints of a forum in the order in which they were made."""
    return list(db.session.scalars(select(Checkpoint).where(Checkpoint.forum_id == forum.id).order_by(Checkpoint.id)))


def meets(forum: Forum, rule: Rule) -> ColumnElement[bool]:
    """Return the condition that a registration of a forum meets a rule; check-ins that were undone never count."""
    if rule.kind is AttendanceKind.DAYS:
        return days_present(forum) >= days_needed(forum, rule.percent)
    if rule.kind is AttendanceKind.CHECKPOINTS:
        passed = [_checked_in(CheckIn.checkpoint_id == each) for each in rule.checkpoint_ids]
        return (and_ if rule.every else or_)(*(passed or [_came()]))
    return _came()


def days_present(forum: Forum) -> ColumnElement[int]:
    """Return on how many of the forum's days a registration came in where it counts, however often."""
    present: ColumnElement[int] = literal(0)
    for first, end in _days(forum):
        present = present + case((_came(CheckIn.at >= first, CheckIn.at < end), 1), else_=0)
    return present


def preview_of(forum: Forum, rule: Rule) -> Preview:
    """Return whom a rule takes in and leaves out as things stand."""
    here = and_(Registration.forum_id == forum.id, Registration.state == RegistrationState.CONFIRMED)
    came, met = _came(), meets(forum, rule)
    counts = select(
        func.coalesce(func.sum(case((and_(came, met), 1), else_=0)), 0),
        func.coalesce(func.sum(case((came, 1), else_=0)), 0),
        func.count(),
    ).where(here)
    taken_in, there, everybody = db.session.execute(counts).one()
    statement = select(Registration.id, Registration.given_name, Registration.family_name, days_present(forum))
    rows = db.session.execute(in_protocol_order(statement.where(here, came, ~met)).limit(MOST_SHOWN)).all()
    missed = _missed(forum, rule, [row[0] for row in rows])
    shown = [
        LeftOut(number, f"{given} {family.upper()}".strip(), days, missed.get(number, ()))
        for number, given, family, days in rows
    ]
    return Preview(taken_in, there - taken_in, shown, everybody - there)


def _missed(forum: Forum, rule: Rule, registration_ids: list[int]) -> dict[int, tuple[str, ...]]:
    if rule.kind is not AttendanceKind.CHECKPOINTS:
        return {}
    named = {each.id: each.label for each in checkpoints_of(forum) if each.id in rule.checkpoint_ids}
    passed = select(CheckIn.registration_id, CheckIn.checkpoint_id).where(
        CheckIn.registration_id.in_(registration_ids), CheckIn.undone_at.is_(None)
    )
    seen = {(registration, checkpoint) for registration, checkpoint in db.session.execute(passed)}
    return {
        number: tuple(label for checkpoint, label in named.items() if (number, checkpoint) not in seen)
        for number in registration_ids
    }


def _days(forum: Forum) -> Iterator[tuple[datetime, datetime]]:
    """Yield first moment and end (half-open) of each day at the venue, in UTC."""
    for day in forum_days(forum):
        bounds = (datetime.combine(each, time.min, forum.zone) for each in (day, day + timedelta(days=1)))
        first, end = (each.astimezone(UTC) for each in bounds)
        yield first, end


def _came(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition of a check-in at a checkpoint that counts as attendance."""
    counting = select(Checkpoint.id).where(Checkpoint.counts)
    return _checked_in(CheckIn.checkpoint_id.in_(counting), *conditions)


def _checked_in(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        CheckIn.registration_id == Registration.id,
        CheckIn.undone_at.is_(None),
        CheckIn.direction == Direction.IN,
        and_(true(), *conditions),
    )
