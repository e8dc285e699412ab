"""Setting what a programme is held against: treatments of conflicts, opening hours, times away."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from sqlalchemy import delete, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..conflicts import USUAL_TREATMENT
from ..enums import ConflictKind, Treatment
from ..errors import ProgrammeRefused
from ..models import ConflictRule, Forum, OpeningHours, Room, Speaker, TimeAway
from ..queries.attendance_rule import forum_days
from ..queries.programme_conflicts import times_away
from .locking import lock_forum

Hours = tuple[time, time]


def set_programme_rules(
    forum: Forum,
    treatments: Mapping[ConflictKind, Treatment],
    hours: Mapping[date, Hours],
    *,
    actor: Account,
    now: datetime,
) -> None:
    """Set what each kind of conflict does, and when the venue is open; days left out are open all day.

    Raises:
        ProgrammeRefused: a day is none of the forum, or closes before it opens.

    Flushes; the caller commits.
    """
    days = set(forum_days(forum))
    for day, (opens, closes) in hours.items():
        if day not in days or closes <= opens:
            raise ProgrammeRefused("A day closes after it opens.", field=f"closes-{day.isoformat()}")
    before = _told(forum)
    db.session.execute(delete(ConflictRule).where(ConflictRule.forum_id == forum.id))
    db.session.execute(delete(OpeningHours).where(OpeningHours.forum_id == forum.id))
    db.session.add_all(
        ConflictRule(forum_id=forum.id, kind=kind, treatment=treatment)
        for kind, treatment in treatments.items()
        if treatment is not USUAL_TREATMENT[kind]
    )
    db.session.add_all(
        OpeningHours(forum_id=forum.id, day=day, opens=opens, closes=closes) for day, (opens, closes) in hours.items()
    )
    db.session.flush()
    after = _told(forum)
    changes = {
        name: (before.get(name), after.get(name)) for name in before | after if before.get(name) != after.get(name)
    }
    if changes:
        record("programme rules changed", forum, actor=actor, now=now, scope=forum.scope, changes=changes)


def add_time_away(
    subject: Room | Speaker,
    starts_at: datetime,
    ends_at: datetime,
    *,
    reason: str,
    actor: Account | None,
    now: datetime,
) -> TimeAway:
    """Note that a room is closed, or that a speaker cannot come, for a time.

    Raises:
        ProgrammeRefused: it ends before it starts, it is longer than 60 days, or exactly this time is noted already.

    Flushes; the caller commits.
    """
    if not timedelta() < ends_at - starts_at <= timedelta(days=60):
        raise ProgrammeRefused("It ends after it starts, and within 60 days.", field="ends_at")
    lock_forum(subject.forum)
    noted = times_away(room=subject) if isinstance(subject, Room) else times_away(speaker=subject)
    if (starts_at, ends_at) in ((each.starts_at, each.ends_at) for each in noted):
        raise ProgrammeRefused("This time is noted already.", field="starts_at")
    owner = {"room_id": subject.id} if isinstance(subject, Room) else {"speaker_id": subject.id}
    away = TimeAway(forum_id=subject.forum_id, starts_at=starts_at, ends_at=ends_at, reason=reason, **owner)
    db.session.add(away)
    db.session.flush()
    changes = {"away": (None, [starts_at.isoformat(), ends_at.isoformat()])}
    record("time away added", subject, actor=actor, now=now, scope=subject.forum.scope, changes=changes)
    return away


def remove_time_away(subject: Room | Speaker, away: TimeAway, *, actor: Account, now: datetime) -> None:
    """Forget that a room is closed, or that a speaker cannot come."""
    changes = {"away": ([away.starts_at.isoformat(), away.ends_at.isoformat()], None)}
    record("time away removed", subject, actor=actor, now=now, scope=subject.forum.scope, changes=changes)
    db.session.delete(away)
    db.session.flush()


def _told(forum: Forum) -> dict[str, str]:
    rules = db.session.scalars(select(ConflictRule).where(ConflictRule.forum_id == forum.id))
    hours = db.session.scalars(select(OpeningHours).where(OpeningHours.forum_id == forum.id))
    return {
        **{rule.kind.value: rule.treatment.value for rule in rules},
        **{each.day.isoformat(): f"{each.opens:%H:%M}-{each.closes:%H:%M}" for each in hours},
    }
