"""What everybody may read about a forum: figures with small cells left out, the days at a glance."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db
from gtn_events.core.economies import Economy

from ..enums import BookingState, ForumState, RegistrationState, SessionKind
from ..models import Forum, Registration, SideEvent, SideEventBooking
from .programme import Programme, SessionFacts

SMALLEST_PUBLISHED = 3
GLANCE_ROWS = 5

# Everybody opens the pages of these, so they are put together once.
_COUNTS = (
    select(Registration.economy_code, func.count().label("confirmed"))
    .where(Registration.forum_id == bindparam("forum_id"), Registration.state == RegistrationState.CONFIRMED)
    .group_by(Registration.economy_code)
    .subquery()
)
_CONFIRMED = (
    select(Economy.code, Economy.short_name, func.coalesce(_COUNTS.c.confirmed, 0))
    .join(_COUNTS, _COUNTS.c.economy_code == Economy.code, isouter=True)
    .order_by(Economy.rank)
)
_WAITING = (
    select(SideEventBooking.side_event_id, func.count())
    .join(SideEvent, SideEvent.id == SideEventBooking.side_event_id)
    .where(SideEvent.forum_id == bindparam("forum_id"), SideEventBooking.state == BookingState.WAITLISTED)
    .group_by(SideEventBooking.side_event_id)
)
_PUBLISHED = (
    select(Forum)
    .where(Forum.state != ForumState.DRAFT)
    .options(joinedload(Forum.host_economy))
    .order_by(Forum.starts_on.desc(), Forum.id.desc())
)


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


@dataclass(frozen=True)
class _Start:
    """The sessions of one kind that start at one moment, with the title of the first."""

    plenary: bool
    sessions: int
    title: str


def confirmed_by_economy(forum: Forum) -> list[EconomyCount]:
    """Return the confirmed delegates of every member economy, in protocol order."""
    return [
        EconomyCount(code, name, confirmed)
        for code, name, confirmed in db.session.execute(_CONFIRMED, {"forum_id": forum.id})
    ]


def waiting_by_side_event(forum: Forum) -> dict[int, int]:
    """Return how many wait for each side event that has a waiting list, side event id to count."""
    return dict(db.session.execute(_WAITING, {"forum_id": forum.id}).all())


def days_at_a_glance(programme: Programme, *, zone: tzinfo) -> list[tuple[date, list[GlanceRow]]]:
    """Return the first days of what people see, with the moments that matter: plenaries first, then the busiest starts.

    Days and their order are those of the venue, at ``zone``; at most ``GLANCE_ROWS`` rows a day.
    """
    by_day: dict[date, dict[datetime, list[_Start]]] = {}
    for starts_at, sessions in sorted(_by_start(programme).items()):
        moments = by_day.setdefault(starts_at.astimezone(zone).date(), {})
        for kind in dict.fromkeys(each.kind for each in sessions):
            alike = [each for each in sessions if each.kind is kind]
            start = _Start(kind is SessionKind.PLENARY, len(alike), alike[0].title)
            moments.setdefault(starts_at, []).append(start)
    return [(each, _glance(moments)) for each, moments in sorted(by_day.items())[:2]]


def _by_start(programme: Programme) -> dict[datetime, list[SessionFacts]]:
    """Return the sessions that are no breaks by when they start, those first that were added first."""
    found: dict[datetime, list[SessionFacts]] = {}
    for each in sorted(programme.scheduled, key=lambda each: each.id):
        if each.starts_at is not None and each.kind is not SessionKind.BREAK:
            found.setdefault(each.starts_at, []).append(each)
    return found


def _glance(moments: dict[datetime, list[_Start]]) -> list[GlanceRow]:
    rows = []
    for starts_at, kinds in moments.items():
        shown = next((each for each in kinds if each.plenary), kinds[0])
        title = shown.title if shown.plenary or shown.sessions == 1 else f"{shown.title} (+{shown.sessions - 1})"
        count = sum(each.sessions for each in kinds)
        rows.append((not shown.plenary, -count, GlanceRow(starts_at, title, shown.plenary)))
    rows.sort(key=lambda row: row[:2])
    return sorted((row for _plenary, _count, row in rows[:GLANCE_ROWS]), key=lambda row: row.starts_at)


def published_forums() -> list[Forum]:
    """Return the forums that everybody may see, the latest first."""
    return list(db.session.scalars(_PUBLISHED))
