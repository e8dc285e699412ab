"""The organiser's list, the page of one application, decisions one by one and many at once, export, blocks."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from gtn_events.incubation.enums import ApplicationState, BlockSource, BlockState
from gtn_events.incubation.models import Application, Block, Call, Intake
from tests.factories import grant_role, make_account, sign_in
from tests.incubation.factories import MADE_AT, make_application, make_call, make_host, make_intake
from tests.queries import count_queries

AFTER_CLOSE = datetime(2027, 6, 1, 9, 0, tzinfo=UTC)
DESK = "/co-incubation/co-incubation-2027/manage"


@pytest.fixture(autouse=True)
def _moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AFTER_CLOSE)


@pytest.fixture
def call(database: None) -> Call:
    return make_call()


@pytest.fixture
def korat(call: Call) -> Intake:
    return make_intake(call, make_host())


@pytest.fixture
def organiser(client: FlaskClient, call: Call) -> Account:
    account = make_account("organiser@gtn.example")
    grant_role(account, Role.ORGANISER, call.scope)
    sign_in(client, account)
    return account


@pytest.fixture
def sent(call: Call, korat: Intake) -> list[Application]:
    """Three that wait: two of Peru that name the host, one of Mexico that names none."""
    rosa, luis, itzel = (make_account(f"{name}@{name}.example") for name in ("rosa", "luis", "itzel"))
    waits = {"state": ApplicationState.SUBMITTED}
    return [
        make_application(call, rosa, [korat], "Cold rooms", **waits),
        make_application(call, luis, [korat], "Árbol boards", sector="energy", **waits),
        make_application(call, itzel, [], "Dryers", economy_code="MEX", organisation_name="Secado", **waits),
    ]


def names(page: str, sent: list[Application]) -> list[str]:
    return [each.title for each in sent if f"/applications/{each.reference}" in page]


@pytest.mark.usefixtures("organiser")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["Cold rooms", "Árbol boards", "Dryers"]),
        ("q=arbol", ["Árbol boards"]),
        ("q=secado", ["Dryers"]),
        ("economy=MEX", ["Dryers"]),
        ("sector=energy", ["Árbol boards"]),
        ("state=admitted", []),
        ("host=999", ["Cold rooms", "Árbol boards", "Dryers"]),
        ("sort=nonsense&at=garbage", ["Cold rooms", "Árbol boards", "Dryers"]),
    ],
)
def test_the_list_is_searched_and_narrowed(
    client: FlaskClient, sent: list[Application], asked: str, found: list[str]
) -> None:
    assert names(client.get(f"{DESK}/applications?{asked}").text, sent) == found


@pytest.mark.usefixtures("organiser")
def test_the_list_is_narrowed_to_those_that_name_a_host(
    client: FlaskClient, sent: list[Application], korat: Intake
) -> None:
    assert names(client.get(f"{DESK}/applications?host={korat.id}").text, sent) == ["Cold rooms", "Árbol boards"]


@pytest.mark.usefixtures("organiser")
def test_the_list_costs_the_same_however_long(client: FlaskClient, call: Call, sent: list[Application]) -> None:
    with count_queries() as few:
        client.get(f"{DESK}/applications")
    for number in range(12):
        make_application(call, make_account(f"p{number}@firm.example"), title=f"Project {number}")
    with count_queries() as many:
        client.get(f"{DESK}/applications")
    assert len(many) == len(few)


@pytest.mark.usefixtures("organiser")
def test_admitting_and_refusing_one_tells_the_applicant(client: FlaskClient, sent: list[Application]) -> None:
    first, second = (f"{DESK}/applications/{each.reference}/act" for each in sent[:2])
    client.post(first, data={"action": "admit"})
    client.post(second, data={"action": "refuse", "reason": "  "})
    assert [each.state.value for each in sent] == ["admitted", "submitted", "submitted"]
    client.post(second, data={"action": "refuse", "reason": "No customer yet."})
    assert (sent[1].state.value, sent[1].state_reason) == ("ineligible", "No customer yet.")
    client.post(second, data={"action": "reconsider"})
    assert sent[1].state.value == "submitted"
    mails = [mail.template for mail in db.session.scalars(select(OutboxMail).order_by(OutboxMail.id))]
    assert mails == [f"incubation/application_{word}" for word in ("admitted", "ineligible", "reconsidered")]


@pytest.mark.usefixtures("organiser")
def test_many_are_decided_on_after_their_effect_was_shown(client: FlaskClient, sent: list[Application]) -> None:
    sent[2].state = ApplicationState.WITHDRAWN
    db.session.commit()
    chosen = {"ids": [each.id for each in sent], "action": "admit", "list": ""}
    page = client.post(f"{DESK}/applications/effect", data=chosen).text
    assert ("Admit 2 applications?" in page, "is withdrawn" in page) == (True, True)
    assert [each.state.value for each in sent] == ["submitted", "submitted", "withdrawn"]
    assert "2 applications changed" in client.post(f"{DESK}/applications/act", data=chosen).text
    assert [each.state.value for each in sent] == ["admitted", "admitted", "withdrawn"]


@pytest.mark.usefixtures("organiser")
def test_refusing_many_needs_a_reason(client: FlaskClient, sent: list[Application]) -> None:
    chosen = {"all": "1", "action": "refuse", "list": "economy=PE"}
    answer = client.post(f"{DESK}/applications/act", data=chosen)
    assert (answer.status_code, sent[0].state.value) == (422, "submitted")
    client.post(f"{DESK}/applications/act", data=chosen | {"reason": "No customer."})
    assert [each.state.value for each in sent] == ["ineligible", "ineligible", "submitted"]


@pytest.mark.usefixtures("organiser")
def test_lines_in_the_address_of_the_list_are_no_header(client: FlaskClient) -> None:
    answer = client.post(f"{DESK}/applications/effect", data={"action": "admit", "list": "q=Rosa\r\nX-Evil: 1"})
    assert (answer.status_code, answer.location) == (302, f"{DESK}/applications?q=Rosa%0D%0AX-Evil%3A+1")


@pytest.mark.usefixtures("organiser")
def test_the_export_holds_what_the_list_shows_and_no_formula(client: FlaskClient, sent: list[Application]) -> None:
    sent[0].title = "=1+1"
    db.session.commit()
    answer = client.post(f"{DESK}/applications/export", data={"list": "economy=PE"})
    lines = answer.text.splitlines()
    assert (len(lines), "'=1+1" in answer.text, "Korat Green Incubator" in answer.text) == (3, True, True)


def block(sent: list[Application], korat: Intake) -> Block:
    row = Block(application=sent[0], intake=korat, source=BlockSource.EXISTING_LINK, noted_at=MADE_AT)
    db.session.add(row)
    db.session.commit()
    return row


@pytest.mark.usefixtures("organiser")
def test_a_block_is_dismissed_with_a_reason_only(client: FlaskClient, sent: list[Application], korat: Intake) -> None:
    row = block(sent, korat)
    assert "They work together already" in client.get(f"{DESK}/blocks").text
    client.post(f"{DESK}/blocks/{row.id}", data={"act": "dismiss"})
    assert row.state is BlockState.PROPOSED
    client.post(f"{DESK}/blocks/{row.id}", data={"act": "confirm"})
    assert row.state is BlockState.CONFIRMED
    client.post(f"{DESK}/blocks/{row.id}", data={"act": "dismiss", "reason": "One fair, long ago."})
    assert (row.state, row.reason) == (BlockState.DISMISSED, "One fair, long ago.")


@pytest.mark.usefixtures("organiser")
def test_an_organiser_keeps_two_apart(client: FlaskClient, sent: list[Application], korat: Intake) -> None:
    url = f"{DESK}/applications/{sent[0].reference}/block"
    client.post(url, data={"intake": korat.id, "reason": "One board."})
    row = db.session.scalars(select(Block)).one()
    assert (row.source, row.state, row.detail) == (BlockSource.ORGANISER, BlockState.CONFIRMED, "One board.")
    assert client.post(url, data={"intake": 999, "reason": "x"}).status_code == 404
    assert "Kept apart from" in client.get(f"{DESK}/applications/{sent[0].reference}").text


@pytest.mark.usefixtures("organiser")
def test_ties_are_looked_for_again(client: FlaskClient, sent: list[Application], korat: Intake) -> None:
    korat.host.contact_email = "office@rosa.example"
    db.session.commit()
    client.post(f"{DESK}/blocks/look")
    row = db.session.scalars(select(Block)).one()
    assert (row.application_id, row.source, row.detail) == (sent[0].id, BlockSource.SAME_ORGANISATION, "rosa.example")


def test_nobody_else_comes_in(app: Flask, client: FlaskClient, sent: list[Application], korat: Intake) -> None:
    row = block(sent, korat)
    paths = ("applications", f"applications/{sent[0].reference}", "blocks")
    posts = (
        "applications/effect",
        "applications/act",
        "applications/export",
        f"applications/{sent[0].reference}/act",
        f"applications/{sent[0].reference}/block",
        f"blocks/{row.id}",
        "blocks/look",
    )
    manager, other = make_account("mika@host.example"), make_account("other@gtn.example")
    grant_role(manager, Role.HOST_MANAGER, korat.host.scope)
    grant_role(other, Role.ORGANISER, make_call("another", reference_prefix="ANO27").scope)
    for account in (sent[0].account, manager, other):
        sign_in(client, account)
        for path in paths:
            assert client.get(f"{DESK}/{path}").status_code == 403, (account.email, path)
        for path in posts:
            assert client.post(f"{DESK}/{path}").status_code == 403, (account.email, path)
    for path in paths:
        assert app.test_client().get(f"{DESK}/{path}").status_code == 302
    theirs = DESK.replace("co-incubation-2027", "another")
    assert client.get(f"{theirs}/applications/{sent[0].reference}").status_code == 404
    assert client.post(f"{theirs}/blocks/{row.id}", data={"act": "confirm"}).status_code == 404
