"""Export and erasure of a person's own data."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.domain import personal_data
from gtn_events.accounts.domain.passwords import hash_password
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, AccountSession, RoleGrant, SignInAttempt
from gtn_events.accounts.sweep import sweep_accounts
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.outbox import MailState, OutboxMail

from ..factories import grant_role, make_account, make_organisation, sign_in
from .pages import messages, words

PASSWORD = "three words together"


def rosa() -> Account:
    firm = make_organisation("Andes Cold Chain")
    values = {"own_script_name": "Роза", "own_script_language": "ru", "phone": "+51 1 5550100", "position": "Engineer"}
    return make_account(password_hash=hash_password(PASSWORD), organisation_id=firm.id, **values)


@pytest.fixture
def parts() -> Iterator[None]:
    """The registered parts as they are, whatever the test adds."""
    before = dict(personal_data._parts)
    yield
    personal_data._parts.clear()
    personal_data._parts.update(before)


def test_the_download_holds_every_part_readable_in_every_script(client: FlaskClient, parts: None) -> None:
    personal_data.register_personal_data("seats", lambda account: [account.id], lambda _account, _now: None)
    account = rosa()
    grant_role(account, Role.ORGANISER)
    sign_in(client, account)
    response = client.get("/account/data/download")
    archive = zipfile.ZipFile(io.BytesIO(response.data))
    assert archive.namelist()[:1] == ["account.json"]
    text = archive.read("account.json").decode()
    assert "Роза" in text
    told = json.loads(text)
    assert (told["email"], told["economy"], told["organisation"]) == ("rosa@firm.example", "Peru", "Andes Cold Chain")
    assert [role["role"] for role in told["roles"]] == ["organiser"]
    assert "password_hash" not in text
    assert json.loads(archive.read("seats.json")) == [account.id]


def test_an_erasure_empties_the_account_and_ends_everything(client: FlaskClient) -> None:
    account = rosa()
    grant = grant_role(account, Role.ORGANISER)
    sign_in(client, account)
    client.post("/reset", data={"email": account.email})
    response = client.post("/account/data/erase", data={"current": PASSWORD}, follow_redirects=True)
    assert messages(response) == ["Your data is erased and your account is closed."]
    db.session.expire_all()
    assert (account.display_name, account.email, account.password_hash) == (
        "Erased person",
        f"erased-{account.id}@invalid",
        None,
    )
    values = (account.given_name, account.family_name, account.own_script_name, account.phone, account.position)
    assert values == ("",) * 5
    assert (account.economy_code, account.organisation_id) == (None, None)
    assert "rosa" not in account.search_text + account.sort_name
    assert grant.ended_at is not None
    session = db.session.scalars(select(AccountSession)).one()
    assert (session.ended_at is not None, session.address, session.client) == (True, "", "")
    mail = db.session.scalars(select(OutboxMail)).one()
    assert (mail.state, mail.to_address, mail.body_text) == (MailState.DISCARDED, "", "")
    assert "rosa@" not in mail.key
    assert client.get("/home").status_code == 302


def test_the_address_of_an_erased_person_is_free_again(client: FlaskClient) -> None:
    sign_in(client, rosa())
    client.post("/account/data/erase", data={"current": PASSWORD})
    assert make_account("rosa@firm.example").id is not None


def test_a_wrong_password_erases_nothing(client: FlaskClient) -> None:
    account = rosa()
    sign_in(client, account)
    response = client.post("/account/data/erase", data={"current": "wrong"})
    assert response.status_code == 409
    db.session.refresh(account)
    assert account.erased_at is None


def test_a_part_that_refuses_leaves_everything_as_it_was(client: FlaskClient, parts: None) -> None:
    def refuse(_account: Account, _now: datetime) -> None:
        raise DomainError("You are on the way to a forum. Cancel your registration first.")

    personal_data.register_personal_data("forum", lambda _account: {}, refuse)
    account = rosa()
    sign_in(client, account)
    response = client.post("/account/data/erase", data={"current": PASSWORD})
    assert "You are on the way to a forum. Cancel your registration first." in words(response.text)
    db.session.refresh(account)
    assert (account.email, account.erased_at) == ("rosa@firm.example", None)
    assert client.get("/home").status_code == 200


def test_the_last_administrator_cannot_be_erased(client: FlaskClient) -> None:
    account = rosa()
    grant_role(account, Role.ADMINISTRATOR)
    sign_in(client, account)
    response = client.post("/account/data/erase", data={"current": PASSWORD})
    assert "This is the last administrator." in words(response.text)
    assert db.session.scalars(select(RoleGrant)).one().ended_at is None


def test_attempts_leave_after_a_day_and_sessions_thirty_days_after_their_end(database: None, now: datetime) -> None:
    account = make_account()
    for days in (0, 2):
        db.session.add(SignInAttempt(subject=f"client:{days}", at=now - timedelta(days=days)))
    for number, days in enumerate((1, 31)):
        ended = now - timedelta(days=days)
        session = AccountSession(account_id=account.id, token_sha256=str(number), created_at=now, last_seen_at=now)
        session.expires_at, session.ended_at = now + timedelta(days=1), ended
        db.session.add(session)
    db.session.commit()
    sweep_accounts(now)
    assert db.session.scalars(select(SignInAttempt.subject)).all() == ["client:0"]
    assert db.session.scalars(select(AccountSession.token_sha256)).all() == ["0"]
