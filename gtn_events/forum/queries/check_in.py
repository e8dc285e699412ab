"""Reads for the people at the doors."""

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import joinedload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.references import read_reference
from gtn_events.core.text import fold

from ..enums import RegistrationState
from ..models import CheckIn, Checkpoint, Forum, Registration

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


def live_check_ins(checkpoint: Checkpoint, registrations: list[Registration]) -> dict[int, CheckIn]:
    """Return the check-ins that count, registration id to check-in, for some people in one query."""
    statement = select(CheckIn).where(
        CheckIn.checkpoint_id == checkpoint.id,
        CheckIn.registration_id.in_([each.id for each in registrations]),
        CheckIn.undone_at.is_(None),
    )
    return {each.registration_id: each for each in db.session.scalars(statement)}


def recent_check_ins(checkpoint: Checkpoint, *, limit: int = 10) -> list[CheckIn]:
    """Return the last check-ins at this checkpoint, undone ones too, the newest first."""
    statement = (
        select(CheckIn)
        .where(CheckIn.checkpoint_id == checkpoint.id)
        .options(joinedload(CheckIn.registration).joinedload(Registration.economy))
        .order_by(CheckIn.at.desc(), CheckIn.id.desc())
        .limit(limit)
    )
    return list(db.session.scalars(statement))


def count_in(checkpoint: Checkpoint) -> tuple[int, int]:
    """Return how many delegates are in, and how many are confirmed."""
    inside = select(func.count()).where(CheckIn.checkpoint_id == checkpoint.id, CheckIn.undone_at.is_(None))
    confirmed = select(func.count()).where(
        Registration.forum_id == checkpoint.forum_id, Registration.state == RegistrationState.CONFIRMED
    )
    row = db.session.execute(select(inside.scalar_subquery(), confirmed.scalar_subquery())).one()
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
