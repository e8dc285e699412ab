"""Women and men by day, at side events and among speakers: counted by the database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, distinct, func, nulls_last, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from gtn_events.accounts.enums import Gender
from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from ..enums import ACTIVE_STATES, BookingState, SpeakerRole
from ..models import (
    CheckIn,
    Forum,
    ForumSession,
    Registration,
    SessionSpeaker,
    SideEvent,
    SideEventBooking,
    Slot,
    Speaker,
)
from .participation import RowSelect, check_in_counts


@dataclass(frozen=True)
class ByGender:
    """People by what they declared; ``others`` are another, or not said, or not known."""

    women: int = 0
    men: int = 0
    others: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.women + self.men + self.others


@dataclass(frozen=True)
class DayRow:
    """How many different people were checked in on one day at the venue."""

    day: date
    came: ByGender


@dataclass(frozen=True)
class SideEventRow:
    """One side event: who holds a place."""

    title: str
    starts_at: datetime
    booked: ByGender


@dataclass(frozen=True)
class SessionRow:
    """One session with speakers: women and men among them, whatever they do there."""

    title: str
    starts_at: datetime | None
    speakers: ByGender


@dataclass(frozen=True)
class SpeakerRow:
    """One role in the programme: how many different people have it."""

    role: SpeakerRole
    people: ByGender


def came_by_day(forum: Forum, *, as_of: datetime | None = None) -> list[DayRow]:
    """Return how many came on each day of the forum, in one query."""
    days = [forum.starts_on + timedelta(days=n) for n in range((forum.ends_on - forum.starts_on).days + 1)]
    columns = [
        func.count(distinct(case((and_(_on(forum, day), gender), Registration.id))))
        for day in days
        for gender in _genders(Registration.gender)
    ]
    statement = (
        select(*columns)
        .select_from(CheckIn)
        .join(Registration, Registration.id == CheckIn.registration_id)
        .where(Registration.forum_id == forum.id, check_in_counts(as_of))
    )
    numbers = db.session.execute(statement).one()
    return [DayRow(day, ByGender(*numbers[3 * n : 3 * n + 3])) for n, day in enumerate(days)]


def booked_by_side_event(forum: Forum) -> list[SideEventRow]:
    """Return the side events in the order of time with who holds a place, in one query."""
    held = SideEventBooking.state == BookingState.CONFIRMED
    sums = [func.sum(case((and_(held, gender), 1), else_=0)) for gender in _genders(Registration.gender)]
    statement = (
        select(SideEvent.title, SideEvent.starts_at, *sums)
        .outerjoin(SideEventBooking, SideEventBooking.side_event_id == SideEvent.id)
        .outerjoin(Registration, Registration.id == SideEventBooking.registration_id)
        .where(SideEvent.forum_id == forum.id)
        .group_by(SideEvent.id)
        .order_by(SideEvent.starts_at, SideEvent.id)
    )
    return [SideEventRow(title, at, ByGender(*numbers)) for title, at, *numbers in db.session.execute(statement)]


def speakers_by_role(forum: Forum) -> list[SpeakerRow]:
    """Return different people by their role in the programme; who has two roles stands in both."""
    statement = _of_speakers(forum, SessionSpeaker.role).group_by(SessionSpeaker.role)
    found = {role: ByGender(*numbers) for role, *numbers in db.session.execute(statement)}
    return [SpeakerRow(role, found[role]) for role in SpeakerRole if role in found]


def speakers_in_all(forum: Forum) -> ByGender:
    """Return the different people of the programme."""
    return ByGender(*db.session.execute(_of_speakers(forum)).one())


def speakers_by_session(forum: Forum) -> list[SessionRow]:
    """Return the sessions that have speakers, in the order of time, in one query."""
    starts_at = func.min(Slot.starts_at, type_=Slot.starts_at.type)
    statement = (
        _of_speakers(forum, ForumSession.title, starts_at)
        .join(ForumSession, ForumSession.id == SessionSpeaker.session_id)
        .outerjoin(Slot, Slot.session_id == ForumSession.id)
        .group_by(ForumSession.id)
        .order_by(nulls_last(starts_at), ForumSession.id)
    )
    return [SessionRow(title, at, ByGender(*numbers)) for title, at, *numbers in db.session.execute(statement)]


def _of_speakers(forum: Forum, *columns: Any) -> RowSelect:  # Any: columns to group by
    """Select different speakers by gender: as they registered for this forum, else as their account says."""
    known = func.coalesce(Registration.gender, Account.gender)
    registered = and_(
        Registration.account_id == Speaker.account_id,
        Registration.forum_id == Speaker.forum_id,
        Registration.state.in_(sorted(ACTIVE_STATES)),
    )
    counts = [func.count(distinct(case((gender, Speaker.id)))) for gender in _genders(known)]
    return (
        select(*columns, *counts)
        .select_from(SessionSpeaker)
        .join(Speaker, Speaker.id == SessionSpeaker.speaker_id)
        .outerjoin(Account, Account.id == Speaker.account_id)
        .outerjoin(Registration, registered)
        .where(Speaker.forum_id == forum.id)
    )


def _genders(
    column: ColumnElement[Any] | InstrumentedAttribute[str],
) -> tuple[ColumnElement[bool], ...]:  # Any: text, by coalesce or not
    said = (Gender.WOMAN.value, Gender.MAN.value)
    return (column == said[0], column == said[1], or_(column.is_(None), column.not_in(said)))


def _on(forum: Forum, day: date) -> ColumnElement[bool]:
    begins, ends = (datetime.combine(each, time(), forum.zone) for each in (day, day + timedelta(days=1)))
    return and_(CheckIn.at >= begins.astimezone(UTC), CheckIn.at < ends.astimezone(UTC))
