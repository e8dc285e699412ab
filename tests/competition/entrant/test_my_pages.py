"""The entrant's own pages: the list, one entry, its versions in words, changing and withdrawing; nobody else's."""

import re
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.accounts.signed_in import COOKIE
from gtn_events.competition.enums import AwardKind, EntryState, RoundState
from gtn_events.competition.models import Award, Competition, Entry, EntryDraft
from gtn_events.core import clock
from gtn_events.core.db import db
from tests.accounts.pages import words
from tests.competition.entrant.entering import ENTRY, URL, begin, send
from tests.competition.factories import make_competition, make_entry, make_round
from tests.factories import make_account, sign_in


@pytest.fixture(autouse=True)
def _moment(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def competition(database: None) -> Competition:
    return make_competition()


@pytest.fixture
def rosa(client: FlaskClient, competition: Competition) -> Account:
    account = make_account()
    sign_in(client, account)
    return account


def one_entry() -> Entry:
    return db.session.scalars(select(Entry)).one()


def begin_change(client: FlaskClient, location: str) -> str:
    return str(client.post(f"{location}/change").location).removesuffix("/check")


def declare(client: FlaskClient, draft: str) -> None:
    text = re.search(r'name="text" value="(\d+)"', client.get(f"{draft}/declaration").text)
    assert text is not None
    signed = {"text": text[1], "declared_by": "Rosa Huamán", "agree": "y"}
    assert client.post(f"{draft}/declaration", data=signed).status_code == 302


def test_without_anything_the_list_leads_to_the_form(client: FlaskClient, rosa: Account) -> None:
    page = client.get(f"{URL}/my/").text
    assert "You have no entry here yet" in page
    assert f'href="{URL}/enter/"' in page


@pytest.mark.parametrize("state", list(EntryState))
def test_every_state_is_told_in_plain_words(
    client: FlaskClient, competition: Competition, rosa: Account, state: EntryState
) -> None:
    entry = make_entry(competition, rosa, state=state, state_reason="The firm is too large.")
    page = client.get(f"{URL}/my/{entry.reference}").text
    assert "The firm is too large." in page
    assert ("Withdraw…" in page) == state.is_live
    assert state.label in page


@pytest.mark.parametrize(
    ("round_state", "published", "words_of_it"),
    [
        (RoundState.OPEN, False, "Judges read it as it stands, so it cannot be changed any more."),
        (RoundState.DECIDED, True, "It has won: First prize. Congratulations."),
    ],
)
def test_entry_under_judges_or_with_a_prize_says_so_and_is_not_changed(
    client: FlaskClient,
    competition: Competition,
    rosa: Account,
    now: datetime,
    *,
    round_state: RoundState,
    published: bool,
    words_of_it: str,
) -> None:
    entry = make_entry(competition, rosa)
    make_round(competition, [entry], state=round_state)
    db.session.add(Award(competition=competition, kind=AwardKind.GRAND, label="First prize", position=1, entry=entry))
    competition.results_published_at = now if published else None
    db.session.commit()
    page = words(client.get(f"{URL}/my/{entry.reference}").text)
    assert words_of_it in page
    assert "Change it" not in page
    assert ("Withdraw…" in page) is not published
    assert ("First prize" in words(client.get("/home").text)) is published


def test_the_receipt_on_the_page_can_be_checked_by_anybody(client: FlaskClient, rosa: Account) -> None:
    page = client.get(send(client)).text
    link = re.search(r'href="(/competitions/receipt\?[^"]+)"', page)
    assert link is not None
    client.delete_cookie(COOKIE)
    answer = client.get(link[1].replace("&amp;", "&")).text
    assert "An entry with this fingerprint was received under this number." in answer
    assert "rice husk" not in answer
    wrong = client.get(f"/competitions/receipt?reference={one_entry().reference}&sha256={'0' * 64}").text
    assert "There is no such receipt." in wrong


@pytest.mark.parametrize("typed", ["", "x" * 10_000, "陳美玲", "ISC13-0000-0001' OR 1=1 --"])
def test_anything_can_be_typed_where_a_receipt_is_checked(client: FlaskClient, typed: str) -> None:
    answer = client.get("/competitions/receipt", query_string={"reference": typed, "sha256": typed, "seal": typed})
    assert answer.status_code == 200
    assert "was received under this number.</div>" not in answer.text


def test_a_change_begins_with_what_was_sent_and_tells_what_it_changed(client: FlaskClient, rosa: Account) -> None:
    location = send(client)
    draft = begin_change(client, location)
    assert 'value="Boards from rice husk"' in client.get(f"{draft}/entry").text
    assert "It keeps fish cold for three days." in client.get(f"{draft}/questions").text
    assert 'value="Rosa Huamán"' in client.get(f"{draft}/team").text
    assert client.post(f"{draft}/check").status_code == 422  # the declaration is given anew
    client.post(f"{draft}/entry", data=ENTRY | {"title": "Better boards"})
    client.post(f"{draft}/questions", data={"q_solution": "It keeps fish cold for a week."})
    declare(client, draft)
    assert client.post(f"{draft}/check").location == location
    page = words(client.get(location).text)
    assert "Version 2" in page
    assert "Boards from rice husk Better boards" in page
    assert "It keeps fish cold for three days. It keeps fish cold for a week." in page
    assert db.session.scalars(select(EntryDraft)).all() == []


def test_a_change_under_way_changes_nothing_and_stands_on_the_page(client: FlaskClient, rosa: Account) -> None:
    location = send(client)
    draft = begin_change(client, location)
    client.post(f"{draft}/entry", data=ENTRY | {"title": "Better boards"})
    page = client.get(location).text
    assert "You are changing this entry." in page
    assert one_entry().title == "Boards from rice husk"
    assert begin_change(client, location) == draft
    client.post(f"{draft}/discard")
    assert "You are changing this entry." not in client.get(location).text


def test_the_second_tab_that_sends_a_change_is_told(client: FlaskClient, rosa: Account) -> None:
    location = send(client)
    draft = begin_change(client, location)
    declare(client, draft)
    row = db.session.scalars(select(EntryDraft)).one()
    row.from_version = 0  # as if another version had been sent meanwhile
    db.session.commit()
    answer = client.post(f"{draft}/check")
    assert answer.status_code == 409
    assert "was sent since you began to change it" in answer.text
    assert client.post(f"{draft}/check").status_code == 302
    assert [version.number for version in one_entry().versions] == [1, 2]


def test_after_the_close_the_entry_can_be_read_and_not_changed(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, competition: Competition, rosa: Account
) -> None:
    location = send(client)
    draft = begin_change(client, location)
    after = competition.entries_close_at + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: after)
    sign_in(client, rosa)
    page = client.get(location).text
    assert ("Change it" in page, "You are changing this entry." in page) == (False, False)
    assert client.get(f"{draft}/entry").status_code == 403
    assert client.post(f"{draft}/check").status_code == 422
    assert "cannot be changed any more" in client.post(f"{location}/change", follow_redirects=True).text
    assert one_entry().versions[-1].number == 1


