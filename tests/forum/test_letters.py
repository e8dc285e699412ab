"""Letters: strict passports, numbers without gaps, a new number for each change, no promise, nothing in plain."""

import io
import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from gtn_events.accounts.domain.personal_data import erase_person, export_person
from gtn_events.accounts.models import Account
from gtn_events.core.db import Base, db
from gtn_events.core.jobs import enqueue_job, run_due_jobs
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from gtn_events.core.sealing import Shredded, shred_due
from gtn_events.designs.enums import Orientation
from gtn_events.designs.errors import DesignRefused
from gtn_events.designs.keeping import keep_design
from gtn_events.designs.values import Design, DesignSignatory
from gtn_events.forum.documents_letters import letter_pdf
from gtn_events.forum.domain.letter_texts import locked_settings
from gtn_events.forum.domain.letters import issue_letter, opened_letter, read_letter, revoke_letter
from gtn_events.forum.domain.passports import (
    ask_for_letter,
    checked_passport,
    months_after,
    read_passport,
    take_passport_back,
)
from gtn_events.forum.enums import Funding, LetterKind, RegistrationState
from gtn_events.forum.errors import LetterRefused, PassportRefused, ReasonMissing
from gtn_events.forum.letter_job import KIND
from gtn_events.forum.models import Letter, LetterRequest, Registration
from gtn_events.forum.queries.letters import people_for_letters
from tests.factories import make_account, make_category, make_forum, make_registration
from tests.forum.lettering import SECRET, passport
from tests.names import NAMES, Name, letters
from tests.pdf_structure import faults_of_structure

pytestmark = pytest.mark.usefixtures("database")


def text_of(data: bytes) -> str:
    assert faults_of_structure(data, title=str(PdfReader(io.BytesIO(data)).metadata.title)) == []
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


@pytest.fixture
def rosa() -> Registration:
    return make_registration(make_category(make_forum()), make_account(), RegistrationState.CONFIRMED)


@pytest.fixture
def organiser(rosa: Registration) -> Account:
    return make_account("organiser@gtn.example", family_name="Lestari")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("full_name", "山田", "letters from A to Z"),
        ("full_name", "R0SA", "letters from A to Z"),
        ("number", "12", "5 to 14"),
        ("number", "ABC<1234", "5 to 14"),
        ("born_on", date(2013, 6, 1), "Look at the year"),
        ("born_on", date(1800, 1, 1), "Look at the year"),
        ("issued_on", date(2014, 1, 1), "issued after the birth"),
        ("issued_on", date(1970, 1, 1), "issued after the birth"),
        ("expires_on", date(2013, 12, 7), "valid for six months"),
        ("exit_on", date(2013, 6, 2), "before you arrive"),
        ("exit_on", date(2013, 6, 4), "miss the forum"),
        ("entry_on", date(2013, 1, 4), "at most 90 days"),
    ],
)
def test_passport_is_checked(rosa: Registration, field: str, value: object, words: str) -> None:
    values = {field: value}
    if words == "miss the forum":
        values["entry_on"] = date(2013, 6, 1)
    with pytest.raises(PassportRefused, match=words) as refused:
        checked_passport(passport(**values), rosa.forum, today=date(2013, 5, 2))
    assert refused.value.field in {field, "entry_on", "exit_on"}


def test_passport_that_is_valid_just_long_enough_is_taken(rosa: Registration) -> None:
    data = checked_passport(passport(expires_on=date(2013, 12, 8)), rosa.forum, today=date(2013, 5, 2))
    assert (data.full_name, data.number) == ("ROSA HUAMAN NAUPARI", "X7654321")


def test_months_end_with_their_last_day() -> None:
    assert months_after(date(2012, 8, 31), 6) == date(2013, 2, 28)


@pytest.mark.parametrize("state", [each for each in RegistrationState if each.value not in ("approved", "confirmed")])
def test_only_who_is_approved_has_letters(rosa: Registration, now: datetime, state: RegistrationState) -> None:
    rosa.state = state
    with pytest.raises(LetterRefused, match="approved by their economy and by the host"):
        ask_for_letter(rosa, passport(), actor=rosa.account, now=now)
    with pytest.raises(LetterRefused):
        issue_letter(rosa, LetterKind.INVITATION, actor=None, now=now)


