"""The mails of a call: its organiser sees them, words their kinds, and holds them."""

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.outbox import MailState, OutboxMail, Wording, set_wording, wording_of
from gtn_events.incubation.domain.applications import admit_application
from gtn_events.incubation.domain.intakes import withdraw_places
from gtn_events.incubation.domain.opening import NextCall, clone_call
from gtn_events.incubation.enums import ApplicationState
from gtn_events.incubation.models import Application, Call, Intake
from tests.accounts.pages import words
from tests.factories import grant_role, make_account, sign_in
from tests.incubation.factories import make_application, make_call, make_host, make_intake

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
MAIL = "/co-incubation/co-incubation-2027/manage/mail"
ADMITTED = "incubation/application_admitted"


@pytest.fixture(autouse=True)
def _moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def call(database: None) -> Call:
    return make_call()


@pytest.fixture
def korat(call: Call) -> Intake:
    return make_intake(call, make_host())


@pytest.fixture
def organiser(call: Call) -> Account:
    account = make_account("organiser@gtn.example")
    grant_role(account, Role.ORGANISER, call.scope)
    return account


@pytest.fixture
def sent(call: Call, korat: Intake) -> Application:
    return make_application(call, make_account(), [korat], state=ApplicationState.SUBMITTED)


def test_an_organiser_sees_the_mails_of_the_call_and_of_no_other(
    client: FlaskClient, organiser: Account, sent: Application
) -> None:
    other = make_call("another", reference_prefix="ANO27")
    theirs = make_application(other, make_account("luis@firm.example"), state=ApplicationState.SUBMITTED)
    for each in (sent, theirs):
        admit_application(each, actor=organiser, now=NOW)
    db.session.commit()
    sign_in(client, organiser)
    page = client.get(MAIL).text
    assert (sent.account.email in page, theirs.account.email in page) == (True, False)
    mail = db.session.scalars(select(OutboxMail).where(OutboxMail.to_address == theirs.account.email)).one()
    assert client.get(f"{MAIL}/{mail.id}").status_code == 404
    assert '<a href="/co-incubation/co-incubation-2027/manage/mail"' in client.get(MAIL.removesuffix("mail")).text


def test_own_words_and_holding_count_for_the_next_mail(
    client: FlaskClient, organiser: Account, sent: Application
) -> None:
    sign_in(client, organiser)
    assert "Application admitted" in words(client.get(f"{MAIL}/words").text)
    given = {"words": "Come to the talk on Friday.", "hold": "y", "version": "0"}
    assert client.post(f"{MAIL}/words/application_admitted", data=given).location == f"{MAIL}/words"
    admit_application(db.session.get_one(Application, sent.id), actor=organiser, now=NOW)
    db.session.commit()
    mail = db.session.scalars(select(OutboxMail)).one()
    assert (mail.state, "Come to the talk on Friday." in mail.body_text) == (MailState.HELD, True)


def test_the_next_call_takes_the_words_along(call: Call, organiser: Account) -> None:
    set_wording(call.scope, ADMITTED, Wording("As every year.", hold=True), actor=organiser, now=NOW)
    following = NextCall(
        title="Co-incubation 2028",
        slug="co-incubation-2028",
        reference_prefix="COI28",
        opens_on=datetime(2028, 2, 1, tzinfo=UTC).date(),
    )
    copy = clone_call(call, following, actor=organiser, now=NOW)
    copied = wording_of(copy.scope, ADMITTED)
    assert (copied.words, copied.hold) == ("As every year.", True)


def test_firms_whose_host_takes_its_places_back_hear_of_it_from_the_call(
    client: FlaskClient, organiser: Account, sent: Application, korat: Intake
) -> None:
    withdraw_places(korat, reason="The roof is being mended.", actor=organiser, now=NOW)
    db.session.commit()
    sign_in(client, organiser)
    assert sent.account.email in client.get(MAIL).text


@pytest.mark.parametrize("role", [Role.HELPER, Role.HOST_MANAGER, None])
def test_nobody_else_sees_the_mails(client: FlaskClient, call: Call, korat: Intake, role: Role | None) -> None:
    person = make_account("person@gtn.example")
    if role is not None:
        grant_role(person, role, korat.host.scope if role is Role.HOST_MANAGER else call.scope)
    sign_in(client, person)
    for page in ("", "/words", "/words/application_admitted"):
        assert client.get(f"{MAIL}{page}").status_code == 403
