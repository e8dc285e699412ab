"""Reads of letters and of those who ask for them."""

from collections.abc import Collection, Sequence

from sqlalchemy import Exists, Select, exists, select
from sqlalchemy.orm import joinedload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from ..enums import LetterKind, RegistrationState
from ..models import Forum, Letter, LetterRequest, LetterSettings, Registration

ELIGIBLE = (RegistrationState.APPROVED, RegistrationState.CONFIRMED)
SHOWN = ("", "asked", "without")
BATCH = 500


def settings_of(forum: Forum) -> LetterSettings | None:
    """Return the series of a forum's letters, None before the first."""
    return db.session.scalar(select(LetterSettings).where(LetterSettings.forum_id == forum.id))


def request_of(registration: Registration) -> LetterRequest | None:
    """Return what a delegate asked for."""
    return db.session.scalar(select(LetterRequest).where(LetterRequest.registration_id == registration.id))


def letters_of(registration: Registration) -> list[Letter]:
    """Return every letter of a delegate, the newest first."""
    statement = select(Letter).where(Letter.registration_id == registration.id).options(joinedload(Letter.replaced_by))
    return list(db.session.scalars(statement.order_by(Letter.number.desc())))


def live_letter(registration: Registration, kind: LetterKind) -> Letter | None:
    """Return the letter of a kind that is valid now."""
    return db.session.scalar(
        select(Letter).where(Letter.registration_id == registration.id, Letter.kind == kind, Letter.ended_at.is_(None))
    )


def valid_letters(registration_ids: Sequence[int]) -> list[Letter]:
    """Return the letters of these registrations that are valid now, by their numbers."""
    found: list[Letter] = []
    for start in range(0, len(registration_ids), BATCH):
        part = registration_ids[start : start + BATCH]
        found += db.session.scalars(select(Letter).where(Letter.registration_id.in_(part), Letter.ended_at.is_(None)))
    return sorted(found, key=lambda each: each.number)


def letter_in(forum: Forum, letter_id: int) -> Select[Letter]:
    """Select one letter of this forum."""
    return select(Letter).where(Letter.forum_id == forum.id, Letter.id == letter_id)


def people_for_letters(forum: Forum, shown: str = "") -> Select[Registration]:
    """Select who is approved, by name, without those whose data was erased.

    Args:
        shown: ``asked`` for those who asked for a visa letter and have none, ``without`` for those without invitation.
    """
    erased = exists().where(Account.id == Registration.account_id, Account.erased_at.is_not(None))
    statement = (
        select(Registration)
        .where(Registration.forum_id == forum.id, Registration.state.in_(ELIGIBLE), ~erased)
        .options(joinedload(Registration.economy))
        .order_by(Registration.sort_name, Registration.id)
    )
    if shown == "asked":
        asked = exists().where(LetterRequest.registration_id == Registration.id)
        return statement.where(asked, ~_has(LetterKind.VISA))
    return statement.where(~_has(LetterKind.INVITATION)) if shown == "without" else statement


def letters_by_person(registration_ids: Collection[int]) -> dict[int, dict[str, Letter]]:
    """Return the live letters of people by their kind."""
    found: dict[int, dict[str, Letter]] = {each: {} for each in registration_ids}
    statement = select(Letter).where(Letter.registration_id.in_(registration_ids), Letter.ended_at.is_(None))
    for letter in db.session.scalars(statement):
        found[letter.registration_id][letter.kind.value] = letter
    return found


def requests_by_person(registration_ids: Collection[int]) -> dict[int, LetterRequest]:
    """Return who of these asked for a visa letter."""
    statement = select(LetterRequest).where(LetterRequest.registration_id.in_(registration_ids))
    return {each.registration_id: each for each in db.session.scalars(statement)}


def _has(kind: LetterKind) -> Exists:
    return exists().where(Letter.registration_id == Registration.id, Letter.kind == kind, Letter.ended_at.is_(None))
