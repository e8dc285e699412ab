"""Letters that are issued, revoked and asked for at one moment: numbers without gaps, one that is valid, told once."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.journal import entries_about
from gtn_events.core.outbox import OutboxMail
from gtn_events.core.sealing import SealedItem
from gtn_events.forum.domain.letters import issue_letter, revoke_letter
from gtn_events.forum.domain.passports import ask_for_letter, opened_passport, take_passport_back
from gtn_events.forum.enums import LetterKind, RegistrationState
from gtn_events.forum.models import Forum, Letter, LetterRequest, Registration
from gtn_events.forum.notifications_letters import tell_of_letter, tell_of_revoked_letter
from gtn_events.forum.queries.letters import live_letter, request_of, settings_of
from tests.factories import make_registration
from tests.forum.lettering import passport
from tests.load.people import open_forum, people
from tests.load.test_last_place import Told

EACH, SERIES = 4, 12

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def now() -> datetime:
    return clock.now()


def approved(slug: str, count: int, now: datetime) -> tuple[list[Registration], Account]:
    """Approved delegates of one forum, and an organiser."""
    forum = open_forum(slug, seats=50, now=now)
    forum.reference_prefix = slug.upper()[:8]
    (organiser, _browser), *others = people(count + 1, name=slug, now=now)
    found = [
        make_registration(forum.categories[0], account, RegistrationState.APPROVED, reference=f"{slug}-{account.id}")
        for account, _browser in others
    ]
    return found, organiser


def numbers_of(forum: Forum) -> list[int]:
    return list(db.session.scalars(select(Letter.number).where(Letter.forum_id == forum.id).order_by(Letter.number)))


def happened(registration: Registration) -> Counter[str]:
    """How often each thing stands in the journal of a registration."""
    return Counter(entry.action for entry in db.session.scalars(entries_about(registration, limit=100)))


def test_letters_of_many_people_at_once_are_numbered_without_a_gap(site: Flask, now: datetime) -> None:
    registrations, organiser = approved("many-letters", SERIES, now)
    acts = [partial(_issue, each.id, 0, organiser.id, now) for each in registrations]
    told = Told(site).all_at_once(acts)
    forum = registrations[0].forum
    assert (told, numbers_of(forum)) == ([""] * SERIES, list(range(1, SERIES + 1)))
    settings = settings_of(forum)
    assert settings is not None
    assert settings.next_number == SERIES + 1
    assert len({each.reference for each in db.session.scalars(select(Letter).where(Letter.forum == forum))}) == SERIES


def test_each_forum_has_its_own_series(site: Flask, now: datetime) -> None:
    first, organiser = approved("series-one", EACH, now)
    second, _organiser = approved("series-two", EACH, now)
    acts = [partial(_issue, each.id, 0, organiser.id, now) for pair in zip(first, second, strict=True) for each in pair]
    Told(site).all_at_once(acts)
    assert [numbers_of(each[0].forum) for each in (first, second)] == [list(range(1, EACH + 1))] * 2


def test_a_letter_that_is_asked_for_twice_is_issued_once(site: Flask, now: datetime) -> None:
    [registration], organiser = approved("issued-twice", 1, now)
    told = Told(site).all_at_once([partial(_issue, registration.id, 0, organiser.id, now) for _time in range(EACH)])
    late = "Letter ISSUED-T-L-0001 was issued meanwhile. Look at it; issue another one only if it has to change."
    assert told == [""] + [late] * (EACH - 1)
    assert (numbers_of(registration.forum), mails_to(registration, "issued")) == ([1], 1)


def test_a_letter_that_is_replaced_and_revoked_at_once_is_one_of_both(site: Flask, now: datetime) -> None:
    [registration], organiser = approved("revoked-at-once", 1, now)
    letter = issue_letter(registration, LetterKind.INVITATION, actor=organiser, now=now)
    db.session.commit()
    acts: list[Callable[[], Any]] = [partial(_revoke, letter.id, organiser.id, now) for _time in range(2)]
    told = Told(site).all_at_once([*acts, *[partial(_issue, registration.id, 1, organiser.id, now)] * 2])
    assert told.count("") == 1
    revoked = happened(registration)["letter revoked"]
    assert (letter.state, mails_to(registration, "revoked")) == (("revoked", 1) if revoked else ("replaced", 0))
    assert numbers_of(registration.forum) == ([1] if revoked else [1, 2])
    assert (live_letter(registration, LetterKind.INVITATION) is None) == bool(revoked)


def test_a_passport_that_is_sent_several_times_at_once_is_kept_once(site: Flask, now: datetime) -> None:
    [registration], _organiser = approved("passport-at-once", 1, now)
    told = Told(site).all_at_once([partial(_ask, registration.id, now) for _time in range(EACH)])
    request = request_of(registration)
    assert request is not None
    assert (told, opened_passport(request).number, live_items(request)) == ([""] * EACH, "X7654321", 1)


def test_a_passport_that_is_taken_back_while_the_letter_is_issued_stays_nowhere(site: Flask, now: datetime) -> None:
    [registration], organiser = approved("taken-at-once", 1, now)
    request_id = ask_for_letter(registration, stay(registration.forum, now), actor=registration.account, now=now).id
    db.session.commit()
    takes = partial(_take_back, registration.id, now)
    told = Told(site).all_at_once([takes, takes, partial(_issue_visa, registration.id, organiser.id, now)])
    issued = happened(registration)["letter issued"]
    assert told.count("") == 2 + issued
    assert (request_of(registration), happened(registration)["passport data taken back"]) == (None, 1)
    owner = (SealedItem.owner_type == LetterRequest.__tablename__, SealedItem.shredded_at.is_(None))
    theirs = select(func.count()).where(*owner, SealedItem.owner_id == request_id)
    assert db.session.scalar(theirs) == 0


def mails_to(registration: Registration, what: str) -> int:
    """How many mails of a kind were written to a delegate."""
    told = (OutboxMail.template == f"forum/letter_{what}", OutboxMail.to_address == registration.email)
    return db.session.scalar(select(func.count()).where(*told)) or 0


def live_items(request: LetterRequest) -> int:
    """How many things a request holds under seal."""
    theirs = (SealedItem.owner_type == LetterRequest.__tablename__, SealedItem.owner_id == request.id)
    return db.session.scalar(select(func.count()).where(*theirs, SealedItem.shredded_at.is_(None))) or 0


def stay(forum: Forum, now: datetime) -> Any:  # Any: PassportData
    """A passport and a journey that fit this forum."""
    days = {"entry_on": forum.starts_on, "exit_on": forum.ends_on, "expires_on": (now + timedelta(days=3650)).date()}
    return passport(**days)


def _issue(registration_id: int, replaces: int, organiser_id: int, now: datetime) -> None:
    registration, actor = db.session.get_one(Registration, registration_id), db.session.get_one(Account, organiser_id)
    letter = issue_letter(registration, LetterKind.INVITATION, replaces=replaces, actor=actor, now=now)
    tell_of_letter(letter, now=now)


def _issue_visa(registration_id: int, organiser_id: int, now: datetime) -> None:
    registration, actor = db.session.get_one(Registration, registration_id), db.session.get_one(Account, organiser_id)
    issue_letter(registration, LetterKind.VISA, actor=actor, now=now)


def _revoke(letter_id: int, organiser_id: int, now: datetime) -> None:
    letter, actor = db.session.get_one(Letter, letter_id), db.session.get_one(Account, organiser_id)
    revoke_letter(letter, reason="Wrong name.", actor=actor, now=now)
    tell_of_revoked_letter(letter, now=now)


def _ask(registration_id: int, now: datetime) -> None:
    registration = db.session.get_one(Registration, registration_id)
    ask_for_letter(registration, stay(registration.forum, now), actor=registration.account, now=now)


def _take_back(registration_id: int, now: datetime) -> None:
    registration = db.session.get_one(Registration, registration_id)
    take_passport_back(registration, actor=registration.account, now=now)