def test_what_is_typed_while_the_call_closes_is_kept(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, competition: Competition, rosa: Account
) -> None:
    draft = begin(client)
    after = competition.entries_close_at
    monkeypatch.setattr(clock, "now", lambda: after)
    sign_in(client, rosa)
    answer = client.post(f"{draft}/entry", data=ENTRY | {"title": "Too late"})
    assert (answer.status_code, "Your draft is kept; nothing was sent." in answer.text) == (403, True)
    assert db.session.scalars(select(EntryDraft)).one().data["entry"]["typed"]["title"] == ["Too late"]


def test_more_time_for_one_entry_stands_on_its_page(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, competition: Competition, rosa: Account
) -> None:
    location = send(client)
    one_entry().extended_until = competition.entries_close_at + timedelta(days=2)
    db.session.commit()
    after = competition.entries_close_at + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: after)
    sign_in(client, rosa)
    assert "You were given more time than others." in client.get(location).text
    draft = begin_change(client, location)
    declare(client, draft)
    assert client.post(f"{draft}/check").status_code == 302


def test_withdrawing_needs_the_title(client: FlaskClient, rosa: Account) -> None:
    location = send(client)
    assert client.post(f"{location}/withdraw", data={"title": "something"}).status_code == 422
    assert one_entry().state is EntryState.SUBMITTED
    client.post(f"{location}/withdraw", data={"title": " boards FROM rice  husk"})
    assert one_entry().state is EntryState.WITHDRAWN
    page = client.get(location).text
    assert "It is not judged any more." in page
    assert client.get(f"{location}/withdraw").status_code == 302


@pytest.mark.parametrize("path", ["", "/withdraw", "/files/deck"])
def test_somebody_elses_entry_is_not_there(client: FlaskClient, rosa: Account, path: str) -> None:
    location = send(client)
    sign_in(client, make_account("other@firm.example"))
    assert client.get(location + path).status_code == 404


def test_somebody_elses_entry_cannot_be_changed_or_withdrawn(client: FlaskClient, rosa: Account) -> None:
    location = send(client)
    sign_in(client, make_account("other@firm.example"))
    assert client.post(f"{location}/change").status_code == 404
    assert client.post(f"{location}/withdraw", data={"title": "Boards from rice husk"}).status_code == 404
    assert one_entry().state is EntryState.SUBMITTED


def test_an_entry_is_not_there_below_another_competition(client: FlaskClient, rosa: Account) -> None:
    location = send(client)
    make_competition("other", title="Other")
    assert client.get(location.replace("sme-competition-2013", "other")).status_code == 404


def test_the_public_page_leads_back_to_the_draft(client: FlaskClient, rosa: Account) -> None:
    draft = begin(client)
    page = client.get(f"{URL}/").text
    assert f'href="{draft}/"' in page
    assert ">My entries</a>" in page


def test_whoever_has_no_entry_has_no_tab_of_them(client: FlaskClient, rosa: Account) -> None:
    assert "My entries" not in client.get(f"{URL}/").text
