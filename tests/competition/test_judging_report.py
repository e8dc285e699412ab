"""The judging report: who may have it, what stands in it, that it is tagged and the same every time."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from gtn_events.accounts.enums import Role
from gtn_events.competition.documents import judging_report
from gtn_events.competition.domain.decisions import decide_round
from gtn_events.competition.enums import Method
from gtn_events.core.db import db
from tests.competition.panels import Panel
from tests.competition.results_rounds import CLOSED_AT, compute, make_scored_round
from tests.factories import grant_role, make_account, sign_in
from tests.pdf_structure import faults_of_structure


@pytest.fixture
def panel(database: None) -> Panel:
    panel = make_scored_round(method=Method.CALIBRATED)
    compute(panel)
    return panel


def decide(panel: Panel) -> None:
    decide_round(panel.round, seen=1, actor=make_account("chair@gtn.example"), now=CLOSED_AT)
    db.session.commit()


def page_of(panel: Panel) -> str:
    return f"/competitions/{panel.competition.slug}/manage/judging-report.pdf"


def test_report_tells_method_panels_reliability_and_decisions(panel: Panel) -> None:
    decide(panel)
    data = judging_report(panel.competition)
    assert faults_of_structure(data, title=f"Judging report: {panel.competition.title}") == []
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())
    assert "judges were not equally strict" in text
    assert "9 scorecards by 3 judges of 1 economies." in text
    assert "Place 1." in text
    assert "Not placed" in text
    assert "Distribution of scores All totals Total 0–10 10–20" in text
    assert "All 9 20.00" in text
    assert ("Catalina" in text, "Strong in its field" in text) == (False, False)


def test_same_state_gives_the_same_report(panel: Panel) -> None:
    decide(panel)
    assert judging_report(panel.competition) == judging_report(panel.competition)


@pytest.mark.parametrize(
    ("role", "status"),
    [(None, 403), (Role.JUDGE, 403), (Role.HELPER, 403), (Role.ORGANISER, 200), (Role.INTEGRITY_OFFICER, 200)],
)
def test_report_is_for_those_who_may_see_results(
    client: FlaskClient, panel: Panel, role: Role | None, status: int
) -> None:
    decide(panel)
    assert client.get(page_of(panel)).location.startswith("/sign-in")
    account = make_account("person@gtn.example")
    if role is not None:
        grant_role(account, role, panel.competition.scope)
    sign_in(client, account)
    assert client.get(page_of(panel)).status_code == status


def test_there_is_no_report_before_a_decision(client: FlaskClient, panel: Panel) -> None:
    account = make_account("person@gtn.example")
    grant_role(account, Role.ORGANISER, panel.competition.scope)
    sign_in(client, account)
    assert client.get(page_of(panel)).status_code == 404
