"""What a delegate gave, corrected on their behalf: from, to, why, once told, never a sensitive answer."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from gtn_events.accounts.domain.personal_data import erase_person
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from gtn_events.forum.domain.corrections import correct_registration
from gtn_events.forum.domain.submission import Particulars, change_registration
from gtn_events.forum.enums import RegistrationState
from gtn_events.forum.errors import CorrectionRefused, ReasonMissing
from gtn_events.forum.models import Registration
from gtn_events.questionnaire.domain.answers import store_answers
from gtn_events.questionnaire.queries.answers import read_answers
from tests.factories import make_account, make_category, make_forum, make_registration

NAMES = tuple(Particulars.__dataclass_fields__)


@pytest.fixture
def organiser(database: None) -> Account:
    return make_account("organiser@gtn.example")


@pytest.fixture
def rosa(organiser: Account, now: datetime) -> Registration:
    """A confirmed registration with one plain and one sensitive answer."""
    found = make_registration(make_category(make_forum()), make_account(), RegistrationState.CONFIRMED)
    answers = {"technology": "Biochar", "allergies": "Nuts"}
    store_answers(found.answer_set, found.answer_set.version, answers, now=now, purge_on=None)
    db.session.commit()
    return found


def given(registration: Registration, **changed: Any) -> Particulars:
    return replace(Particulars(**{name: getattr(registration, name) for name in NAMES}), **changed)


def correct(registration: Registration, *, actor: Account, now: datetime, **other: Any) -> bool:
    values: dict[str, Any] = {
        "particulars": given(registration),
        "answers": {"technology": "Biochar"},
        "with_sensitive": False,
        "seen_version": registration.lock_version,
        "reason": "As in the passport.",
    }
    values |= other
    return correct_registration(registration, values.pop("particulars"), **values, actor=actor, now=now)


def journal() -> list[JournalEntry]:
    return list(db.session.scalars(select(JournalEntry).where(JournalEntry.action == "registration corrected")))


def mails() -> list[OutboxMail]:
    return list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def test_a_correction_says_from_and_to_and_why_and_the_state_stays(
    rosa: Registration, organiser: Account, now: datetime
) -> None:
    particulars = given(rosa, given_name="Rosa María", economy_code="CHL", organisation_kind="ministry")
    assert correct(rosa, particulars=particulars, answers={"technology": "Cold stores"}, actor=organiser, now=now)
    assert (rosa.given_name, rosa.economy_code, rosa.state) == ("Rosa María", "CHL", RegistrationState.CONFIRMED)
    assert read_answers(rosa.answer_set, with_sensitive=True) == {"technology": "Cold stores", "allergies": "Nuts"}
    (entry,) = journal()
    assert (entry.actor_id, entry.subject_id, entry.reason) == (organiser.id, rosa.id, "As in the passport.")
    assert entry.changes == {
        "given_name": ["Rosa", "Rosa María"],
        "economy_code": ["Peru", "Chile"],
        "organisation_kind": ["SME", "Ministry or agency"],
        "Technology you bring": ["Biochar", "Cold stores"],
    }


def test_the_delegate_gets_one_mail_that_says_what_changed(
    rosa: Registration, organiser: Account, now: datetime
) -> None:
    correct(rosa, particulars=given(rosa, family_name="Huamán Quispe"), answers={}, actor=organiser, now=now)
    (mail,) = mails()
    assert (mail.template, mail.to_address) == ("forum/registration_corrected", "rosa@firm.example")
    assert mail.key == f"registration:{rosa.id}:forum/registration_corrected:{rosa.lock_version}"
    assert "Family name: Huamán -> Huamán Quispe\n" in mail.body_text
    assert "Technology you bring: Biochar -> –\n" in mail.body_text
    assert "The organiser's reason: As in the passport." in mail.body_text
    correct(rosa, particulars=given(rosa, family_name="Quispe"), answers={}, actor=organiser, now=now)
    assert len(mails()) == 2


def test_sensitive_answers_stand_in_no_journal_and_no_mail(
    rosa: Registration, organiser: Account, now: datetime
) -> None:
    answers = {"technology": "Biochar", "allergies": "Shellfish"}
    assert correct(rosa, answers=answers, with_sensitive=True, actor=organiser, now=now)
    assert read_answers(rosa.answer_set, with_sensitive=True) == answers
    (entry,), (mail,) = journal(), mails()
    assert entry.changes == {"Allergies": ["…", "…"]}
    assert "Allergies: changed; the answer is not shown here" in mail.body_text
    written = f"{entry.changes} {mail.subject} {mail.body_text} {mail.body_html}"
    assert ("Nuts" in written, "Shellfish" in written) == (False, False)


def test_without_the_permission_sensitive_answers_stay(rosa: Registration, organiser: Account, now: datetime) -> None:
    answers = {"technology": "Solar", "allergies": "Shellfish"}
    correct(rosa, answers=answers, with_sensitive=False, actor=organiser, now=now)
    assert read_answers(rosa.answer_set, with_sensitive=True) == {"technology": "Solar", "allergies": "Nuts"}
    assert list(journal()[0].changes) == ["Technology you bring"]


def test_nothing_different_is_nothing_done(rosa: Registration, organiser: Account, now: datetime) -> None:
    seen = rosa.lock_version
    assert not correct(rosa, actor=organiser, now=now)
    assert (journal(), mails(), rosa.lock_version) == ([], [], seen)


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_correction_needs_a_reason(rosa: Registration, organiser: Account, now: datetime, reason: str) -> None:
    with pytest.raises(ReasonMissing) as missing:
        correct(rosa, reason=reason, answers={}, actor=organiser, now=now)
    assert missing.value.field == "reason"


def test_the_second_of_two_is_told_whoever_was_first(rosa: Registration, organiser: Account, now: datetime) -> None:
    seen = rosa.lock_version
    version, person = rosa.answer_set.version, rosa.account
    change_registration(
        rosa, given(rosa), version=version, answers={"technology": "Mine"}, seen_version=seen, actor=person, now=now
    )
    db.session.commit()
    with pytest.raises(Stale):
        correct(rosa, answers={}, seen_version=seen, actor=organiser, now=now)
    db.session.rollback()
    seen = rosa.lock_version
    correct(rosa, answers={"technology": "Theirs"}, seen_version=seen, actor=organiser, now=now)
    db.session.commit()
    with pytest.raises(Stale):
        change_registration(rosa, given(rosa), version=version, answers={}, seen_version=seen, actor=person, now=now)
    db.session.rollback()
    assert (read_answers(rosa.answer_set, with_sensitive=False), len(mails())) == ({"technology": "Theirs"}, 1)


def test_a_held_forum_holds_the_mail(rosa: Registration, organiser: Account, now: datetime) -> None:
    rosa.forum.hold_mail = True
    correct(rosa, answers={}, actor=organiser, now=now)
    assert [mail.state.value for mail in mails()] == ["held"]


def test_an_erased_person_is_not_corrected_and_corrections_are_forgotten(
    rosa: Registration, organiser: Account, now: datetime
) -> None:
    correct(rosa, answers={"technology": "Solar"}, reason="Rosa said so.", actor=organiser, now=now)
    erase_person(rosa.account, now=now + timedelta(days=400))
    db.session.commit()
    db.session.expire_all()
    (entry,), (mail,) = journal(), mails()
    assert (entry.changes, entry.reason, mail.body_text, mail.to_address) == ({}, None, "", "")
    with pytest.raises(CorrectionRefused):
        correct(rosa, answers={"technology": "X"}, actor=organiser, now=now)