def test_visa_letter_needs_a_passport(rosa: Registration, now: datetime) -> None:
    with pytest.raises(LetterRefused, match="has not asked"):
        issue_letter(rosa, LetterKind.VISA, actor=None, now=now)


def test_whoever_looks_at_a_passport_stands_in_the_journal(
    rosa: Registration, organiser: Account, now: datetime
) -> None:
    request = ask_for_letter(rosa, passport(), actor=rosa.account, now=now)
    assert read_passport(request, actor=organiser, now=now).number == SECRET
    shown = db.session.scalars(select(JournalEntry).where(JournalEntry.action == "passport data shown")).one()
    assert (shown.actor_id, shown.subject_id) == (organiser.id, rosa.id)


def test_asked_again_the_passport_is_exchanged(rosa: Registration, now: datetime) -> None:
    first = ask_for_letter(rosa, passport(), actor=rosa.account, now=now)
    second = ask_for_letter(rosa, passport(number="Y1111111"), actor=rosa.account, now=now)
    assert (first, read_passport(second, actor=rosa.account, now=now).number) == (second, "Y1111111")


def test_numbers_have_no_gaps_and_a_change_is_a_new_number(
    rosa: Registration, organiser: Account, now: datetime
) -> None:
    ask_for_letter(rosa, passport(), actor=rosa.account, now=now)
    first = issue_letter(rosa, LetterKind.VISA, actor=organiser, now=now)
    db.session.commit()
    issue_letter(rosa, LetterKind.VISA, actor=organiser, now=now)
    db.session.rollback()
    second = issue_letter(rosa, LetterKind.VISA, actor=organiser, now=now)
    third = issue_letter(rosa, LetterKind.INVITATION, actor=organiser, now=now)
    assert [each.reference for each in (first, second, third)] == ["GTN13-L-0001", "GTN13-L-0002", "GTN13-L-0003"]
    assert (first.state, first.replaced_by, second.state, third.state) == ("replaced", second, "valid", "valid")


def test_letter_says_what_was_true_when_it_was_issued(rosa: Registration, organiser: Account, now: datetime) -> None:
    letter = issue_letter(rosa, LetterKind.INVITATION, actor=organiser, now=now)
    rosa.organisation_name = "Another firm"
    assert "Andes Cold Chain" in opened_letter(letter).text


def test_revoked_letter_needs_a_reason_and_is_revoked_once(
    rosa: Registration, organiser: Account, now: datetime
) -> None:
    letter = issue_letter(rosa, LetterKind.INVITATION, actor=organiser, now=now)
    with pytest.raises(ReasonMissing):
        revoke_letter(letter, reason="", actor=organiser, now=now)
    revoke_letter(letter, reason="Wrong days.", actor=organiser, now=now)
    assert letter.state == "revoked"
    with pytest.raises(LetterRefused, match="not valid any more"):
        revoke_letter(letter, reason="Again.", actor=organiser, now=now)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Dear {nmae}", "no field {nmae}"),
        ("Dear {name", "brace is missing"),
        ("Dear {}", "no field {}"),
        ("{passport}", "no field {passport}"),
        ("We guarantee entry.", "must not promise"),
        ("Your visa will be granted.", "must not promise"),
        ("We promise a visa.", "must not promise"),
    ],
)
def test_words_of_letters_are_checked(
    rosa: Registration, organiser: Account, now: datetime, words: str, why: str
) -> None:
    design = Design(template="mark", orientation=Orientation.PORTRAIT, texts={"text": words})
    with pytest.raises(DesignRefused, match=why.replace("{", r"\{").replace("}", r"\}")) as refused:
        keep_design(rosa.forum.scope, "letter-invitation", design, seen=None, actor=organiser, now=now)
    assert refused.value.field == "text"


