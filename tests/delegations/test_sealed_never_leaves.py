"""Sealed data are driven along every way there is, failures too, and then looked for in whatever was written."""

import base64
import io
import json
import logging
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from werkzeug.test import TestResponse

from gtn_events.accounts.domain.personal_data import export_person
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import Base, db
from gtn_events.core.economies import Economy
from gtn_events.core.jobs import enqueue_job, run_due_jobs, run_due_periodic_tasks
from gtn_events.core.sealing import reseal_all
from gtn_events.core.sealing.folder import sealed_folder
from gtn_events.delegations.domain.travel import fund_traveller
from gtn_events.delegations.models import Traveller, TravelPaper
from gtn_events.delegations.travel_enums import FundingCategory
from gtn_events.forum.domain.letters import issue_letter
from gtn_events.forum.domain.passports import opened_passport
from gtn_events.forum.enums import LetterKind
from gtn_events.forum.letter_job import KIND
from gtn_events.forum.models import Forum, Letter, Registration
from gtn_events.forum.queries.letters import request_of
from tests.delegations.travelling import delegate
from tests.factories import grant_role, make_account, make_forum, sign_in
from tests.forum.lettering import PAGE

FORUM = "/forums/gtn-forum-2013"
MINE, LETTERS = f"{FORUM}/my", f"{FORUM}/manage/letters"
TRAVEL = f"{FORUM}/travel"
# Words that stand nowhere else; the name and the number are in capitals, as in the machine-readable zone.
TYPED = PAGE | {
    "full_name": "QUOKKA XYLOTOMIST",
    "number": "ZQ7766554",
    "nationality": "Vextralian",
    "birth_place": "Quornhaven",
    "consulate": "Zyxxwort Consulate",
    "pays": "Wumpus Payer",
}
IBAN = "IBAN-QX-99-8877-6655"
FILE_NAME = "ploverform.pdf"
PAPER = f"%PDF-1.7\n% {IBAN}\ntrailer\n%%EOF\n".encode()
MARKERS = ("QUOKKA", "ZQ7766554", "Vextralian", "Quornhaven", "Zyxxwort", "Wumpus", IBAN, "ploverform")
ENCODED = (base64.b64encode(PAPER).decode()[12:40], PAPER.hex()[20:60])


def found_in(text: str) -> list[str]:
    """Which markers a text holds, in any letter case."""
    folded = text.casefold()
    return [each for each in (*MARKERS, *ENCODED) if each.casefold() in folded]


