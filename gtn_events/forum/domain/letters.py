"""Issuing letters: numbers without gaps, a new number for every change, never a promise."""

from dataclasses import asdict
from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.sealing import Shredded, live_item, open_values, seal_values
from gtn_events.core.venue_time import day_at_venue
from gtn_events.designs.keeping import current_design
from gtn_events.designs.standard import standard_design

from ..enums import LetterKind
from ..errors import LetterRefused, ReasonMissing
from ..models import Letter, Registration
from ..notifications_letters import tell_of_revoked_letter
from ..queries.letters import live_letter, request_of, valid_letters
from .letter_texts import locked_settings
from .letter_wording import LetterFacts, content_of, worded
from .locking import hold_registration, lock_registration
from .passports import PassportData, day_of_shredding, opened_passport, refuse_unless_approved

SEALED = "facts"


def issue_letter(
    registration: Registration,
    kind: LetterKind,
    *,
    replaces: int | None = None,
    actor: Account | None,
    now: datetime,
) -> Letter:
    """Give a delegate a letter with the next number; the one of the same kind that was valid is replaced by it.

    Args:
        replaces: the number of the letter that the person saw as valid, 0 for none, None when it does not matter.

    Raises:
        Stale: another letter was issued, or this one revoked, since.
        LetterRefused: the registration is not approved, or nobody asked for a visa letter.
        Shredded: the passport data are gone.
        SealingUnavailable: the site has no key.

    Flushes; the caller commits: only then the number is spent.
    """
    # The series before the person: a job that issues many holds it from its first letter on.
    settings = locked_settings(registration.forum)
    hold_registration(registration)
    # Held until the end: nobody gets a letter in the moment in which the registration is cancelled.
    lock_registration(registration)
    refuse_unless_approved(registration)
    passport = _passport_of(registration) if kind is LetterKind.VISA else None
    before = live_letter(registration, kind)
    _require_as_seen(before, replaces)
    design = current_design(registration.forum.scope, kind.designed)
    number, settings.next_number = settings.next_number, settings.next_number + 1
    if before is not None:
        before.ended_at = now
        # The index allows one live letter: the old one ends before the new one is there.
        db.session.flush()
    letter = Letter(
        forum=registration.forum,
        registration=registration,
        kind=kind,
        design=design,
        number=number,
        reference=f"{registration.forum.reference_prefix}-L-{number:04d}",
        issued_at=now,
        issued_by_id=actor.id if actor else None,
    )
    db.session.add(letter)
    db.session.flush()
    if before is not None:
        before.replaced_by = letter
    content = content_of(registration, passport, issued_on=day_at_venue(now, letter.forum.time_zone))
    facts = worded(
        content, kind, design.design if design else standard_design(kind.designed), reference=letter.reference
    )
    seal_values(letter, SEALED, asdict(facts), shred_on=day_of_shredding(letter.forum, now=now), now=now)
    _record("letter issued", letter, actor=actor, now=now)
    return letter


def revoke_letter(letter: Letter, *, reason: str, actor: Account, now: datetime) -> None:
    """Take a letter back; its number stays spent.

    Raises:
        ReasonMissing: no reason was given.
        LetterRefused: it is not valid any more.

    Flushes; the caller commits.
    """
    if not reason:
        raise ReasonMissing("Say why the letter is revoked.", field="reason")
    locked_settings(letter.forum)
    db.session.refresh(letter)
    if letter.ended_at is not None:
        raise LetterRefused(f"Letter {letter.reference} is not valid any more.")
    _revoke(letter, reason=reason, actor=actor, now=now)


def revoke_letters_of(registration: Registration, *, reason: str, actor: Account | None, now: datetime) -> None:
    """Take back every letter of a registration that is over, and tell its person of each. Flushes."""
    for letter in valid_letters([registration.id]):
        _revoke(letter, reason=reason, actor=actor, now=now)
        tell_of_revoked_letter(letter, now=now)


def read_letter(letter: Letter, *, actor: Account, now: datetime) -> LetterFacts:
    """Return what a letter says, and write down who opened it.

    Raises:
        Shredded: the day has come.
        SealBroken: it does not open.

    Flushes; the caller commits.
    """
    facts = opened_letter(letter)
    _record("letter opened", letter, actor=actor, now=now)
    return facts


def opened_letter(letter: Letter) -> LetterFacts:
    """Return what a letter says, without a note in the journal: for what is noted otherwise."""
    item = live_item(letter, SEALED)
    if item is None:
        raise Shredded("What this letter said was deleted on the day that was announced for it; its number stays.")
    return LetterFacts(**open_values(item))


def _require_as_seen(before: Letter | None, replaces: int | None) -> None:
    if replaces is None or replaces == (before.number if before else 0):
        return
    if before is None:
        raise Stale("The letter was revoked meanwhile. Look at it again, then issue another one.")
    raise Stale(
        f"Letter {before.reference} was issued meanwhile. Look at it; issue another one only if it has to change."
    )


def _revoke(letter: Letter, *, reason: str, actor: Account | None, now: datetime) -> None:
    letter.ended_at, letter.revoked_by_id, letter.revoke_reason = now, actor.id if actor else None, reason
    _record("letter revoked", letter, actor=actor, now=now, reason=reason)


def _passport_of(registration: Registration) -> PassportData:
    request = request_of(registration)
    if request is None:
        raise LetterRefused(f"{registration.delegate_name} has not asked for a visa letter: there is no passport.")
    return opened_passport(request)


def _record(action: str, letter: Letter, *, actor: Account | None, now: datetime, reason: str | None = None) -> None:
    journal.record(
        action,
        letter.registration,
        actor=actor,
        now=now,
        scope=letter.forum.scope,
        changes={"letter": (None, letter.reference)},
        reason=reason,
    )
    db.session.flush()
