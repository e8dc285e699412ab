"""What everybody sees of competitions: the list, one competition, the landing page."""

import re
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from gtn_events.competition.enums import CompetitionState
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.eligibility.domain.rules import Rule
from gtn_events.eligibility.enums import RuleKind
from tests.accounts.pages import words
from tests.competition.factories import make_competition, make_round
from tests.factories import make_account, sign_in

URL = "/competitions/sme-competition-2013/"


@pytest.fixture(autouse=True)
def _moment(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)


def test_without_competitions_the_list_says_so(client: FlaskClient) -> None:
    assert "No competition is announced at the moment" in client.get("/competitions/").text


def test_the_list_shows_open_calls_first_and_no_draft(client: FlaskClient, now: datetime) -> None:
    make_competition("over", title="Last year", entries_open_at=now - timedelta(9), entries_close_at=now - timedelta(1))
    make_competition("coming", title="Next", entries_open_at=now + timedelta(1), entries_close_at=now + timedelta(9))
    make_competition("secret", title="Secret", state=CompetitionState.DRAFT)
    make_competition("open", title="Open one")
    page = client.get("/competitions/").text
    assert re.findall(r'<h2><a href="/competitions/(\w+)/">', page) == ["open", "coming", "over"]


def test_a_draft_is_not_there_for_strangers(client: FlaskClient) -> None:
    make_competition(state=CompetitionState.DRAFT)
    assert client.get(URL).status_code == 404


def test_an_empty_competition_says_what_will_stand_there(client: FlaskClient) -> None:
    make_competition()
    page = client.get(URL).text
    assert "The criteria are being made" in page
    assert "There is no rule beyond the text of the call." in page


def test_rules_criteria_weights_and_levels_are_public(client: FlaskClient) -> None:
    rules = [Rule(kind=RuleKind.TEAM, number=2), Rule(kind=RuleKind.SIZE, values=("1-9", "10-49"))]
    competition = make_competition(
        eligibility=[rule.to_json() for rule in rules], prizes="**10 000** for the first", economy_limit=3
    )
    make_round(competition)
    page = client.get(URL).text
    for text in ("A team of at least 2", "Size: 1 to 9 employees; 10 to 49 employees", "60 %", "Measured at users"):
        assert text in page
    assert "At most 3 entries of an economy" in words(page)
    assert "<strong>10 000</strong> for the first" in page


def test_before_it_opens_there_is_no_button(client: FlaskClient, now: datetime) -> None:
    make_competition(entries_open_at=now + timedelta(1))
    assert "The button to enter appears here when entries open." in client.get(URL).text


def test_a_close_at_midnight_stands_in_both_times(client: FlaskClient) -> None:
    make_competition()  # closes on 31 May 2013, 23:59 in Jakarta
    sign_in(client, make_account())
    page = words(client.get(URL).text)
    assert "Fri 31 May 2013, 11:59 in Lima" in page
    assert "Fri 31 May 2013, 23:59 in Jakarta" in page


def test_a_reader_beyond_the_date_line_sees_the_next_day(client: FlaskClient) -> None:
    make_competition()
    sign_in(client, make_account(economy_code="NZ", time_zone="Pacific/Auckland"))
    assert "Sat 1 Jun 2013, 04:59 in Auckland" in words(client.get(URL).text)


def test_markup_of_an_organiser_is_made_harmless(client: FlaskClient) -> None:
    make_competition(description="<script>alert(1)</script> *Ideas*", tagline="<b>bold</b>")
    page = client.get(URL).text
    assert "<script>alert" not in page
    assert "&lt;b&gt;bold&lt;/b&gt;" in page


def test_the_landing_page_shows_open_calls_beside_forums(client: FlaskClient, now: datetime) -> None:
    make_competition(title="Open one")
    make_competition("over", title="Last year", entries_close_at=now - timedelta(1))
    page = client.get("/").text
    assert 'href="/competitions/sme-competition-2013/"' in page
    assert "Last year" not in page


def test_a_closed_competition_stays_public(client: FlaskClient) -> None:
    competition = make_competition()
    competition.state = CompetitionState.CLOSED
    db.session.commit()
    page = client.get(URL)
    assert (page.status_code, "No entries are taken any more." in page.text) == (200, True)
