"""Whose place goes, or went, to whom."""

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db

from ..enums import RegistrationState, SubstitutionState
from ..models import CheckIn, Registration, Substitution

REPLACEABLE = (RegistrationState.CONFIRMED, RegistrationState.OFFERED, RegistrationState.WAITLISTED)
# The host has said yes to these.
READY = (RegistrationState.APPROVED, RegistrationState.WAITLISTED)
CAN_COME = (RegistrationState.PENDING, *READY)


def is_checked_in(registration: Registration) -> bool:
    """Say whether somebody has passed a checkpoint."""
    passed = exists().where(CheckIn.registration_id == registration.id, CheckIn.undone_at.is_(None))
    return bool(db.session.scalar(select(passed)))


def keeps_place(registration: Registration) -> bool:
    """Say whether somebody cannot be replaced: there is no place to move, or they have come already."""
    return registration.state not in REPLACEABLE or is_checked_in(registration)


def is_helped(leaves: Registration, comes: Registration) -> bool:
    """Say whether a place in line is of use to somebody: they do not wait, or further behind."""
    if comes.state is not RegistrationState.WAITLISTED or leaves.waitlisted_at is None or comes.waitlisted_at is None:
        return True
    return (-leaves.priority, leaves.waitlisted_at, leaves.id) < (-comes.priority, comes.waitlisted_at, comes.id)


def arrangement_of(registration: Registration) -> Substitution | None:
    """Return how somebody is to be replaced, None while nobody arranged that."""
    statement = select(Substitution).where(
        Substitution.leaves_id == registration.id, Substitution.state == SubstitutionState.ARRANGED
    )
    found: Substitution | None = db.session.scalar(statement)
    return found


def promised_in(forum_id: int) -> dict[int, RegistrationState]:
    """Return for everybody who is to come to a place at a forum, by the id of their registration, what it is now."""
    statement = (
        select(Substitution.comes_id, Registration.state)
        .join(Registration, Registration.id == Substitution.leaves_id)
        .where(
            Registration.forum_id == forum_id,
            Registration.state.in_(REPLACEABLE),
            Substitution.state == SubstitutionState.ARRANGED,
            Substitution.comes_id.is_not(None),
            ~exists().where(CheckIn.registration_id == Registration.id, CheckIn.undone_at.is_(None)),
        )
    )
    return {comes_id: state for comes_id, state in db.session.execute(statement) if comes_id is not None}


def substitutions_about(registration: Registration) -> list[Substitution]:
    """Return what is arranged or done about somebody's place, and about the one they come to, the newest first."""
    statement = (
        select(Substitution)
        .where(
            or_(Substitution.leaves_id == registration.id, Substitution.comes_id == registration.id),
            Substitution.state != SubstitutionState.ENDED,
        )
        .options(joinedload(Substitution.leaves), joinedload(Substitution.comes))
        .order_by(Substitution.id.desc())
    )
    return list(db.session.scalars(statement))
