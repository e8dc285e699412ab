"""Pages of funded travel: the board, the traveller's page, the coordinator's view, and who is refused."""

import io
import re
from datetime import date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from gtn_events.delegations.domain.travel import fund_traveller, set_journey
from gtn_events.delegations.domain.travel_papers import send_paper
from gtn_events.delegations.models import Traveller, TravelPaper
from gtn_events.delegations.travel_enums import FundingCategory, PaperKind, PaperState
from gtn_events.forum.models import Forum
from tests.delegations.travelling import PDF, SECRET, delegate, pdf
from tests.factories import grant_role, make_account, make_forum, sign_in

BOARD = "/forums/gtn-forum-2013/travel"
MINE = "/forums/gtn-forum-2013/my/travel"
ECONOMY = "/forums/gtn-forum-2013/delegation/{}/travel"
RULES = {
    "ceiling": "2",
    "currency": "USD",
    "daily_rate": "133.50",
    "papers": ["passport", "bank"],
    "exceptions": "THA 1",
    "due_on": "2013-05-20",
}


@pytest.fixture(autouse=True)
def spring(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """The pages open some weeks before the forum, not today."""
    monkeypatch.setattr("gtn_events.core.clock.now", lambda: now)


@pytest.fixture
def forum(database: None) -> Forum:
    return make_forum()


@pytest.fixture
def officer(forum: Forum) -> Account:
    account = make_account("officer@gtn.example", family_name="Officer")
    grant_role(account, Role.TRAVEL_OFFICER, forum.scope)
    return account


@pytest.fixture
def desk(client: FlaskClient, officer: Account) -> FlaskClient:
    sign_in(client, officer)
    return client


@pytest.fixture
def traveller(forum: Forum, officer: Account, now: datetime) -> Traveller:
    made = fund_traveller(delegate(forum, "ana@firm.example"), FundingCategory.PARTICIPANT, actor=officer, now=now)
    send_paper(made, PaperKind.BANK, pdf(), actor=made.account, now=now)
    db.session.commit()
    return made


def coordinator(code: str) -> Account:
    account = make_account(f"{code.lower()}@gtn.example", economy_code=code)
    grant_role(account, Role.ECONOMY_COORDINATOR, db.session.get_one(Economy, code).scope)
    return account


def test_officer_sets_rules_funds_within_the_ceiling_and_opens_papers(
    app: Flask, desk: FlaskClient, forum: Forum, now: datetime
) -> None:
    ana, ben = delegate(forum, "ana@firm.example"), delegate(forum, "ben@firm.example")
    desk.post(f"{BOARD}/rules", data=RULES)
    assert ("133.50" in desk.get(f"{BOARD}/rules").text, "THA 1" in desk.get(f"{BOARD}/rules").text) == (True, True)
    funded = desk.post(
        f"{BOARD}/fund", data={"reference": ana.reference, "category": "participant", "planned_fare": "812.5"}
    )
    assert funded.status_code == 302
    mail = db.session.scalars(select(OutboxMail).where(OutboxMail.template == "forum/travel_funded")).one()
    says = ("at most 812.50 USD", "in one category only", "boarding passes", "due by 20 May 2013")
    assert [each in " ".join(mail.body_text.split()) for each in says] == [True] * 4
    beyond = desk.post(f"{BOARD}/fund", data={"reference": ben.reference, "category": "participant"})
    assert (beyond.status_code, "which is its ceiling" in beyond.text) == (422, True)
    made = db.session.scalars(select(Traveller)).one()
    paper = send_paper(made, PaperKind.BANK, pdf(), actor=made.account, now=now)
    db.session.commit()
    opened = desk.post(f"{BOARD}/papers/{paper.id}/file")
    assert (opened.data, opened.headers["Cache-Control"]) == (PDF, "private, no-store")
    entry = db.session.scalars(select(JournalEntry).where(JournalEntry.action == "travel paper opened")).one()
    assert entry.subject_id == made.id
    desk.post(
        f"{BOARD}/papers/{paper.id}/decide", data={"act": "return", "reason": "Cut off.", "seen": paper.lock_version}
    )
    page = desk.get(f"{BOARD}/people/{made.id}").text
    assert ("Cut off." in page, "Sent back" in desk.get(f"{BOARD}?economy=THA&show=returned&q=ana").text) == (
        True,
        True,
    )
    assert "Nobody is here" in desk.get(f"{BOARD}?show=sent").text


def test_amounts_and_days_reach_the_ledger_and_its_files(desk: FlaskClient, traveller: Traveller) -> None:
    desk.post(f"{BOARD}/rules", data=RULES)
    person = f"{BOARD}/people/{traveller.id}"
    days = {"arrives_on": "2013-06-04", "departs_on": "2013-06-07", "seen": "1"}
    assert desk.post(f"{person}/journey", data=days).status_code == 302
    amounts = {
        "planned_fare": "812.10",
        "planned_other": "0",
        "paid_fare": "812.2",
        "paid_per_diem": "0",
        "paid_other": "0",
        "seen": "2",
    }
    desk.post(f"{person}/amounts", data=amounts)
    ledger = desk.get(f"{BOARD}/ledger").text
    assert [word in ledger for word in ("1312.73", "812.20", "-500.53", "3.75")] == [True] * 4
    line = desk.get(f"{BOARD}/ledger.csv").text.splitlines()[1]
    assert (line.startswith("Thailand,"), "500.63" in line) == (True, True)
    with desk.get(f"{BOARD}/ledger.xlsx") as file:
        sheet = load_workbook(io.BytesIO(file.data)).active
    assert sheet is not None
    assert [sheet.cell(2, column).value for column in (1, 8, 10)] == ["Thailand", 3.75, 500.63]


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-1", "1.005", "1e99", "many", "", "1e400"])
def test_amount_that_is_none_is_refused(desk: FlaskClient, traveller: Traveller, amount: str) -> None:
    zeros = dict.fromkeys(("planned_other", "paid_fare", "paid_per_diem", "paid_other"), "0")
    page = desk.post(f"{BOARD}/people/{traveller.id}/amounts", data=zeros | {"planned_fare": amount})
    assert page.status_code == 422


@pytest.mark.parametrize("line", ["XX 3", "THA", "THA three", "THA -1", "THA 1000", "THA ٣"])
def test_exception_that_is_none_is_refused_at_its_field(desk: FlaskClient, line: str) -> None:
    page = desk.post(f"{BOARD}/rules", data=RULES | {"exceptions": line})
    assert (page.status_code, "Write it like THA 3" in page.text) == (422, True)


def test_traveller_sends_and_fetches_own_papers(client: FlaskClient, traveller: Traveller) -> None:
    sign_in(client, traveller.account)
    assert "Bank form" in client.get(MINE).text
    sent = client.post(f"{MINE}/papers/passport", data={"file": (io.BytesIO(PDF), "page.pdf")}, follow_redirects=True)
    assert "Passport page: the organiser has it" in sent.text
    assert client.post(f"{MINE}/papers/passport/file").data == PDF
    wrong = client.post(f"{MINE}/papers/claim", data={"file": (io.BytesIO(b"MZ\x00"), "claim.pdf")})
    assert (wrong.status_code, "a Windows program" in wrong.text) == (422, True)
    assert client.post(f"{MINE}/papers/claim").status_code == 422
    assert client.post(f"{MINE}/papers/nothing").status_code == 404
    days = {"arrives_on": "2013-06-07", "departs_on": "2013-06-04", "seen": "1"}
    refused = client.post(f"{MINE}/journey", data=days)
    assert (refused.status_code, "before the arrival" in refused.text) == (422, True)


def test_large_upload_is_never_a_file_and_too_large_is_refused(client: FlaskClient, traveller: Traveller) -> None:
    sign_in(client, traveller.account)
    large = b"%PDF-1.7\n" + b"x" * 2_000_000 + b"\n%%EOF\n"
    assert client.post(f"{MINE}/papers/claim", data={"file": (io.BytesIO(large), "c.pdf")}).status_code == 302
    huge = client.post(f"{MINE}/papers/claim", data={"file": (io.BytesIO(b"x" * 9_000_000), "c.pdf")})
    assert huge.status_code == 413


def test_coordinator_sees_states_of_the_own_economy_only(
    client: FlaskClient, forum: Forum, traveller: Traveller
) -> None:
    sign_in(client, coordinator("THA"))
    page = client.get(ECONOMY.format("THA"))
    assert (page.status_code, "Ana" in page.text, "/file" in page.text) == (200, True, False)
    assert [client.get(ECONOMY.format(code)).status_code for code in ("PE", "JPN")] == [403, 403]
    sign_in(client, coordinator("PE"))
    assert client.get(ECONOMY.format("THA")).status_code == 403
    assert "Ana" not in client.get(ECONOMY.format("PE")).text


@pytest.mark.parametrize("who", ["helper", "door", "delegate", "coordinator", "officer of another forum"])
def test_everybody_else_is_refused(client: FlaskClient, forum: Forum, traveller: Traveller, who: str) -> None:
    person = coordinator("THA") if who == "coordinator" else make_account("other@gtn.example")
    if who == "helper":
        grant_role(person, Role.HELPER, forum.scope)
    elif who == "door":
        grant_role(person, Role.CHECK_IN_STAFF, forum.scope)
    elif who.startswith("officer"):
        grant_role(person, Role.TRAVEL_OFFICER, make_forum("other-forum", title="Other", reference_prefix="OT").scope)
    sign_in(client, person)
    paper = db.session.scalars(select(TravelPaper.id)).one()
    one = f"/people/{traveller.id}"
    gets = ("", "/ledger", "/ledger.csv", "/ledger.xlsx", "/rules", "/fund", one)
    posts = (
        "/rules",
        "/fund",
        f"{one}/journey",
        f"{one}/amounts",
        f"{one}/end",
        f"/papers/{paper}/file",
        f"/papers/{paper}/decide",
    )
    answers = [client.get(BOARD + each) for each in gets] + [client.post(BOARD + each) for each in posts]
    assert {(each.status_code, SECRET in each.text) for each in answers} == {(403, False)}
    mine = [client.get(MINE), client.post(f"{MINE}/papers/bank"), client.post(f"{MINE}/papers/bank/file")]
    assert {each.status_code for each in mine} == {404}


def test_organiser_reaches_the_board_and_officers_find_it_on_their_home(
    client: FlaskClient, forum: Forum, officer: Account, traveller: Traveller
) -> None:
    organiser = make_account("organiser@gtn.example")
    grant_role(organiser, Role.ORGANISER, forum.scope)
    sign_in(client, organiser)
    assert client.get(BOARD).status_code == 200
    sign_in(client, officer)
    assert f'href="{BOARD}"' in client.get("/home").text
    sign_in(client, traveller.account)
    assert f'href="{MINE}"' in client.get("/home").text


def test_home_of_an_officer_counts_the_papers_that_wait_to_be_looked_at(
    desk: FlaskClient, officer: Account, traveller: Traveller, now: datetime
) -> None:
    home = desk.get("/home").text
    assert ("1 paper of a traveller to look at" in home, f'href="{BOARD}?show=sent"' in home) == (True, True)
    db.session.scalars(select(TravelPaper)).one().state = PaperState.ACCEPTED
    db.session.commit()
    assert "to look at" not in desk.get("/home").text


@pytest.mark.parametrize("name", ["q", "economy", "show"])
def test_characters_that_no_database_keeps_find_nobody(desk: FlaskClient, traveller: Traveller, name: str) -> None:
    assert desk.get(f"{BOARD}?{name}=%E2%80%AE%00").status_code == 200


def test_a_paper_that_came_anew_while_the_page_was_open_is_not_accepted(
    desk: FlaskClient, traveller: Traveller, now: datetime
) -> None:
    person, [paper] = f"{BOARD}/people/{traveller.id}", traveller.papers
    [seen] = re.findall(r'name="seen" value="(\d+)"', desk.get(person).text)
    send_paper(traveller, PaperKind.BANK, pdf(), actor=traveller.account, now=now)
    db.session.commit()
    decide = {"act": "accept", "seen": seen}
    page = desk.post(
        f"{BOARD}/papers/{paper.id}/decide", data=decide, headers={"Referer": person}, follow_redirects=True
    )
    assert "Bank form: the traveller sent another file since you looked. Open it, then decide." in page.text
    assert db.session.get_one(TravelPaper, paper.id).state is PaperState.SENT


def test_days_and_amounts_that_were_changed_meanwhile_are_not_overwritten_unseen(
    client: FlaskClient, desk: FlaskClient, traveller: Traveller, officer: Account, now: datetime
) -> None:
    person = f"{BOARD}/people/{traveller.id}"
    assert desk.get(person).text.count('name="seen" type="hidden" value="1"') == 2
    set_journey(traveller, arrives_on=date(2013, 6, 4), departs_on=date(2013, 6, 7), actor=officer, now=now)
    db.session.commit()
    zeros = dict.fromkeys(("planned_fare", "planned_other", "paid_fare", "paid_per_diem", "paid_other"), "0")
    late = {"arrives_on": "2013-06-05", "departs_on": "2013-06-06", "seen": "1"}
    pages = [desk.post(f"{person}/journey", data=late), desk.post(f"{person}/amounts", data=zeros | {"seen": "1"})]
    sign_in(client, traveller.account)
    pages.append(client.post(f"{MINE}/journey", data=late))
    told = [(each.status_code, "Somebody else saved this" in each.text) for each in pages]
    assert told == [(422, True)] * 3
    shown = [[day in each.text for day in ("now: 4 June 2013", "now: 7 June 2013")] for each in (pages[0], pages[2])]
    assert shown == [[True, True]] * 2
    assert client.post(f"{MINE}/journey", data=late | {"seen": "2"}).status_code == 302


def test_rules_that_were_changed_meanwhile_are_not_overwritten_unseen(desk: FlaskClient) -> None:
    seen = RULES | {"seen": "0"}
    assert [desk.post(f"{BOARD}/rules", data=seen).status_code for _time in range(2)] == [302, 422]
    page = desk.post(f"{BOARD}/rules", data=seen | {"ceiling": "7", "exceptions": "", "papers": ["claim"]})
    says = ("Stored now: 2", "Stored now: Passport page, Bank form", "Stored now: THA 1", 'value="2"')
    assert [each in page.text for each in says] == [True] * 4


def test_officer_finds_whom_to_fund(desk: FlaskClient, forum: Forum) -> None:
    ana = delegate(forum, "ana@firm.example")
    db.session.commit()
    page = desk.get(f"{BOARD}/fund?q=ana").text
    assert f"reference={ana.reference}" in page
    assert f'value="{ana.reference}"' in desk.get(f"{BOARD}/fund?reference={ana.reference}").text
    assert desk.post(f"{BOARD}/fund", data={"reference": ana.reference, "category": "expert"}).status_code == 302
    assert "Nobody who could be funded is found." in desk.get(f"{BOARD}/fund?q=ana").text