@pytest.fixture(autouse=True)
def spring(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """The pages open some weeks before the forum, not today."""
    monkeypatch.setattr("gtn_events.core.clock.now", lambda: now)


@pytest.fixture(autouse=True)
def watched(app: Flask, caplog: pytest.LogCaptureFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything logs as much as it can, errors become pages as on a real site, temporary files have a known folder."""
    caplog.set_level(logging.DEBUG)
    for name in ("sqlalchemy.engine", "sqlalchemy.orm", "sqlalchemy.pool", "gtn_events", "werkzeug"):
        caplog.set_level(logging.DEBUG, logger=name)
    monkeypatch.setitem(app.config, "TESTING", False)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


@pytest.fixture
def forum(database: None) -> Forum:
    return make_forum()


@dataclass(frozen=True)
class People:
    """Whose data it is, and who may read it: passports the organiser, papers the officer too."""

    ana: Registration
    traveller: Traveller
    organiser: Account
    officer: Account


@pytest.fixture
def people(forum: Forum, now: datetime) -> People:
    ana = delegate(forum, "ana@firm.example")
    organiser = make_account("organiser@gtn.example", family_name="Organiser")
    officer = make_account("officer@gtn.example", family_name="Officer")
    grant_role(organiser, Role.ORGANISER, forum.scope)
    grant_role(officer, Role.TRAVEL_OFFICER, forum.scope)
    traveller = fund_traveller(ana, FundingCategory.PARTICIPANT, actor=officer, now=now)
    db.session.commit()
    return People(ana, traveller, organiser, officer)


@pytest.fixture
def nothing_left(
    app: Flask, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> Any:
    """A function that looks for the markers in logs, both outputs, every table and every file that is there now."""
    folders = [Path(app.instance_path), app.config["SETTINGS"].instance_dir, tmp_path]

    def look() -> None:
        db.session.rollback()
        output = capfd.readouterr()
        records = [
            json.dumps([record.getMessage(), record.exc_text, str(record.__dict__)]) for record in caplog.records
        ]
        assert len(records) > 50
        assert found_in("\n".join([caplog.text, *records, output.out, output.err])) == []
        for table in Base.metadata.sorted_tables:
            for row in db.session.execute(select(table)):
                assert found_in(str(tuple(row))) == [], table.name
        for path in _files(folders):
            assert found_in(path.read_bytes().decode("latin-1")) == [], path

    return look


def _files(folders: list[Path]) -> list[Path]:
    files = {path for folder in folders for path in folder.rglob("*") if path.is_file()}
    if db.engine.dialect.name == "sqlite":
        base = Path(str(db.engine.url.database))
        files |= set(base.parent.glob(base.name + "*"))
    return sorted(files)


@contextmanager
def broken(words: str) -> Iterator[None]:
    """Let the database refuse every statement that holds these words, with all that it was given."""

    def spoil(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> tuple[str, Any]:
        return (statement.replace(words, f"{words} broken") if words in statement else statement), parameters

    event.listen(db.engine, "before_cursor_execute", spoil, retval=True)
    try:
        yield
    finally:
        event.remove(db.engine, "before_cursor_execute", spoil)


def ask(client: FlaskClient, **values: str) -> TestResponse:
    return client.post(f"{MINE}/letters/ask", data=TYPED | values)


def send(client: FlaskClient, *, data: bytes = PAPER, kind: str = "bank", name: str = FILE_NAME) -> TestResponse:
    return client.post(f"{MINE}/travel/papers/{kind}", data={"file": (io.BytesIO(data), name)})


def test_what_is_typed_read_issued_and_taken_back_stays_under_seal(
    client: FlaskClient, people: People, nothing_left: Callable[[], None]
) -> None:
    sign_in(client, people.ana.account)
    assert [ask(client).status_code, send(client).status_code] == [302, 302]
    assert client.post(f"{MINE}/travel/papers/bank/file").data == PAPER
    # The two roles that may read.
    sign_in(client, people.organiser)
    assert TYPED["number"] in client.post(f"{LETTERS}/{people.ana.id}/passport").text
    client.post(f"{LETTERS}/{people.ana.id}/issue", data={"kind": "visa", "replaces_visa": "0"})
    letter = db.session.scalars(select(Letter)).one()
    assert client.post(f"{LETTERS}/file/{letter.id}").mimetype == "application/pdf"
    sign_in(client, people.officer)
    paper = db.session.scalars(select(TravelPaper)).one()
    assert client.post(f"{TRAVEL}/papers/{paper.id}/file").data == PAPER
    decision = {"act": "return", "reason": "Cut off.", "seen": str(paper.lock_version)}
    assert client.post(f"{TRAVEL}/papers/{paper.id}/decide", data=decision).status_code == 302
    nothing_left()
    sign_in(client, people.ana.account)
    assert [send(client).status_code, client.post(f"{MINE}/letters/withdraw").status_code] == [302, 302]
    sign_in(client, people.officer)
    client.post(f"{TRAVEL}/people/{people.traveller.id}/end", data={"act": "withdraw", "reason": "Cannot come."})
    nothing_left()


def test_what_is_refused_is_shown_to_its_person_and_kept_nowhere(
    client: FlaskClient, people: People, nothing_left: Callable[[], None]
) -> None:
    sign_in(client, people.ana.account)
    refused = [
        ask(client, expires_on="2013-08-01"),
        ask(client, kind="gold"),
        ask(client, number=f"{TYPED['number']}\N{PILE OF POO}"),
        ask(client, consulate="Zyxxwort" * 100),
        send(client, data=b"MZ\x00" + PAPER, name="ploverform.exe"),
        send(client, data=b""),
        send(client, data=PAPER * 120_000),
        send(client, data=PAPER * 200_000),
    ]
    assert [each.status_code for each in refused] == [422] * 7 + [413]
    assert TYPED["nationality"] in refused[0].text
    assert client.post(f"{MINE}/travel/papers/{IBAN}", data={"file": (io.BytesIO(PAPER), FILE_NAME)}).status_code == 404
    nothing_left()


def test_failures_of_the_database_log_nothing_of_it(
    client: FlaskClient, people: People, nothing_left: Callable[[], None], now: datetime
) -> None:
    sign_in(client, people.ana.account)
    for words in ("INSERT INTO core_sealed", "UPDATE core_sealed", "INSERT INTO core_journal"):
        with broken(words):
            assert [ask(client).status_code, send(client).status_code] == [500, 500], words
    nothing_left()
    ask(client)
    send(client)
    letter = issue_letter(people.ana, LetterKind.VISA, actor=people.organiser, now=now)
    db.session.commit()
    with broken("INSERT INTO core_journal"):
        sign_in(client, people.organiser)
        pages = [client.post(f"{LETTERS}/{people.ana.id}/passport"), client.post(f"{LETTERS}/file/{letter.id}")]
        pages.append(client.post(f"{LETTERS}/{people.ana.id}/issue", data={"kind": "visa", "replaces_visa": "1"}))
        sign_in(client, people.officer)
        paper = db.session.scalars(select(TravelPaper)).one()
        pages.append(client.post(f"{TRAVEL}/papers/{paper.id}/file"))
    assert [(each.status_code, found_in(each.text)) for each in pages] == [(500, [])] * 4
    nothing_left()


def test_failures_on_the_way_and_broken_seals_say_nothing_of_it(
    client: FlaskClient,
    people: People,
    nothing_left: Callable[[], None],
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sign_in(client, people.ana.account)
    ask(client)
    send(client)
    letter = issue_letter(people.ana, LetterKind.VISA, actor=people.organiser, now=now)
    db.session.commit()

    def fails(*_given: object, **_named: object) -> bytes:
        raise RuntimeError("no room for a page")

    sign_in(client, people.organiser)
    with monkeypatch.context() as patch:
        patch.setattr("gtn_events.forum.views.manage.letters.letter_pdf", fails)
        patch.setattr("gtn_events.forum.letter_job.letter_pdf", fails)
        assert client.post(f"{LETTERS}/file/{letter.id}").status_code == 500
        enqueue_job(
            KIND,
            title="Letters",
            params={"forum_id": people.ana.forum_id},
            actor=people.organiser,
            now=now,
            scope=people.ana.scope,
        )
        db.session.commit()
        assert run_due_jobs(now) == 1
    # A sign that no font has stops the letter; what is said of it names the sign alone.
    monkeypatch.setattr("gtn_events.forum.domain.letters.opened_passport", _with_odd_sign(letter))
    page = client.post(
        f"{LETTERS}/{people.ana.id}/issue", data={"kind": "visa", "replaces_visa": "1"}, follow_redirects=True
    )
    assert ("U+1F9FF" in page.text, found_in(page.text)) == (True, [])
    for path in sealed_folder().glob("*"):
        path.write_bytes(path.read_bytes()[::-1])
    sign_in(client, people.ana.account)
    spoilt = client.post(f"{MINE}/travel/papers/bank/file", follow_redirects=True)
    assert ("cannot be opened" in spoilt.text, found_in(spoilt.text)) == (True, [])
    nothing_left()


def test_the_clock_and_a_change_of_keys_write_nothing_of_it(
    client: FlaskClient, people: People, nothing_left: Callable[[], None], now: datetime
) -> None:
    sign_in(client, people.ana.account)
    ask(client)
    send(client)
    reseal_all()
    run_due_periodic_tasks(now)
    nothing_left()
    run_due_periodic_tasks(now.replace(month=7))
    nothing_left()


def test_nobody_else_finds_any_of_it_in_pages_files_or_exports(
    client: FlaskClient, people: People, nothing_left: Callable[[], None], now: datetime
) -> None:
    sign_in(client, people.ana.account)
    ask(client)
    send(client)
    letter = issue_letter(people.ana, LetterKind.VISA, actor=people.organiser, now=now)
    db.session.commit()
    coordinator = make_account("tha@gtn.example", economy_code="THA")
    grant_role(coordinator, Role.ECONOMY_COORDINATOR, db.session.get_one(Economy, "THA").scope)
    other = delegate(people.ana.forum, "ben@firm.example").account
    paper, person = db.session.scalars(select(TravelPaper)).one(), f"{TRAVEL}/people/{people.traveller.id}"
    gets = [LETTERS, f"{LETTERS}/{people.ana.id}", TRAVEL, person, f"{TRAVEL}/ledger", f"{TRAVEL}/ledger.csv"]
    gets += [f"{TRAVEL}/ledger.xlsx", f"{FORUM}/manage/registrations", f"{FORUM}/manage/registrations/{people.ana.id}"]
    gets += [f"{FORUM}/manage/registrations.csv", f"{FORUM}/manage/registrations.xlsx", f"{FORUM}/manage/mail"]
    gets += [f"{FORUM}/delegation/THA", f"{FORUM}/delegation/THA/travel", f"{MINE}/letters", f"{MINE}/travel"]
    gets += [f"{FORUM}/delegation/THA/journal", f"{FORUM}/delegation/THA/mails"]
    posts = [f"{LETTERS}/{people.ana.id}/passport", f"{LETTERS}/file/{letter.id}", f"{TRAVEL}/papers/{paper.id}/file"]
    posts += [f"{MINE}/travel/papers/bank/file", f"{MINE}/letters/{letter.id}/file"]
    for account in (people.organiser, people.officer, coordinator, other, people.ana.account):
        sign_in(client, account)
        for address in gets:
            assert found_in(_all_of(client.get(address))) == [], (account.email, address)
    for account in (coordinator, other):
        sign_in(client, account)
        assert {client.post(address).status_code for address in posts} <= {403, 404}, account.email
    for account in (people.organiser, people.officer, coordinator, other):
        assert found_in(json.dumps(export_person(account), default=str)) == [], account.email
    own = json.dumps(export_person(people.ana.account), default=str)
    assert set(found_in(own)) == {*MARKERS} - {IBAN}
    nothing_left()


def _all_of(answer: TestResponse) -> str:
    """The text of an answer, also inside a workbook."""
    with answer:
        data = answer.data
    if not data.startswith(b"PK"):
        return data.decode("latin-1")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(archive.read(name).decode("latin-1") for name in archive.namelist())


def _with_odd_sign(letter: Letter) -> Callable[..., Any]:
    """What opens passports, as it would be had the person typed a sign that no font has."""
    request = request_of(letter.registration)
    assert request is not None
    passport = opened_passport(request)
    return lambda _request: replace(passport, consulate=f"{passport.consulate} \U0001f9ff")
