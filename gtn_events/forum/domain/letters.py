"""Issuing letters: numbers without gaps, a new number for every change, never a promise."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.field_texts import fill
from gtn_events.core.sealing import Shredded, live_item, open_values, seal_values
from gtn_events.core.venue_time import day_at_venue

from ..enums import LetterKind
from ..errors import LetterRefused, ReasonMissing
from ..models import Letter, LetterSettings, Registration
from ..notifications_letters import tell_of_revoked_letter
from ..queries.letters import live_letter, request_of, valid_letters
from ..words import days_in_words
from .letter_texts import locked_settings
from .locking import hold_registration, lock_registration
from .passports import PassportData, day_of_shredding, opened_passport, refuse_unless_approved

SEALED = "facts"


@dataclass(frozen=True, kw_only=True)
class LetterFacts:
    """Everything a letter shows, fixed when it is issued. ``passport`` is empty on an invitation."""

    kind: str
    reference: str
    issued_on: str
    addressee: str
    text: str
    forum_title: str
    dates: str
    place: str
    name: str
    own_script_name: str
    own_script_language: str
    position: str
    organisation: str
    represents: str
    role: str
    funding: str
    contact_name: str
    contact_email: str
    signatory_name: str
    signatory_post: str
    passport: dict[str, str] = field(default_factory=dict)


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
    number, settings.next_number = settings.next_number, settings.next_number + 1
    if before is not None:
        before.ended_at = now
        # The index allows one live letter: the old one ends before the new one is there.
        db.session.flush()
    letter = Letter(
        forum=registration.forum,
        registration=registration,
        kind=kind,
        number=number,
        reference=f"{registration.forum.reference_prefix}-L-{number:04d}",
        issued_at=now,
        issued_by_id=actor.id if actor else None,
    )
    db.session.add(letter)
    db.session.flush()
    if before is not None:
        before.replaced_by = letter
    facts = _facts(letter, settings, passport, issued_on=day_at_venue(now, letter.forum.time_zone))
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


def _facts(letter: Letter, settings: LetterSettings, passport: PassportData | None, *, issued_on: date) -> LetterFacts:
    registration, forum = letter.registration, letter.forum
    values = {
        "name": registration.delegate_name,
        "position": registration.position,
        "organisation": registration.organisation_name,
        "economy": registration.economy.in_sentence if registration.economy else registration.delegation_class.label,
        "role": registration.category.label,
        "forum": forum.title,
        "dates": days_in_words(forum.starts_on, forum.ends_on),
        "venue": forum.venue,
        "city": forum.city,
    }
    if passport:
        values |= {
            "entry": long_day(passport.entry_on),
            "exit": long_day(passport.exit_on),
            "consulate": passport.consulate,
        }
    return LetterFacts(
        kind=letter.kind.value,
        reference=letter.reference,
        issued_on=long_day(issued_on),
        addressee=passport.consulate if passport else registration.delegate_name,
        text=fill(settings.visa_text if passport else settings.invitation_text, values),
        forum_title=forum.title,
        dates=values["dates"],
        place=f"{forum.venue}, {forum.city}, {forum.host_economy.short_name}",
        name=registration.delegate_name,
        own_script_name=registration.own_script_name,
        own_script_language=registration.own_script_language,
        position=registration.position,
        organisation=registration.organisation_name,
        represents=registration.representation,
        role=registration.category.label,
        funding=registration.funding.value,
        contact_name=forum.contact_name,
        contact_email=forum.contact_email,
        signatory_name=settings.signatory_name,
        signatory_post=settings.signatory_post,
        passport=_shown(passport) if passport else {},
    )


def _shown(passport: PassportData) -> dict[str, str]:
    days = ("born_on", "issued_on", "expires_on", "entry_on", "exit_on")
    texts: dict[str, Any] = passport.as_json()  # Any: texts of every field
    return texts | {name: long_day(getattr(passport, name)) for name in days} | {"kind": passport.kind.label}


def long_day(day: date) -> str:
    """Return ``5 June 2013``: no reader of a letter takes the month for the day."""
    return f"{day.day} {day:%B %Y}"


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
