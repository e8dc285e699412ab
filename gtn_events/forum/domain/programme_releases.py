"""Releases the working programme, and goes back to an earlier version."""

from datetime import datetime, timedelta

from sqlalchemy import insert, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..errors import ProgrammeRefused
from ..models import Forum, ProgrammeRelease, ReleasedText
from ..notifications_programme import tell_of_release
from ..programme_differences import Version, differences, people_that_differ
from ..programme_snapshot import Snapshot, continue_calendars
from ..queries.programme_conflicts import conflicts_of
from ..queries.programme_releases import newest_release, released_texts, working_snapshot, working_texts
from .locking import lock_forum
from .programme import mark_programme_changed

LONGEST_EMBARGO = timedelta(days=366)


def release_programme(
    forum: Forum,
    *,
    notes: str,
    public_from: datetime | None = None,
    seen: int,
    actor: Account,
    now: datetime,
) -> ProgrammeRelease:
    """Release the working programme as the next version, in one transaction.

    Args:
        notes: what people read about it; may be empty.
        public_from: until then people see the version before; None is now.
        seen: the number of the newest version when the page was shown, 0 for none.

    Raises:
        ProgrammeRefused: a conflict blocks, nothing is different, somebody else released meanwhile, or
            it would be public more than a year from now.

    Flushes; the caller commits.
    """
    lock_forum(forum)
    newest = newest_release(forum)
    _refuse_if_released(newest, seen)
    if conflicts_of(forum).blocking:
        raise ProgrammeRefused("Conflicts block the release. Mend them first, or change what they do.")
    snapshot, texts = working_snapshot(forum), working_texts(forum)
    before = version_of(newest)
    working = Version(snapshot, texts)
    is_same = not differences(before, working, forum.zone) and not people_that_differ(before, working)
    if before is not None and is_same:
        raise ProgrammeRefused("The working programme is the same as the newest version.")
    return _add(forum, newest, snapshot, texts, notes=notes, public_from=public_from, actor=actor, now=now)


def go_back_to(
    forum: Forum, earlier: ProgrammeRelease, *, notes: str, seen: int, actor: Account, now: datetime
) -> ProgrammeRelease:
    """Release an earlier version again, under the next number; the working programme stays as it is.

    Calendars follow: what changed meanwhile gets the next sequence, what was dropped comes back.

    Raises:
        ProgrammeRefused: it is the newest one, or somebody else released meanwhile.
    """
    lock_forum(forum)
    newest = newest_release(forum)
    _refuse_if_released(newest, seen)
    if newest is None or newest.id == earlier.id:
        raise ProgrammeRefused("This is the newest version.")
    snapshot = {**earlier.content, "sessions": [dict(each) for each in earlier.content["sessions"]]}
    release = _add(
        forum, newest, snapshot, released_texts(earlier.id), notes=notes, public_from=None, actor=actor, now=now
    )
    release.repeats = earlier.number
    db.session.flush()
    return release


def tell_of_due_releases(*, now: datetime) -> None:
    """Write the mails of every version that became public; one that was overtaken meanwhile tells nobody."""
    due = select(ProgrammeRelease).where(ProgrammeRelease.told_at.is_(None), ProgrammeRelease.public_from <= now)
    for release in db.session.scalars(due.order_by(ProgrammeRelease.number)).all():
        lock_forum(release.forum)
        db.session.refresh(release, ["told_at"])
        if release.told_at is None:
            _tell(release, now=now)


def version_of(release: ProgrammeRelease | None) -> Version | None:
    """Return a version as one side of a comparison."""
    return Version(release.content, released_texts(release.id)) if release is not None else None


def _refuse_if_released(newest: ProgrammeRelease | None, seen: int) -> None:
    if (newest.number if newest else 0) != seen:
        raise ProgrammeRefused("Somebody released a version since you opened this page. Look at the changes again.")


def _add(
    forum: Forum,
    newest: ProgrammeRelease | None,
    snapshot: Snapshot,
    texts: dict[tuple[str, int], dict[str, object]],
    *,
    notes: str,
    public_from: datetime | None,
    actor: Account,
    now: datetime,
) -> ProgrammeRelease:
    if public_from is not None and public_from > now + LONGEST_EMBARGO:
        raise ProgrammeRefused("Choose a moment within a year.", field="public_from")
    continue_calendars(snapshot, newest.content if newest else None, now=now)
    release = ProgrammeRelease(
        forum_id=forum.id,
        number=newest.number + 1 if newest else 1,
        notes=notes,
        content=snapshot,
        released_at=now,
        released_by_id=actor.id,
        public_from=max(now, public_from or now),
    )
    db.session.add(release)
    db.session.flush()
    rows = [
        {"release_id": release.id, "kind": kind, "subject_id": subject_id, "texts": values}
        for (kind, subject_id), values in texts.items()
    ]
    if rows:
        db.session.execute(insert(ReleasedText), rows)
    changes = {"version": (newest.number if newest else None, release.number)}
    record("programme released", forum, actor=actor, now=now, scope=forum.scope, changes=changes)
    mark_programme_changed(forum, now=now)
    if release.is_public(now):
        _tell(release, now=now)
    return release


def _tell(release: ProgrammeRelease, *, now: datetime) -> None:
    """Write the mails to those whose sessions changed since the version that was told of last."""
    statement = select(ProgrammeRelease).where(
        ProgrammeRelease.forum_id == release.forum_id, ProgrammeRelease.told_at.is_not(None)
    )
    told = db.session.scalar(statement.order_by(ProgrammeRelease.number.desc()).limit(1))
    after = version_of(release)
    if told is not None and after is not None and told.number < release.number:
        tell_of_release(release, differences(version_of(told), after, release.forum.zone), now=now)
    release.told_at = now
    db.session.flush()
