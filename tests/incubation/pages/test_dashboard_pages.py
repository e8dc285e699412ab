"""The dashboard of a call, of all calls and of an economy: who sees what, and what leaves as a file."""

import csv
import io

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.journal import JournalEntry
from gtn_events.incubation.enums import CallState, Moment
from gtn_events.incubation.models import Call, Intake
from tests.accounts.pages import words
from tests.factories import grant_role, make_account, sign_in
from tests.incubation.factories import make_application, make_call, make_host, make_intake
from tests.incubation.figures_factories import give, make_placement, set_at
from tests.pdf_structure import faults_of_structure
from tests.queries import count_queries

BASE = "/co-incubation/co-incubation-2027/manage/dashboard"
ALL = "/co-incubation/dashboard"


@pytest.fixture
def intake(call: Call) -> Intake:
    return make_intake(call, make_host(), 6)


def text_of(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def place(intake: Intake, count: int, economy: str = "PE") -> None:
    """Firms that gave their revenue at the start and six months after the end."""
    for number in range(count):
        name = f"{intake.call.slug}.{economy}.{number}"
        firm = make_account(f"{name.lower()}@firm.example", economy_code=economy)
        application = make_application(intake.call, firm, [intake], organisation_name=f"Firm {name}")
        placement = make_placement(application, intake)
        give(set_at(placement, Moment.START), {"revenue": str(1000 * (number + 1))})
        give(set_at(placement, Moment.AFTER_6), {"revenue": str(1500 * (number + 1))})


def test_the_dashboard_of_a_call_draws_and_counts(desk: FlaskClient, intake: Intake) -> None:
    place(intake, 4)
    page = desk.get(BASE).text
    text = words(page)
    assert "4 of 6" in text
    assert "Of 6 places, 4 are filled; by host." in page
    assert "4 firms accepted a place in another economy, between 1 pairs." in page
    assert "2,500 sum 10,000 4 of 4" in text
    assert "10,000 to 15,000 median change 1,250 4 firms" in text


def test_what_two_firms_gave_is_not_told(desk: FlaskClient, intake: Intake) -> None:
    place(intake, 2)
    page = words(desk.get(BASE).text)
    assert "– 2 of 2" in page
    assert "sum 3,000" not in page


def test_an_empty_dashboard_says_what_comes_next(desk: FlaskClient) -> None:
    assert "When hosts offer places and firms apply, it stands here" in words(desk.get(BASE).text)


def test_the_page_costs_the_same_for_many_firms(desk: FlaskClient, intake: Intake) -> None:
    place(intake, 1)
    desk.get(BASE)
    with count_queries() as few:
        desk.get(BASE)
    place(intake, 5, "VN")
    with count_queries() as many:
        desk.get(BASE)
    assert len(many) == len(few)


@pytest.mark.parametrize("what", ["calls", "hosts", "flows", "outcomes", "changes"])
def test_every_table_leaves_as_csv_and_workbook_and_stands_in_the_journal(
    desk: FlaskClient, intake: Intake, what: str
) -> None:
    place(intake, 3)
    answer = desk.post(f"{BASE}/export", data={"what": what, "format": "csv"})
    lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    expected = {
        "calls": ["Co-incubation 2027", *["3"] * 7, *["0"] * 7],
        "hosts": ["Korat Green Incubator", "Thailand", "6", "3"],
        "flows": ["Peru", "Thailand", "3"],
        "outcomes": ["Revenue of the last twelve months", "USD", "At the start", "3", "3", "6000", "2000"],
        "changes": ["Revenue of the last twelve months", "USD", "At the end", "0", "", "", ""],
    }
    assert lines[1] == expected[what]
    with desk.post(f"{BASE}/export", data={"what": what, "format": "xlsx"}) as workbook:
        assert workbook.data[:2] == b"PK"
    written = db.session.scalars(select(JournalEntry).where(JournalEntry.action == "dashboard exported")).all()
    assert [entry.changes["table"][1] for entry in written] == [what, what]


def test_an_unknown_table_does_not_exist(desk: FlaskClient) -> None:
    assert desk.post(f"{BASE}/export", data={"what": "accounts"}).status_code == 404


def test_the_report_is_a_tagged_pdf_with_figures_and_method(desk: FlaskClient, intake: Intake) -> None:
    place(intake, 3)
    answer = desk.get(f"{BASE}/report.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    text = text_of(answer.data)
    for part in ("Co-incubation report", "Co-incubation 2027", "Korat Green Incubator", "Notes on method", "3 of 3"):
        assert part in text
    assert "Firm co-incubation" not in text
    assert faults_of_structure(answer.data, title="Co-incubation report: Co-incubation 2027") == []
    assert desk.get(f"{BASE}/report.pdf").data == answer.data


def test_the_dashboard_of_all_calls_holds_those_that_one_organises(desk: FlaskClient, intake: Intake) -> None:
    other = make_call("other-call", title="Another call", reference_prefix="OTH")
    place(make_intake(other, make_host("Kyushu Lab", "JPN"), 2), 1)
    make_call("draft-call", title="A draft", reference_prefix="DRA", state=CallState.DRAFT)
    page = words(desk.get(ALL).text)
    assert ("Co-incubation 2027" in page, "Another call" in page, "Kyushu" in page) == (True, False, False)
    admin = make_account("admin@gtn.example")
    grant_role(admin, Role.ADMINISTRATOR)
    sign_in(desk, admin)
    page = words(desk.get(ALL).text)
    assert ("Another call" in page, "Kyushu Lab" in page, "A draft" in page) == (True, True, False)


def test_a_coordinator_sees_the_own_economy_alone(client: FlaskClient, intake: Intake) -> None:
    place(intake, 3, "VN")
    place(make_intake(intake.call, make_host("Kyushu Lab", "JPN"), 2), 3, "CHL")
    coordinator = make_account("coordinator@ministry.example", economy_code="VN")
    vietnam = db.session.get_one(Economy, "VN")
    grant_role(coordinator, Role.ECONOMY_COORDINATOR, vietnam.scope)
    sign_in(client, coordinator)
    own = client.get(ALL)
    assert own.location == "/co-incubation/economy/VN/dashboard"
    page = words(client.get(own.location).text)
    assert ("Viet Nam" in page, "Kyushu" in page, "sum 6,000 3 of 3" in page) == (True, False, True)
    flows = client.post(f"{own.location}/export", data={"what": "flows"}).data.decode("utf-8-sig")
    assert flows.splitlines()[1:] == ["Viet Nam,Thailand,3"]
    report = client.get(f"{own.location}/report.pdf")
    assert "Kyushu" not in text_of(report.data)
    for path in (f"{ALL}/report.pdf", "/co-incubation/economy/JPN/dashboard", BASE):
        assert client.get(path).status_code == 403
    assert client.post(f"{ALL}/export", data={"what": "flows"}).status_code == 403


def test_nobody_else_sees_a_dashboard(client: FlaskClient, intake: Intake) -> None:
    place(intake, 3)
    economy = "/co-incubation/economy/PE/dashboard"
    for path in (BASE, ALL, economy, f"{ALL}/report.pdf", f"{BASE}/report.pdf", f"{economy}/report.pdf"):
        assert client.get(path).location.startswith("/sign-in")
    sign_in(client, make_account("stranger@firm.example"))
    for path in (BASE, ALL, economy, f"{ALL}/report.pdf", f"{BASE}/report.pdf", f"{economy}/report.pdf"):
        assert client.get(path).status_code == 403
    for path in (BASE, ALL, economy):
        assert client.post(f"{path}/export", data={"what": "hosts"}).status_code == 403
