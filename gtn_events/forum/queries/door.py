"""What a checkpoint has to know about people: do they belong here, how often have they passed."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, nulls_first, select, true
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db
from gtn_events.core.economies import Economy

from ..enums import ACTIVE_STATES, BookingState, RegistrationState
from ..models import CheckIn, Checkpoint, Forum, ForumCategory, Registration, SideEventBooking


def checkpoints_in_order(forum: Forum, *, closed: bool = False) -> list[Checkpoint]:
    """Return the forum's checkpoints as the doors show them; ``closed`` ones only when asked for, at the end."""
    statement = select(Checkpoint).where(Checkpoint.forum_id == forum.id).options(joinedload(Checkpoint.side_event))
    if not closed:
        statement = statement.where(Checkpoint.closed_at.is_(None))
    return list(
        db.session.scalars(statement.order_by(nulls_first(Checkpoint.closed_at), Checkpoint.position, Checkpoint.id))
    )


def may_pass(checkpoint: Checkpoint) -> ColumnElement[bool]:
    """Return the condition that a registration belongs to those for whom the checkpoint is, whatever its state."""
    conditions: list[ColumnElement[bool]] = [true()]
    if checkpoint.side_event_id is not None:
        booked = select(SideEventBooking.registration_id).where(
            SideEventBooking.side_event_id == checkpoint.side_event_id,
            SideEventBooking.state == BookingState.CONFIRMED,
        )
        conditions.append(Registration.id.in_(booked))
    if checkpoint.category_keys:
        named = select(ForumCategory.id).where(
            ForumCategory.forum_id == checkpoint.forum_id, ForumCategory.key.in_(checkpoint.category_keys)
        )
        conditions.append(Registration.category_id.in_(named))
    return and_(*conditions)


def expected(checkpoint: Checkpoint) -> ColumnElement[bool]:
    """Return the condition that a registration is confirmed and belongs here."""
    return and_(
        Registration.forum_id == checkpoint.forum_id,
        Registration.state == RegistrationState.CONFIRMED,
        may_pass(checkpoint),
    )


def belonging(checkpoint: Checkpoint, registrations: Collection[Registration]) -> set[int]:
    """Return the ids of those for whom the checkpoint is, in one query at most."""
    ids = [each.id for each in registrations]
    if checkpoint.side_event_id is None and not checkpoint.category_keys:
        return set(ids)
    return set(db.session.scalars(select(Registration.id).where(Registration.id.in_(ids), may_pass(checkpoint))))


@dataclass(frozen=True, slots=True)
class PersonAtDoor:
    """What a door's list tells of one person; ``passes`` maps a slot to the number of the last pass in it."""

    reference: str
    given_name: str
    family_name: str
    represents: str
    category: str
    state: RegistrationState
    belongs: bool
    passes: dict[str, int]


def people_at(checkpoint: Checkpoint) -> list[PersonAtDoor]:
    """Return everybody with an active registration, as a checkpoint sees them, in two queries."""
    passes: dict[int, dict[str, int]] = {}
    for person, slot, number in db.session.execute(_passes(checkpoint)):
        passes.setdefault(person, {})[slot] = number
    statement = (
        select(
            Registration.id,
            Registration.reference,
            Registration.given_name,
            Registration.family_name,
            Economy.short_name,
            Registration.delegation_class,
            ForumCategory.label,
            Registration.state,
            may_pass(checkpoint),
        )
        .join(ForumCategory, ForumCategory.id == Registration.category_id)
        .outerjoin(Economy, Economy.code == Registration.economy_code)
        .where(Registration.forum_id == checkpoint.forum_id, Registration.state.in_(sorted(ACTIVE_STATES)))
        .order_by(Registration.id)
    )
    return [
        PersonAtDoor(
            reference,
            given,
            family,
            economy or delegation.label,
            category,
            state,
            bool(belongs),
            passes.get(person, {}),
        )
        for person, reference, given, family, economy, delegation, category, state, belongs in db.session.execute(
            statement
        )
    ]


def passes_of(checkpoint: Checkpoint, registrations: Collection[Registration]) -> dict[tuple[int, str], int]:
    """Return how often some people passed: (registration id, slot) to the number of the last pass that counts."""
    statement = _passes(checkpoint).where(CheckIn.registration_id.in_([each.id for each in registrations]))
    return {(person, slot): number for person, slot, number in db.session.execute(statement)}


def latest_pass(checkpoint: Checkpoint, registration: Registration, slot: str) -> CheckIn | None:
    """Return the last pass of this slot that counts, if there is one."""
    latest: CheckIn | None = db.session.scalar(
        select(CheckIn)
        .where(
            CheckIn.registration_id == registration.id,
            CheckIn.checkpoint_id == checkpoint.id,
            CheckIn.slot_key == slot,
            CheckIn.undone_at.is_(None),
        )
        .order_by(CheckIn.pass_number.desc())
        .limit(1)
    )
    return latest


def _passes(checkpoint: Checkpoint) -> Select[int, str, int]:
    return (
        select(CheckIn.registration_id, CheckIn.slot_key, func.max(CheckIn.pass_number))
        .where(CheckIn.checkpoint_id == checkpoint.id, CheckIn.undone_at.is_(None))
        .group_by(CheckIn.registration_id, CheckIn.slot_key)
    )
