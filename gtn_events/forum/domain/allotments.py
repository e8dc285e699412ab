"""Keeps places of a category for holders, gives them back, and lets them go on their date."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.versions import require_as_seen

from ..errors import AllotmentRefused
from ..models import Allotment, Forum, ForumCategory, Registration
from ..queries.allotments import allotments_of
from .kept_places import allotments_by_holder, arrange, remove_allotments
from .locking import lock_forum
from .swap_ending import end_impossible_swaps
from .waiting_list import offer_freed_seats


@dataclass(frozen=True, kw_only=True)
class Kept:
    """How many places are kept for a holder, and until when; None for no date."""

    places: int
    releases_at: datetime | None = None

    def __str__(self) -> str:
        """As the journal tells it."""
        return f"{self.places} until {self.releases_at.isoformat()}" if self.releases_at else str(self.places)


NOTHING = Kept(places=0)


class KeptPlaces(Mapping[str, Kept]):
    """What is kept of a category, by holder; a form remembers which state of it was shown."""

    def __init__(self, by_holder: Mapping[str, Kept]) -> None:
        self._by_holder = by_holder

    def __getitem__(self, holder: str) -> Kept:
        return self._by_holder[holder]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_holder)

    def __len__(self) -> int:
        return len(self._by_holder)

    @property
    def lock_version(self) -> int:
        """A number made of the state itself: organisers, coordinators, exchanges and the clock all change it."""
        told = sorted(f"{holder} {kept}" for holder, kept in self.items())
        return crc32("\n".join(told).encode()) >> 1


def set_allotments(
    category: ForumCategory,
    wanted: Mapping[str, Kept],
    *,
    seen: int | None = None,
    actor: Account,
    now: datetime,
) -> list[Registration]:
    """Keep places of a category for each named holder, and return whom freed places were offered to.

    No places takes an allotment away. People who are seated already move into their
    holder's new places as far as they fit.

    Args:
        seen: the ``lock_version`` of what is kept that the person's page shows, None when it does not matter.

    Raises:
        Stale: something else is kept since.
        AllotmentRefused: a date is over, or the places do not fit; nothing was changed.

    Flushes; the caller commits.
    """
    lock_forum(category.forum)
    before = kept_now(category)
    changed = {
        holder: kept
        for holder, kept in wanted.items()
        if kept != (was := before.get(holder, NOTHING)) and (kept.places or was.places)
    }
    if not changed:
        return []
    require_as_seen(before, seen)
    _refuse_past_dates(before, changed, now=now)
    grown = [holder for holder, kept in changed.items() if kept.places > before.get(holder, NOTHING).places]
    places = {holder: kept.places for holder, kept in changed.items()}
    arrange(category, places, now=now, field=(grown or list(changed))[0])
    allotments = allotments_by_holder(category)
    for holder, kept in changed.items():
        if holder in grown or kept.releases_at != allotments[holder].releases_at:
            allotments[holder].released_at = None
        allotments[holder].releases_at, allotments[holder].agreed = kept.releases_at, kept.places
    remove_allotments(category, [allotments[holder] for holder, kept in changed.items() if not kept.places])
    changes = {holder: (str(before.get(holder, NOTHING)), str(kept)) for holder, kept in changed.items()}
    record("allotments changed", category, actor=actor, now=now, scope=category.forum.scope, changes=changes)
    return _pass_on(category.forum, now=now)


def release_allotments(
    forum: Forum,
    *,
    actor: Account | None,
    now: datetime,
    holder: str | None = None,
    category: ForumCategory | None = None,
) -> list[Registration]:
    """Let unused kept places go to the common ones, and return whom they were offered to.

    Args:
        actor: who decided so before the date; None when the date has come.
        holder: whose places; None for everybody's.
        category: of which category; None for all.

    Flushes; the caller commits.
    """
    lock_forum(forum)
    found = allotments_of(forum, holder).where(Allotment.released_at.is_(None))
    if category is not None:
        found = found.where(Allotment.category_id == category.id)
    return _release(forum, list(db.session.scalars(found)), actor=actor, now=now)


def release_due_allotments(forum: Forum, *, now: datetime) -> list[Registration]:
    """Let the unused places go whose date has come, and return whom they were offered to. Flushes."""
    lock_forum(forum)
    due = allotments_of(forum).where(Allotment.released_at.is_(None), Allotment.releases_at <= now)
    return _release(forum, list(db.session.scalars(due)), actor=None, now=now)


def forums_with_due_allotments(*, now: datetime) -> list[Forum]:
    """Return the forums where kept places are due to be released."""
    due = select(Allotment.forum_id).where(Allotment.released_at.is_(None), Allotment.releases_at <= now)
    return list(db.session.scalars(select(Forum).where(Forum.id.in_(due)).order_by(Forum.id)))


def give_places_back(allotment: Allotment, places: int, *, actor: Account, now: datetime) -> list[Registration]:
    """Give some unused places of a holder back before their date, and return whom they were offered to.

    Raises:
        AllotmentRefused: not that many are free.

    Flushes; the caller commits.
    """
    category = allotment.category
    lock_forum(category.forum)
    kept = allotments_by_holder(category).get(allotment.holder)
    if kept is None or not 1 <= places <= kept.pool.free:
        free = kept.pool.free if kept else 0
        message = ngettext(
            "%(num)d place is free; no more and no fewer than 1 can be given back.",
            "%(num)d places are free; no more and no fewer than 1 can be given back.",
            free,
        )
        raise AllotmentRefused(message, field="places")
    before = kept.pool.capacity
    arrange(category, {kept.holder: before - places}, now=now, field="places")
    kept.agreed = kept.pool.capacity
    changes = {"places": (before, before - places)}
    record("places given back", kept, actor=actor, now=now, scope=category.forum.scope, changes=changes)
    return _pass_on(category.forum, now=now)


def _release(
    forum: Forum, allotments: Iterable[Allotment], *, actor: Account | None, now: datetime
) -> list[Registration]:
    by_category: dict[ForumCategory, list[Allotment]] = {}
    for allotment in allotments:
        by_category.setdefault(allotment.category, []).append(allotment)
    for category, theirs in by_category.items():
        before = {each.holder: each.pool.capacity for each in theirs}
        # First everybody into their own places, so that what is left then is what nobody used.
        arrange(category, {}, now=now)
        arrange(category, {each.holder: each.pool.taken for each in theirs}, now=now)
        for each in theirs:
            each.released_at = now
            changes = {"places": (before[each.holder], each.pool.capacity)}
            record("places released", each, actor=actor, now=now, scope=forum.scope, changes=changes)
    return _pass_on(forum, now=now)


def _pass_on(forum: Forum, *, now: datetime) -> list[Registration]:
    db.session.flush()
    end_impossible_swaps(forum, now=now)
    return offer_freed_seats(forum, now=now)


def kept_now(category: ForumCategory) -> KeptPlaces:
    """Return what is kept of a category, by holder."""
    return KeptPlaces(
        {
            holder: Kept(places=each.pool.capacity, releases_at=each.releases_at)
            for holder, each in allotments_by_holder(category).items()
        }
    )


def _refuse_past_dates(before: Mapping[str, Kept], changed: Mapping[str, Kept], *, now: datetime) -> None:
    for holder, kept in changed.items():
        was = before.get(holder, NOTHING)
        only_fewer = kept.releases_at == was.releases_at and kept.places < was.places
        if kept.places and kept.releases_at is not None and kept.releases_at <= now and not only_fewer:
            raise AllotmentRefused(_("The date on which unused places are released is over already."), field=holder)