def test_own_words_stand_on_letters_issued_after(rosa: Registration, organiser: Account, now: datetime) -> None:
    design = Design(
        template="mark",
        orientation=Orientation.PORTRAIT,
        texts={"text": "Come, {name}, {position}, to {city}!"},
        signatories=(DesignSignatory(name="Dewi L", role=""),),
    )
    keep_design(rosa.forum.scope, "letter-invitation", design, seen=None, actor=organiser, now=now)
    facts = opened_letter(issue_letter(rosa, LetterKind.INVITATION, actor=organiser, now=now))
    assert facts.text == "Come, Rosa HUAMÁN, to Jakarta!"
    assert "Dewi L" in text_of(letter_pdf(facts))


@pytest.mark.parametrize(("funding", "sentence"), [(Funding.OWN, "Andes Cold Chain"), (Funding.APEC, "project funds")])
def test_visa_letter_has_what_consulates_ask_for_and_promises_nothing(
    rosa: Registration, organiser: Account, now: datetime, funding: Funding, sentence: str
) -> None:
    rosa.funding = funding
    ask_for_letter(rosa, passport(), actor=rosa.account, now=now)
    letter = issue_letter(rosa, LetterKind.VISA, actor=organiser, now=now)
    page = text_of(letter_pdf(read_letter(letter, actor=organiser, now=now)))
    flat = " ".join(page.split())
    for each in ("GTN13-L-0001", "2 May 2013", "Consulate in Lima", SECRET, "Peruvian", "4 March 1979", sentence):
        assert each in flat, each
    assert "It is not a visa and promises none" in flat
    assert "organiser@gtn.example" in flat


def test_invitation_holds_nothing_of_the_passport(rosa: Registration, organiser: Account, now: datetime) -> None:
    ask_for_letter(rosa, passport(), actor=rosa.account, now=now)
    letter = issue_letter(rosa, LetterKind.INVITATION, actor=organiser, now=now)
    page = text_of(letter_pdf(opened_letter(letter)))
    assert [word for word in (SECRET, "Peruvian", "1979") if word in page] == []


@pytest.mark.parametrize("name", NAMES)
def test_letter_prints_every_script(rosa: Registration, now: datetime, name: Name) -> None:
    rosa.given_name, rosa.family_name = name.given, name.family
    rosa.own_script_name, rosa.own_script_language = name.own_script, name.language
    ask_for_letter(rosa, passport(), actor=rosa.account, now=now)
    page = letters(text_of(letter_pdf(opened_letter(issue_letter(rosa, LetterKind.VISA, actor=None, now=now)))))
    assert letters(name.family.upper()) in page
    assert letters(name.own_script) in page


def test_same_facts_are_the_same_bytes(rosa: Registration, now: datetime) -> None:
    facts = opened_letter(issue_letter(rosa, LetterKind.INVITATION, actor=None, now=now))
    assert letter_pdf(facts) == letter_pdf(facts)
    assert letter_pdf(facts) != letter_pdf(replace(facts, reference="GTN13-L-0009"))


def test_everybody_without_invitation_gets_one_in_a_job(rosa: Registration, organiser: Account, now: datetime) -> None:
    category = rosa.category
    for number in range(3):
        make_registration(category, make_account(f"p{number}@firm.example"), RegistrationState.APPROVED)
    make_registration(category, make_account("waits@firm.example"), RegistrationState.PENDING)
    odd = make_registration(category, make_account("odd@firm.example"), RegistrationState.APPROVED)
    odd.organisation_name = "\U0001f9ff"
    issue_letter(rosa, LetterKind.INVITATION, actor=organiser, now=now)
    for _ in range(2):
        job = enqueue_job(
            KIND, title="Letters", params={"forum_id": rosa.forum_id}, actor=organiser, now=now, scope=rosa.scope
        )
        db.session.commit()
        run_due_jobs(now)
    numbers = list(db.session.scalars(select(Letter.number).order_by(Letter.number)))
    assert (numbers, locked_settings(rosa.forum).next_number) == ([1, 2, 3, 4], 5)
    db.session.refresh(job)
    assert [text[:11] for text in job.failures] == ["Rosa HUAMÁN"]
    mails = list(db.session.scalars(select(OutboxMail.to_address).where(OutboxMail.template == "forum/letter_issued")))
    assert sorted(mails) == ["p0@firm.example", "p1@firm.example", "p2@firm.example"]


