"""Opens, changes, publishes and closes a forum."""

import re
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from flask_babel import ngettext
from sqlalchemy import func, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.journal import record
from gtn_events.core.seats import CapacityTooSmall, SeatPool, set_capacity
from gtn_events.core.venue_time import YEARS

from ..enums import SEATED_STATES, ForumState
from ..errors import ForumRefused
from ..models import ConsentText, Forum, Registration
from .locking import lock_forum
from .waiting_list import offer_freed_seats

SLUG = re.compile(r"[a-z](?:[a-z0-9]|-(?=[a-z0-9])){2,59}")
PREFIX = re.compile(r"[A-Z][A-Z0-9]{1,7}")
RESERVED_SLUGS = frozenset({"new"})


@dataclass(frozen=True, kw_only=True)
class ForumDetails:
    """Everything an organiser says about a forum; moments are UTC, days are days at the venue."""

    slug: str
    title: str
    edition: str
    tagline: str
    description: str
    who_may_come: str
    costs: str
    practical: str
    host_economy_code: str
    city: str
    venue: str
    venue_notes: str
    time_zone: str
    starts_on: date
    ends_on: date
    registration_opens_at: datetime
    registration_closes_at: datetime
    changes_close_at: datetime | None
    contact_name: str
    contact_email: str
    privacy_notice: str
    offer_hours: int
    hold_mail: bool
    purge_sensitive_on: date | None
    reference_prefix: str
    economy_answer_days: int = 7


def check_details(details: ForumDetails, *, forum: Forum | None) -> None:
    """Refuse details that break a rule; ``forum`` is the one being changed, if any.

    Raises:
        ForumRefused: with the field it belongs to.
    """
    if details.slug in RESERVED_SLUGS or not SLUG.fullmatch(details.slug):
        raise ForumRefused(
            "Use 3 to 60 small letters, digits and single hyphens, starting with a letter, such as gtn-forum-2027.",
            field="slug",
        )
    if not PREFIX.fullmatch(details.reference_prefix):
        raise ForumRefused(
            "Use 2 to 8 capital letters and digits, starting with a letter, such as GTN27.", field="reference_prefix"
        )
    for field in ("starts_on", "ends_on", "purge_sensitive_on"):
        refuse_other_years(getattr(details, field), field=field)
    if details.ends_on < details.starts_on:
        raise ForumRefused("The last day is before the first day.", field="ends_on")
    if details.registration_closes_at <= details.registration_opens_at:
        raise ForumRefused("Registration closes before it opens.", field="registration_closes_at")
    if details.changes_close_at is not None and details.changes_close_at <= details.registration_opens_at:
        raise ForumRefused("Changes would end before registration opens.", field="changes_close_at")
    if details.purge_sensitive_on is not None and details.purge_sensitive_on < details.ends_on:
        raise ForumRefused(
            "Meals and access needs are used until the last day; choose a later date.", field="purge_sensitive_on"
        )
    _check_slug_is_free(details.slug, forum)
    if forum is not None and forum.state is not ForumState.DRAFT and forum.slug != details.slug:
        raise ForumRefused("The address of a published forum stays: people keep links to it.", field="slug")


def refuse_other_years(day: date | None, *, field: str) -> None:
    """Raise ``ForumRefused`` for a day in a year that cannot be meant."""
    if day is not None and day.year not in YEARS:
        raise ForumRefused(f"Choose a year from {YEARS[0]} to {YEARS[-1]}.", field=field)


def edit_forum(forum: Forum, details: ForumDetails, *, lock_version: int, actor: Account, now: datetime) -> None:
    """Change a forum's settings and write what changed to the journal.

    Args:
        lock_version: the version that the person saw.

    Raises:
        Stale: somebody else changed the forum since then.
        ForumRefused: the details break a rule.

    Flushes; the caller commits.
    """
    if forum.lock_version != lock_version:
        raise Stale("The settings were changed while you had them open.")
    check_details(details, forum=forum)
    changes = differences(forum, details)
    if not changes:
        return
    for name in changes:
        setattr(forum, name, getattr(details, name))
    record("settings changed", forum, actor=actor, now=now, scope=forum.scope, changes=_written(changes))
    db.session.flush()


