"""Nominating by mail, through the web: the coordinator's form, the firm's link, its first step."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.domain.signed_links import LinkPurpose
from gtn_events.accounts.models import Account
from gtn_events.accounts.views.tokens import signer
from gtn_events.competition.enums import Endorsement, EntryPath, NominationState
from gtn_events.competition.models import Competition, Entry, EntryDraft, Nomination
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from tests.accounts.pages import field_errors, heading, messages
from tests.competition.economy.desks import NOW, make_nomination
from tests.competition.entrant.entering import fill_in
from tests.factories import make_account, sign_in

URL = "/competitions/sme-competition-2013"
FIRM = {
    "economy_code": "PE",
    "organisation_name": "Altiplano Fibre",
    "name": "Lupe Mamani",
    "email": "lupe@firm.example",
}
PERSON = {
    "given_name": "Lupe",
    "family_name": "Mamani",
    "origin": "economy:PE",
    "time_zone": "America/Lima",
    "password": "a-long-enough-word-7",
}


@pytest.fixture(autouse=True)
def _moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def competition(competition: Competition) -> Competition:
    competition.entry_path = EntryPath.NOMINATED
    db.session.commit()
    return competition


@pytest.fixture
def desk(client: FlaskClient, coordinator: Account) -> FlaskClient:
    sign_in(client, coordinator)
    return client


def link_in_mail() -> str:
    mail = db.session.scalars(select(OutboxMail).where(OutboxMail.template == "competition/firm_nominated")).one()
    found = re.search(r"https?://[^/\s]+(/competitions/\S+/economy/nomination/\S+)", mail.body_text)
    assert found is not None
    return found.group(1)


def link_of(nomination: Nomination) -> str:
    token = signer().make(LinkPurpose.NOMINATION, {"nomination": nomination.id}, now=NOW)
    return f"{URL}/economy/nomination/{token}"


def sign_out(client: FlaskClient) -> None:
    client.delete_cookie("gtn-account")


def test_a_firm_without_an_account_is_nominated_and_enters(desk: FlaskClient, competition: Competition) -> None:
    reply = desk.post(f"{URL}/economy/nominate", data=FIRM, follow_redirects=True)
    assert messages(reply) == ["Altiplano Fibre is nominated. The link is on its way to lupe@firm.example."]
    assert "Not opened yet" in reply.text
    sign_out(desk)
    link = link_in_mail()
    assert heading(desk.get(link)) == "Peru nominates you"
    begun = desk.post(link, data=PERSON)
    assert begun.status_code == 302, begun.text
    draft = str(begun.location).rstrip("/")
    fill_in(desk, draft)
    sent = desk.post(f"{draft}/check")
    assert sent.status_code == 302, sent.text
    entry = db.session.scalars(select(Entry)).one()
    nomination = db.session.scalars(select(Nomination)).one()
    assert (entry.endorsement, nomination.state) == (Endorsement.ENDORSED, NominationState.ENTERED)
    assert "have entered with this nomination already" in desk.get(link, follow_redirects=True).text


def test_before_entries_open_a_new_person_is_told_that_the_nomination_is_kept(
    client: FlaskClient, competition: Competition, coordinator: Account
) -> None:
    nomination = make_nomination(competition, coordinator)
    competition.entries_open_at = NOW + timedelta(hours=1)
    db.session.commit()
    reply = client.post(link_of(nomination), data=PERSON, follow_redirects=True)
    assert messages(reply) == ["Your nomination is kept. You can enter when entries open."]
    assert "Lupe" in reply.text


def test_the_link_begins_one_draft_however_often_it_is_used(
    client: FlaskClient, competition: Competition, coordinator: Account
) -> None:
    nomination = make_nomination(competition, coordinator)
    firm = make_account(nomination.email)
    sign_in(client, firm)
    first, second = (client.post(link_of(nomination)).location for _time in range(2))
    assert first == second
    assert len(db.session.scalars(select(EntryDraft)).all()) == 1
    assert "Your entry is a draft" in client.get("/home").text


def test_whoever_has_an_account_signs_in_first_and_nobody_else_uses_the_link(
    client: FlaskClient, competition: Competition, coordinator: Account, entrant: Account
) -> None:
    nomination = make_nomination(competition, coordinator)
    make_account(nomination.email)
    link = link_of(nomination)
    assert client.post(link).location.startswith("/sign-in?next=")
    sign_in(client, entrant)
    assert f"the invitation is for {nomination.email}" in client.get(link).text
    client.post(link)
    assert db.session.scalars(select(EntryDraft)).all() == []


def test_without_a_nomination_the_form_is_not_begun(
    client: FlaskClient, competition: Competition, entrant: Account
) -> None:
    sign_in(client, entrant)
    reply = client.get(f"{URL}/enter/")
    assert (reply.status_code, "Economies nominate who enters" in reply.text) == (403, True)
    client.post(f"{URL}/enter/")
    assert db.session.scalars(select(EntryDraft)).all() == []
    page = client.get(f"{URL}/").text
    assert ("A nominated firm gets a link by mail" in page, f'href="{URL}/enter/"' in page) == (True, False)
    assert "Enter Innovative SMEs" not in client.get("/home").text


def test_a_nominated_person_finds_the_call_on_their_home_page(
    client: FlaskClient, competition: Competition, coordinator: Account, entrant: Account
) -> None:
    nomination = make_nomination(competition, coordinator)
    nomination.account = entrant
    db.session.commit()
    sign_in(client, entrant)
    assert "Enter Innovative SMEs Competition 2013" in client.get("/home").text
    assert client.get(f"{URL}/enter/").status_code == 200


def test_bad_input_is_told_at_its_field(desk: FlaskClient, competition: Competition, coordinator: Account) -> None:
    reply = desk.post(f"{URL}/economy/nominate", data=FIRM | {"organisation_name": " ", "email": ""})
    assert (reply.status_code, set(field_errors(reply))) == (422, {"organisation_name", "email"})
    reply = desk.post(f"{URL}/economy/nominate", data=FIRM | {"email": coordinator.email})
    assert "Nobody nominates themselves" in field_errors(reply)["email"]


def test_a_firm_is_reminded_and_its_nomination_taken_back(
    desk: FlaskClient, competition: Competition, coordinator: Account
) -> None:
    nomination = make_nomination(competition, coordinator)
    address = f"{URL}/economy/nominations/{nomination.id}"
    reply = desk.post(f"{address}/withdraw", follow_redirects=True)
    assert messages(reply) == ["The nomination of Altiplano Fibre is taken back."]
    assert desk.post(f"{address}/remind").status_code == 404
    assert "taken back" in desk.get(link_of(nomination)).text


def test_without_a_free_place_there_is_no_form(
    desk: FlaskClient, competition: Competition, coordinator: Account
) -> None:
    competition.economy_limit = 1
    make_nomination(competition, coordinator)
    page = desk.get(f"{URL}/economy/nominate").text
    assert ("Every place is taken" in page, 'name="organisation_name"' in page) == (True, False)
    reply = desk.post(f"{URL}/economy/nominate", data=FIRM | {"email": "other@firm.example"})
    assert (reply.status_code, "Every place of Peru is taken (1)" in reply.text) == (422, True)