def test_on_the_day_everything_is_shredded_and_the_numbers_stay(
    rosa: Registration, organiser: Account, now: datetime
) -> None:
    request = ask_for_letter(rosa, passport(), actor=rosa.account, now=now)
    letter = issue_letter(rosa, LetterKind.VISA, actor=organiser, now=now)
    assert (shred_due(date(2013, 7, 5), now=now), shred_due(date(2013, 7, 6), now=now)) == (0, 2)
    with pytest.raises(Shredded):
        read_passport(request, actor=organiser, now=now)
    with pytest.raises(Shredded, match="its number stays"):
        read_letter(letter, actor=organiser, now=now)
    assert letter.reference == "GTN13-L-0001"


def test_delegate_takes_the_passport_back(rosa: Registration, now: datetime) -> None:
    ask_for_letter(rosa, passport(), actor=rosa.account, now=now)
    taken = [take_passport_back(rosa, actor=rosa.account, now=now) for _time in range(2)]
    assert taken == [True, False]
    assert list(db.session.scalars(select(LetterRequest))) == []
    assert shred_due(date(2013, 7, 6), now=now) == 0


def test_export_tells_and_erasure_shreds(rosa: Registration, organiser: Account, now: datetime) -> None:
    ask_for_letter(rosa, passport(), actor=rosa.account, now=now)
    letter = issue_letter(rosa, LetterKind.VISA, actor=organiser, now=now)
    told = export_person(rosa.account)["letters"]
    assert json.loads(json.dumps(told))["asked"][0]["passport"]["number"] == SECRET
    rosa.state = RegistrationState.CANCELLED
    rosa.category.pools[0].taken -= 1
    erase_person(rosa.account, now=now)
    with pytest.raises(Shredded):
        opened_letter(letter)
    assert list(db.session.scalars(select(LetterRequest))) == []


def test_names_in_what_a_job_could_not_do_are_erased(rosa: Registration, organiser: Account, now: datetime) -> None:
    other = make_account("odd@firm.example", given_name="Budi", family_name="Santoso")
    for each in (rosa, make_registration(rosa.category, other, RegistrationState.CONFIRMED)):
        each.organisation_name = "\U0001f9ff"
    job = enqueue_job(
        KIND, title="Letters", params={"forum_id": rosa.forum_id}, actor=organiser, now=now, scope=rosa.scope
    )
    db.session.commit()
    run_due_jobs(now)
    db.session.refresh(job)
    assert sorted(text.partition(":")[0] for text in job.failures) == ["Budi SANTOSO", "Rosa HUAMÁN"]
    erase_person(rosa.account, now=now + timedelta(days=400))
    db.session.commit()
    told = " ".join(job.failures)
    assert ("HUAMÁN" in told, "SANTOSO" in told, len(job.failures)) == (False, True, 2)


def test_whoever_was_erased_gets_no_letter(rosa: Registration, organiser: Account, now: datetime) -> None:
    over = now + timedelta(days=40)
    erase_person(rosa.account, now=over)
    db.session.commit()
    assert rosa.state is RegistrationState.CONFIRMED
    assert list(db.session.scalars(people_for_letters(rosa.forum))) == []
    with pytest.raises(LetterRefused, match="erased"):
        issue_letter(rosa, LetterKind.INVITATION, actor=organiser, now=over)


def test_nothing_of_a_passport_is_in_plain_anywhere(
    rosa: Registration, organiser: Account, now: datetime, app: Flask
) -> None:
    ask_for_letter(rosa, passport(), actor=rosa.account, now=now)
    letter = issue_letter(rosa, LetterKind.VISA, actor=organiser, now=now)
    read_letter(letter, actor=organiser, now=now)
    db.session.commit()
    words = (SECRET, "Peruvian", "Consulate in Lima", "NAUPARI")
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(select(table)):
            assert [word for word in words if word in str(tuple(row))] == [], table.name
    files = [path for path in Path(app.instance_path).rglob("*") if path.is_file()]
    if db.engine.dialect.name == "sqlite":
        base = Path(str(db.engine.url.database))
        files += base.parent.glob(base.name + "*")
    for path in files:
        content = path.read_bytes()
        assert [word for word in words if word.encode() in content] == [], path
