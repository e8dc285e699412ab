"""Adds, changes and takes away side events."""

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import delete, exists, select

from gtn_events.accounts.domain.staff import end_everybody
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.seats import SeatPool, set_capacity
from gtn_events.core.venue_time import day_at_venue
from gtn_events.core.versions import require_as_seen
from gtn_events.questionnaire.domain.purge import erase_answers

from ..enums import BookingState, ProposalState
from ..errors import SideEventRefused
from ..models import Checkpoint, Forum, SideEvent, SideEventBooking, SideEventGuest, SideEventProposal
from .locking import lock_forum
from .places import Booking, offer_freed_places
from .proposals.state_change import lock_proposal, move_proposal
from .proposals.transitions import ProposalAction, ProposalParty
from .slugs import free_slug, slug_of

_ENDED = (BookingState.DECLINED, BookingState.CANCELLED)


@dataclass(frozen=True, kw_only=True)
class SideEventDetails:
    """Everything an organiser says about a side event; moments are UTC."""

    title: str
    topic: str
    description: str
    host_name: str
    host_economy_code: str | None
    room_name: str
    starts_at: datetime
    ends_at: datetime
    published: bool


def add_side_event(
    forum: Forum, details: SideEventDetails, *, capacity: int, actor: Account, now: datetime
) -> SideEvent:
    """Add a side event with a seat pool of its own.

    Raises:
        SideEventRefused: its times or its host break a rule, or it is there already.
    """
    lock_forum(forum)  # another one of the same name gets another address
    _check(forum, details)
    _refuse_twice(forum, details)
    side_event = SideEvent(
        forum=forum,
        slug=_slug_of(forum, details.title),
        pool=SeatPool(label=details.title, capacity=capacity, taken=0, created_at=now),
        **_values(details),
    )
    db.session.add(side_event)
    db.session.flush()
    changes = {"title": (None, details.title), "places": (None, capacity)}
    record("side event added", side_event, actor=actor, now=now, scope=forum.scope, changes=changes)
    return side_event


def edit_side_event(
    side_event: SideEvent,
    details: SideEventDetails,
    *,
    capacity: int,
    seen: int | None = None,
    actor: Account,
    now: datetime,
) -> list[Booking]:
    """Change a side event and its capacity, and return whose waiting ended with an offer.

    Args:
        seen: the ``lock_version`` that the person's page shows, None when it does not matter.

    Raises:
        Stale: an organiser or a host changed it since.
        SideEventRefused: its times or its host break a rule.
        CapacityTooSmall: more people than that hold a place.
    """
    lock_forum(side_event.forum)
    db.session.refresh(side_event)
    require_as_seen(side_event, seen)
    _check(side_event.forum, details)
    before = {name: getattr(side_event, name) for name in _values(details)}
    changes = {name: (before[name], value) for name, value in _values(details).items() if before[name] != value}
    if side_event.pool.capacity != capacity:
        changes["capacity"] = (side_event.pool.capacity, capacity)
        set_capacity(side_event.pool, capacity)
    for name, value in _values(details).items():
        setattr(side_event, name, value)
    side_event.pool.label = details.title
    if changes:
        side_event.changed_at = now
        side_event.lock_version += 1
        written = {name: (_plain(old), _plain(new)) for name, (old, new) in changes.items() if name != "description"}
        record("side event changed", side_event, actor=actor, now=now, scope=side_event.scope, changes=written)
    db.session.flush()
    if side_event.published:
        _publish_proposal_of(side_event, actor=actor, now=now)
    return offer_freed_places(side_event, now=now)


def delete_side_event(side_event: SideEvent, *, actor: Account, now: datetime) -> None:
    """Take away a side event that nobody has chosen.

    Raises:
        SideEventRefused: somebody has a place or waits for one, it was proposed and agreed,
            or a checkpoint is its door.
    """
    lock_forum(side_event.forum)  # whoever chooses it at this moment does so before or after
    chosen = exists().where(SideEventBooking.side_event_id == side_event.id, SideEventBooking.state.not_in(_ENDED))
    if db.session.scalar(select(chosen)):
        raise SideEventRefused(f"Delegates have chosen {side_event.title}, so it stays. Hide it instead.")
    if _proposal_of(side_event) is not None:
        raise SideEventRefused(f"{side_event.title} was proposed and agreed, so it stays. Hide it instead.")
    if db.session.scalar(select(exists().where(Checkpoint.side_event_id == side_event.id))):
        raise SideEventRefused(f"{side_event.title} has a checkpoint, so it stays. Hide it instead.")
    changes = {"title": (side_event.title, None)}
    record("side event taken away", side_event, actor=actor, now=now, scope=side_event.scope, changes=changes)
    if db.session.scalar(select(exists().where(SideEventGuest.side_event_id == side_event.id))):
        raise SideEventRefused(f"Guests are invited to {side_event.title}, so it stays. Hide it instead.")
    end_everybody(side_event.host_scope, actor=actor, now=now)
    theirs = SideEventBooking.side_event_id == side_event.id
    asked = select(SideEventBooking.answer_set_id).where(theirs, SideEventBooking.answer_set_id.is_not(None))
    erase_answers(list(db.session.scalars(asked)), now=now)
    db.session.execute(delete(SideEventBooking).where(theirs))
    pool = side_event.pool
    db.session.delete(side_event)
    db.session.flush()
    db.session.delete(pool)
    db.session.flush()


def _proposal_of(side_event: SideEvent) -> SideEventProposal | None:
    return db.session.scalar(select(SideEventProposal).where(SideEventProposal.side_event_id == side_event.id))


def _publish_proposal_of(side_event: SideEvent, *, actor: Account, now: datetime) -> None:
    """Tell whoever proposed it, when it is shown by its own form and not by the proposal's page."""
    proposal = _proposal_of(side_event)
    if proposal is None:
        return
    lock_proposal(proposal)
    if proposal.state is ProposalState.AGREED:
        move_proposal(proposal, ProposalAction.PUBLISH, party=ProposalParty.ORGANISER, actor=actor, now=now)


def _check(forum: Forum, details: SideEventDetails) -> None:
    if details.ends_at <= details.starts_at:
        raise SideEventRefused("The side event ends before it starts.", field="ends_at")
    day = day_at_venue(details.starts_at, forum.time_zone)
    if not forum.starts_on <= day <= forum.ends_on:
        raise SideEventRefused("The side event is not on a day of the forum.", field="starts_at")
    if not details.host_name and details.host_economy_code is None:
        raise SideEventRefused("Say who hosts it: an economy or an organisation.", field="host_name")


def _refuse_twice(forum: Forum, details: SideEventDetails) -> None:
    same = exists().where(
        SideEvent.forum_id == forum.id,
        SideEvent.title == details.title,
        SideEvent.starts_at == details.starts_at,
        SideEvent.ends_at == details.ends_at,
    )
    if db.session.scalar(select(same)):
        raise SideEventRefused(f"There is a side event {details.title} at this time already.", field="title")


def _values(details: SideEventDetails) -> dict[str, object]:
    return {field.name: getattr(details, field.name) for field in fields(details)}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _slug_of(forum: Forum, title: str) -> str:
    taken = set(db.session.scalars(select(SideEvent.slug).where(SideEvent.forum_id == forum.id)))
    return free_slug(slug_of(title)[:70].strip("-") or "side-event", taken)
