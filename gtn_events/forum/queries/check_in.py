"""Reads for the people at the doors."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import joinedload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.references import read_reference
from gtn_events.core.text import fold

from ..enums import Direction, RegistrationState
from ..models import CheckIn, Checkpoint, DoorScan, Forum, Registration
from .door import expected

MOST_FOUND = 20


def by_reference(forum: Forum, typed: str) -> Registration | None:
    """Return the registration whose number was scanned or typed, however it was spelt."""
    found: Registration | None = db.session.scalar(
        _people(forum).where(Registration.reference == read_reference(typed, prefix=forum.reference_prefix))
    )
    return found


def by_name(forum: Forum, typed: str) -> list[Registration]:
    """Return who matches every word by name, organisation, address or number; confirmed people first.

    At most one more than ``MOST_FOUND``, which tells that there are more.
    """
    words = typed.split()
    if not words:
        return []
    conditions = [Registration.search_text.contains(fold(word), autoescape=True) for word in words]
    confirmed_first = (Registration.state != RegistrationState.CONFIRMED).label("not_confirmed")
    statement = (
        _people(forum).where(and_(*conditions)).order_by(confirmed_first, Registration.sort_name, Registration.id)
    )
    return list(db.session.scalars(statement.limit(MOST_FOUND + 1)))


def person_of(forum: Forum, registration_id: int) -> Select[Registration]:
    """Select one registration of this forum with what a door shows."""
    return _people(forum).where(Registration.id == registration_id)


def check_in_of(checkpoint: Checkpoint, check_in_id: int) -> Select[CheckIn]:
    """Select one check-in at this checkpoint with its delegate."""
    return (
        select(CheckIn)
        .where(CheckIn.checkpoint_id == checkpoint.id, CheckIn.id == check_in_id)
        .options(joinedload(CheckIn.registration).joinedload(Registration.economy))
    )


def by_references(forum: Forum, codes: Collection[str]) -> dict[str, Registration]:
    """Return whom scanned codes mean, in one query; codes that mean nobody are left out."""
    references = {code: read_reference(code.rsplit("/", 1)[-1], prefix=forum.reference_prefix) for code in codes}
    found = db.session.scalars(_people(forum).where(Registration.reference.in_(set(references.values()))))
    named = {each.reference: each for each in found}
    return {code: named[each] for code, each in references.items() if each in named}


def scans_by_nonce(nonces: Collection[str]) -> dict[str, DoorScan]:
    """Return the scans that are known already, in one query."""
    return {each.nonce: each for each in db.session.scalars(select(DoorScan).where(DoorScan.nonce.in_(nonces)))}


def live_check_ins(checkpoint: Checkpoint, registrations: list[Registration], slot: str) -> dict[int, CheckIn]:
    """Return the last pass that counts of those who are in, registration id to check-in, in one query."""
    statement = (
        select(CheckIn)
        .where(
            CheckIn.checkpoint_id == checkpoint.id,
            CheckIn.registration_id.in_([each.id for each in registrations]),
            CheckIn.slot_key == slot,
            CheckIn.undone_at.is_(None),
        )
        .order_by(CheckIn.pass_number)
    )
    last = {each.registration_id: each for each in db.session.scalars(statement)}
    return {person: each for person, each in last.items() if each.direction is Direction.IN}


def recent_scans(checkpoint: Checkpoint, *, since: datetime | None = None, limit: int = 12) -> list[DoorScan]:
    """Return the last scans at this checkpoint, whatever came of them, the newest first."""
    statement = (
        select(DoorScan)
        .where(DoorScan.checkpoint_id == checkpoint.id)
        .options(joinedload(DoorScan.registration).joinedload(Registration.economy), joinedload(DoorScan.check_in))
        .order_by(DoorScan.at.desc(), DoorScan.id.desc())
        .limit(limit)
    )
    if since is not None:
        statement = statement.where(DoorScan.at >= since)
    return list(db.session.scalars(statement))


def count_in(checkpoint: Checkpoint, slot: str = "") -> tuple[int, int]:
    """Return how many delegates are in (in this slot), and how many may pass at all."""
    turn = case((CheckIn.direction == Direction.IN, 1), else_=-1)
    inside = select(func.coalesce(func.sum(turn), 0)).where(
        CheckIn.checkpoint_id == checkpoint.id, CheckIn.slot_key == slot, CheckIn.undone_at.is_(None)
    )
    awaited = select(func.count()).select_from(Registration).where(expected(checkpoint))
    row = db.session.execute(select(inside.scalar_subquery(), awaited.scalar_subquery())).one()
    return row[0], row[1]


def name_of_account(account_id: int | None) -> str:
    """Return who let somebody in, empty when nobody is known."""
    account = db.session.get(Account, account_id) if account_id is not None else None
    return account.display_name if account is not None else ""


def _people(forum: Forum) -> Select[Registration]:
    return (
        select(Registration)
        .where(Registration.forum_id == forum.id)
        .options(joinedload(Registration.economy), joinedload(Registration.category))
    )
