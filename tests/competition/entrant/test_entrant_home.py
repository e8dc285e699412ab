"""The home page of an entrant: drafts with their deadline, entries with their state, calls that are open."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gtn_events.accounts.models import Account
from gtn_events.competition.domain.entry_drafts import begin_change, save_step
from gtn_events.competition.entrant_home import entrant_section
from gtn_events.competition.enums import EntryState, LatePolicy
from gtn_events.competition.models import Competition
from gtn_events.core import clock
from tests.accounts.pages import words
from tests.competition.entrant.submitting import make_draft
from tests.competition.factories import make_competition, make_entry
from tests.factories import make_account, sign_in


@pytest.fixture
def competition(database: None) -> Competition:
    return make_competition(grace_minutes=10, late_policy=LatePolicy.ASK)


@pytest.fixture
def rosa(database: None) -> Account:
    return make_account()


def test_a_draft_waits_with_its_deadline_and_an_open_call_can_be_started(
    client: FlaskClient, competition: Competition, rosa: Account, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)
    sign_in(client, rosa)
    assert "Enter Innovative SMEs Competition 2013" in words(client.get("/home").text)
    draft = make_draft(competition, rosa)
    save_step(draft, "entry", typed={"title": ["Cold from the sun"]}, answers={}, uploads={}, now=now)
    page = words(client.get("/home").text)
    assert "Your entry is a draft: Cold from the sun" in page
    assert "Fri 31 May 2013, 11:59 in Lima Fri 31 May 2013, 23:59 in Jakarta" in page
    assert "Enter Innovative SMEs Competition 2013" not in page


@pytest.mark.usefixtures("client")
def test_entries_stand_with_their_state(app: Flask, competition: Competition, rosa: Account, now: datetime) -> None:
    make_entry(competition, rosa, state=EntryState.LATE)
    make_entry(competition, make_account("other@firm.example"), "Not mine")
    with app.test_request_context():
        have = entrant_section(rosa, now).have
    assert [(item.title, item.state) for item in have] == [("Boards from rice husk", EntryState.LATE)]


@pytest.mark.parametrize(("minutes", "waits"), [(-1, 2), (5, 2), (11, 1)])
def test_after_the_close_only_what_can_still_be_sent_waits(
    app: Flask, competition: Competition, rosa: Account, minutes: int, waits: int
) -> None:
    make_draft(competition, rosa)
    begin_change(make_entry(competition, rosa), {}, actor=rosa, now=competition.entries_open_at)
    moment = competition.entries_close_at + timedelta(minutes=minutes)
    with app.test_request_context():
        assert len(entrant_section(rosa, moment).waiting) == waits
