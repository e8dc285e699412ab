"""What everybody may read about a forum: figures with small cells left out, the days at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db
from gtn_events.core.economies import Economy

from ..enums import BookingState, ForumState, RegistrationState, SessionKind
from ..models import Forum, ForumSession, Registration, SideEvent, SideEventBooking, Slot

SMALLEST_PUBLISHED = 3
GLANCE_ROWS = 5


@dataclass(frozen=True)
class EconomyCount:
    """Confirmed delegates of one economy; ``shown`` is None where the number is too small to publish."""

    code: str
    name: str
    confirmed: int

    @property
    def shown(self) -> int | None:
        return self.confirmed if self.confirmed == 0 or self.confirmed >= SMALLEST_PUBLISHED else None


@dataclass(frozen=True)
class GlanceRow:
    """One line of a day at a glance."""

    starts_at: datetime
    title: str
    plenary: bool


def confirmed_by_economy(forum: Forum) -> list[EconomyCount]:
    """Return the confirmed delegates of every member economy, in protocol order."""
    counts = (
        select(Registration.economy_code, func.count().label("confirmed"))
        .where(Registration.forum_id == forum.id, Registration.state == RegistrationState.CONFIRMED)
        .group_by(Registration.economy_code)
        .subquery()
    )
    statement = (
        select(Economy.code, Economy.short_name, func.coalesce(counts.c.confirmed, 0))
        .join(counts, counts.c.economy_code == Economy.code, isouter=True)
        .order_by(Economy.rank)
    )
    return [EconomyCount(code, name, confirmed) for code, name, confirmed in db.session.execute(statement)]


def waiting_by_side_event(forum: Forum) -> dict[int, int]:
    """Return how many wait for each side event that has a waiting list, side event id to count."""
    statement = (
        select(SideEventBooking.side_event_id, func.count())
        .join(SideEvent, SideEvent.id == SideEventBooking.side_event_id)
        .where(SideEvent.forum_id == forum.id, SideEventBooking.state == BookingState.WAITLISTED)
        .group_by(SideEventBooking.side_event_id)
    )
    return dict(db.session.execute(statement).all())


def days_at_a_glance(forum: Forum) -> list[tuple[date, list[GlanceRow]]]:
    """Return the first days with the moments that matter: plenaries first, then the busiest starts.

    Days and their order are the venue's; at most ``GLANCE_ROWS`` rows a day.
    """
    statement = (
        select(Slot.starts_at, ForumSession.title, ForumSession.kind)
        .join(ForumSession, ForumSession.id == Slot.session_id)
        .where(Slot.forum_id == forum.id, ForumSession.kind != SessionKind.BREAK)
        .order_by(Slot.starts_at, ForumSession.id)
    )
    by_day: dict[date, dict[datetime, list[tuple[str, SessionKind]]]] = {}
    for starts_at, title, kind in db.session.execute(statement):
        local_day = starts_at.astimezone(forum.zone).date()
        by_day.setdefault(local_day, {}).setdefault(starts_at, []).append((title, kind))
    return [(each, _glance(moments)) for each, moments in sorted(by_day.items())[:2]]


def _glance(moments: dict[datetime, list[tuple[str, SessionKind]]]) -> list[GlanceRow]:
    rows = []
    for starts_at, sessions in moments.items():
        plenary = next((title for title, kind in sessions if kind is SessionKind.PLENARY), None)
        title = plenary or (sessions[0][0] if len(sessions) == 1 else "")
        rows.append(
            (plenary is None, -len(sessions), GlanceRow(starts_at, title or _several(sessions), plenary is not None))
        )
    rows.sort(key=lambda row: row[:2])
    return sorted((row for _plenary, _count, row in rows[:GLANCE_ROWS]), key=lambda row: row.starts_at)


def _several(sessions: Sequence[tuple[str, SessionKind]]) -> str:
    first, *others = (title for title, _kind in sessions)
    return f"{first} (+{len(others)})"


def published_forums() -> list[Forum]:
    """Return the forums that everybody may see, the latest first."""
    statement = (
        select(Forum)
        .where(Forum.state != ForumState.DRAFT)
        .options(joinedload(Forum.host_economy))
        .order_by(Forum.starts_on.desc(), Forum.id.desc())
    )
    return list(db.session.scalars(statement))
