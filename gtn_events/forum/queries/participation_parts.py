"""Women and men by day and among speakers: counted by the database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, distinct, func, nulls_last, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from gtn_events.accounts.enums import Gender
from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from ..enums import ACTIVE_STATES, SpeakerRole
from ..models import (
    CheckIn,
    Forum,
    ForumSession,
    Registration,
    SessionSpeaker,
    Slot,
    Speaker,
)
from .participation import RowSelect, check_in_counts
from .participation_earlier import Earlier


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


def came_by_day(forum: Forum, earlier: Earlier | None = None) -> list[DayRow]:
    """Return how many came on each day of the forum, in one query; of an earlier moment those who had come by then."""
    said = earlier.gender() if earlier else Registration.gender.expression
    days = [forum.starts_on + timedelta(days=n) for n in range((forum.ends_on - forum.starts_on).days + 1)]
    columns = [
        func.count(distinct(case((and_(_on(forum, day), gender), Registration.id))))
        for day in days
        for gender in genders_of(said)
    ]
    statement = (
        select(*columns)
        .select_from(CheckIn)
        .join(Registration, Registration.id == CheckIn.registration_id)
        .where(Registration.forum_id == forum.id, check_in_counts(earlier.as_of if earlier else None))
    )
    numbers = db.session.execute(statement).one()
    return [DayRow(day, ByGender(*numbers[3 * n : 3 * n + 3])) for n, day in enumerate(days)]


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


def genders_of(
    column: ColumnElement[Any] | InstrumentedAttribute[str],  # Any: text, by coalesce or not
) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions woman, man, and neither of them, in the order of ``ByGender``."""
    said = (Gender.WOMAN.value, Gender.MAN.value)
    return (column == said[0], column == said[1], or_(column.is_(None), column.not_in(said)))


def _of_speakers(forum: Forum, *columns: Any) -> RowSelect:  # Any: columns to group by
    """Select different speakers by gender: as they registered for this forum, else as their account says."""
    known = func.coalesce(Registration.gender, Account.gender)
    registered = and_(
        Registration.account_id == Speaker.account_id,
        Registration.forum_id == Speaker.forum_id,
        Registration.state.in_(sorted(ACTIVE_STATES)),
    )
    counts = [func.count(distinct(case((gender, Speaker.id)))) for gender in genders_of(known)]
    return (
        select(*columns, *counts)
        .select_from(SessionSpeaker)
        .join(Speaker, Speaker.id == SessionSpeaker.speaker_id)
        .outerjoin(Account, Account.id == Speaker.account_id)
        .outerjoin(Registration, registered)
        .where(Speaker.forum_id == forum.id)
    )


def _on(forum: Forum, day: date) -> ColumnElement[bool]:
    begins, ends = (datetime.combine(each, time(), forum.zone) for each in (day, day + timedelta(days=1)))
    return and_(CheckIn.at >= begins.astimezone(UTC), CheckIn.at < ends.astimezone(UTC))
