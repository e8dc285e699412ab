"""What a delegate types for a visa letter: looked at strictly, sealed, and shredded on the forum's day."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.sealing import Shredded, live_item, open_values, seal_values, shred_of
from gtn_events.core.text import fold
from gtn_events.core.venue_time import day_at_venue

from ..enums import PassportKind, RegistrationState
from ..errors import LetterRefused, PassportRefused
from ..models import Forum, LetterRequest, Registration
from ..queries.letters import request_of
from .locking import hold_registration

SEALED = "passport"
APPROVED_BY_ALL = frozenset({RegistrationState.APPROVED, RegistrationState.CONFIRMED})
PURGE_AFTER = timedelta(days=30)
LONGEST_STAY = timedelta(days=90)
OLDEST = timedelta(days=120 * 366)
VALID_BEYOND_MONTHS = 6
# Letters of the machine-readable zone (ICAO 9303), with what stands for its filler in print.
_NAME = re.compile(r"[A-Z][A-Z '\-]*")
_NUMBER = re.compile(r"[A-Z0-9]{5,14}")


@dataclass(frozen=True, kw_only=True)
class PassportData:
    """A passport and a journey, as the person typed them; ``nationality`` is never chosen from a list."""

    full_name: str
    number: str
    kind: PassportKind
    nationality: str
    issued_on: date
    expires_on: date
    born_on: date
    birth_place: str
    sex: str
    consulate: str
    entry_on: date
    exit_on: date
    pays: str

    def as_json(self) -> dict[str, Any]:  # Any: a text of every field
        """Return what is sealed."""
        return {each.name: str(getattr(self, each.name)) for each in fields(self)}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "PassportData":  # Any: see above
        """Return what was sealed."""
        days = {name: date.fromisoformat(text) for name, text in values.items() if name.endswith("_on")}
        return cls(**{**values, **days, "kind": PassportKind(values["kind"])})


def ask_for_letter(registration: Registration, data: PassportData, *, actor: Account, now: datetime) -> LetterRequest:
    """Keep what a visa letter needs; asked again, it takes the place of what was there.

    Raises:
        LetterRefused: the registration is not approved by economy and host, or the day of shredding has come.
        PassportRefused: something cannot be as typed.
        SealingUnavailable: the site has no key.

    Flushes; the caller commits.
    """
    hold_registration(registration)
    refuse_unless_approved(registration)
    checked = checked_passport(data, registration.forum, today=day_at_venue(now, registration.forum.time_zone))
    request = request_of(registration)
    if request is None:
        request = LetterRequest(registration=registration, asked_at=now, changed_at=now)
        db.session.add(request)
        db.session.flush()
    request.changed_at = now
    seal_values(request, SEALED, checked.as_json(), shred_on=day_of_shredding(registration.forum, now=now), now=now)
    journal.record("visa letter asked for", registration, actor=actor, now=now, scope=registration.scope)
    return request


def take_passport_back(registration: Registration, *, actor: Account, now: datetime) -> bool:
    """Shred what the delegate gave; False when nothing is there any more. Flushes; the caller commits."""
    hold_registration(registration)
    request = request_of(registration)
    if request is None:
        return False
    shred_of(request, now=now)
    db.session.delete(request)
    journal.record("passport data taken back", registration, actor=actor, now=now, scope=registration.scope)
    db.session.flush()
    return True


def read_passport(request: LetterRequest, *, actor: Account, now: datetime) -> PassportData:
    """Return passport and journey, and write down who looked.

    Raises:
        Shredded: the day has come.
        SealBroken: they do not open.

    Flushes; the caller commits.
    """
    data = opened_passport(request)
    registration = request.registration
    journal.record("passport data shown", registration, actor=actor, now=now, scope=registration.scope)
    db.session.flush()
    return data


def opened_passport(request: LetterRequest) -> PassportData:
    """Return what a request holds; for what the journal names otherwise (a letter that is issued, an export)."""
    item = live_item(request, SEALED)
    if item is None:
        raise Shredded("The passport data were deleted on the day that was announced for it.")
    return PassportData.from_json(open_values(item))


def refuse_unless_approved(registration: Registration) -> None:
    """Raise ``LetterRefused`` unless economy and host have said yes to somebody whose data is there."""
    if registration.account.erased_at is not None:
        raise LetterRefused("This person's data was erased. There is nobody to write a letter for.")
    if registration.state not in APPROVED_BY_ALL:
        raise LetterRefused("Letters are for people whose registration is approved by their economy and by the host.")


def day_of_shredding(forum: Forum, *, now: datetime) -> date:
    """Return the day on which confidential data of a forum go.

    Raises:
        LetterRefused: it has come, so nothing is taken in any more.
    """
    day = forum.purge_sensitive_on or forum.ends_on + PURGE_AFTER
    if day <= now.date():
        raise LetterRefused("Confidential data of this forum were deleted; no more are taken in.")
    return day


def checked_passport(data: PassportData, forum: Forum, *, today: date) -> PassportData:
    """Return the data with name and number as the machine-readable zone has them.

    Raises:
        PassportRefused: a name, number or date that no passport has, or a journey that it does not cover.
    """
    name, number = " ".join(fold(data.full_name).upper().split()), re.sub(r"[\s-]", "", data.number).upper()
    if not _NAME.fullmatch(name):
        _refuse("full_name", "Write the name as in the last two lines of the passport page: letters from A to Z only.")
    if not _NUMBER.fullmatch(number):
        _refuse("number", "Write the number as in the passport: 5 to 14 letters from A to Z and digits.")
    if not today - OLDEST < data.born_on < today:
        _refuse("born_on", "Nobody with this date of birth can travel. Look at the year.")
    if not data.born_on <= data.issued_on <= today:
        _refuse("issued_on", "The passport must have been issued after the birth, and by today.")
    _check_journey(data, forum)
    if data.expires_on < months_after(data.exit_on, VALID_BEYOND_MONTHS):
        _refuse("expires_on", "The passport must be valid for six months after you leave. Renew it first.")
    return PassportData(**{**data.__dict__, "full_name": name, "number": number})


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _check_journey(data: PassportData, forum: Forum) -> None:
    if data.exit_on < data.entry_on:
        _refuse("exit_on", "You cannot leave before you arrive.")
    if data.exit_on < forum.starts_on or data.entry_on > forum.ends_on:
        _refuse("entry_on", "These days miss the forum.")
    if data.exit_on - data.entry_on > LONGEST_STAY:
        _refuse("exit_on", "A letter is for a stay of at most 90 days.")


def _refuse(field: str, message: str) -> None:
    raise PassportRefused(message, field=field)