def differences(forum: Forum, details: ForumDetails) -> dict[str, tuple[Any, Any]]:  # Any: a column's value
    """Return the settings that differ: name to (stored, given)."""
    pairs = {field.name: (getattr(forum, field.name), getattr(details, field.name)) for field in fields(details)}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def set_overall_capacity(forum: Forum, capacity: int | None, *, actor: Account, now: datetime) -> list[Registration]:
    """Set how many people the forum takes over all categories; None takes the limit away.

    Returns:
        Whom a place was offered to because there are more now.

    Raises:
        CapacityTooSmall: more people than that hold a seat.
    """
    lock_forum(forum)
    before = forum.pool.capacity if forum.pool else None
    if before == capacity:
        return []
    if capacity is None:
        _remove_overall_pool(forum)
    elif forum.pool is None:
        forum.pool = _overall_pool(forum, capacity, now=now)
    else:
        set_capacity(forum.pool, capacity)
    db.session.flush()
    changes = {"overall places": (before, capacity)}
    record("places changed", forum, actor=actor, now=now, scope=forum.scope, changes=changes)
    return offer_freed_seats(forum, now=now)


def write_consent_text(forum: Forum, text: str, *, actor: Account, now: datetime) -> ConsentText:
    """Make a new version of the consent text, unless the newest says just that; return the one in force.

    Registrations keep the version they were given under.
    """
    newest = forum.consent_texts[-1] if forum.consent_texts else None
    if newest is not None and newest.text == text:
        return newest
    version = ConsentText(number=(newest.number if newest else 0) + 1, text=text, created_at=now)
    forum.consent_texts.append(version)
    db.session.flush()
    changes = {"version": (version.number - 1, version.number)}
    record("consent text changed", forum, actor=actor, now=now, scope=forum.scope, changes=changes)
    return version


def publish_forum(forum: Forum, *, actor: Account, now: datetime) -> None:
    """Show a draft to everybody.

    Raises:
        ForumRefused: it is no draft, or it has no category that people can choose, or no consent text.
    """
    if forum.state is not ForumState.DRAFT:
        raise ForumRefused(f"{forum.title} is {forum.state.value} already.")
    if not any(category.open_to_public for category in forum.categories):
        raise ForumRefused(f"{forum.title} has no category that people can choose. Add one first.")
    if not forum.consent_texts:
        raise ForumRefused(f"{forum.title} has no consent text. Write it in the settings first.")
    _set_state(forum, ForumState.PUBLISHED, action="forum published", actor=actor, now=now)


def close_forum(forum: Forum, *, actor: Account, now: datetime) -> None:
    """Take no more registrations; the page, the programme and everything that was decided stay.

    Raises:
        ForumRefused: it is not published.
    """
    if forum.state is not ForumState.PUBLISHED:
        raise ForumRefused(f"{forum.title} is {forum.state.value}; only a published forum can be closed.")
    _set_state(forum, ForumState.CLOSED, action="forum closed", actor=actor, now=now)


def reopen_forum(forum: Forum, *, actor: Account, now: datetime) -> None:
    """Let a closed forum take registrations again, within its window.

    Raises:
        ForumRefused: it is not closed.
    """
    if forum.state is not ForumState.CLOSED:
        raise ForumRefused(f"{forum.title} is {forum.state.value}; only a closed forum can be opened again.")
    _set_state(forum, ForumState.PUBLISHED, action="forum opened again", actor=actor, now=now)


def _set_state(forum: Forum, state: ForumState, *, action: str, actor: Account, now: datetime) -> None:
    before, forum.state = forum.state, state
    record(action, forum, actor=actor, now=now, scope=forum.scope, changes={"state": (before.value, state.value)})
    db.session.flush()


def _check_slug_is_free(slug: str, forum: Forum | None) -> None:
    owner = db.session.scalar(select(Forum.id).where(Forum.slug == slug))
    if owner is not None and (forum is None or forum.id != owner):
        raise ForumRefused("Another forum has this address. Choose a different one.", field="slug")


def _remove_overall_pool(forum: Forum) -> None:
    pool, forum.pool = forum.pool, None
    db.session.flush()
    # Its count would stay behind, and agree with nothing.
    db.session.delete(pool)


def _overall_pool(forum: Forum, capacity: int, *, now: datetime) -> SeatPool:
    """Return a new pool in which the seats that are held already are counted."""
    # The caller holds the forum's lock: nobody gets a seat between the count and the new pool.
    seated = select(func.count()).where(Registration.forum_id == forum.id, Registration.state.in_(SEATED_STATES))
    taken = db.session.scalar(seated) or 0
    if taken > capacity:
        raise CapacityTooSmall(
            ngettext(
                "%(num)d place is taken; the capacity cannot be %(capacity)d.",
                "%(num)d places are taken; the capacity cannot be %(capacity)d.",
                taken,
                capacity=capacity,
            ),
            field="capacity",
        )
    return SeatPool(label=f"{forum.title}, all categories", capacity=capacity, taken=taken, created_at=now)


def _written(changes: dict[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    """Return the changes with values that JSON can hold; long texts are shortened."""
    return {name: (_plain(before), _plain(after)) for name, (before, after) in changes.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, str) and len(value) > 200:
        return value[:199] + "…"
    return value
