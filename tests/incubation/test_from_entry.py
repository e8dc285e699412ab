"""A finalist of a competition begins an application with the entry; nobody else does, and nothing typed is lost."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.competition.enums import EntryState, RoundKind, RoundState
from gtn_events.competition.models import Competition, Entry
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.incubation.models import ApplicationDraft, Call
from tests.competition.factories import make_competition, make_entry, make_round
from tests.factories import make_account, sign_in
from tests.incubation.applying import IN_TIME, URL, make_draft
from tests.incubation.factories import make_application, make_call

BUTTON = "Apply for co-incubation with this entry"


@pytest.fixture(autouse=True)
def _moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)


@pytest.fixture
def call(database: None) -> Call:
    return make_call()


@pytest.fixture
def competition(database: None) -> Competition:
    return make_competition()


@pytest.fixture
def rosa(client: FlaskClient, call: Call) -> Account:
    account = make_account()
    sign_in(client, account)
    return account


def make_finalist(competition: Competition, account: Account, **values: object) -> Entry:
    texts = {"organisation_name": "Andes Cold Chain", "founded_in": 2009, "organisation_size": "10-49"}
    entry = make_entry(competition, account, "Boards from rice husk", state=EntryState.ADMITTED, **texts)
    make_round(competition, [entry], **({"kind": RoundKind.FINAL, "state": RoundState.OPEN} | values))
    return entry


def page_of(entry: Entry) -> str:
    return f"/competitions/{entry.competition.slug}/my/{entry.reference}"


def test_a_finalist_begins_with_the_entry(client: FlaskClient, competition: Competition, rosa: Account) -> None:
    entry = make_finalist(competition, rosa)
    assert BUTTON in client.get(page_of(entry)).text
    answer = client.post(f"{page_of(entry)}/co-incubation", data={"opening": "co-incubation-2027"})
    assert answer.location == f"{URL}/apply/firm"
    draft = db.session.scalars(select(ApplicationDraft)).one()
    assert draft.from_entry == entry.reference
    page = client.get(f"{URL}/apply/firm").text
    for text in ("Andes Cold Chain", 'value="2009"', f"Taken over from your entry {entry.reference}."):
        assert text in page
    assert "Boards from rice husk" in client.get(f"{URL}/apply/project").text


def test_a_draft_that_is_there_stays_as_it_was_typed(
    client: FlaskClient, competition: Competition, rosa: Account, call: Call
) -> None:
    draft = make_draft(call, rosa)
    client.post(f"{URL}/apply/project", data={"title": "My own words"})
    entry = make_finalist(competition, rosa)
    answer = client.post(f"{page_of(entry)}/co-incubation", data={"opening": call.slug})
    assert answer.location == f"{URL}/apply/"
    db.session.refresh(draft)
    assert draft.data["project"]["typed"]["title"] == ["My own words"]


@pytest.mark.parametrize("values", [{"kind": RoundKind.REVIEW}, {"state": RoundState.PLANNED}])
def test_whoever_is_not_in_an_open_final_has_no_button(
    client: FlaskClient, competition: Competition, rosa: Account, values: dict[str, object]
) -> None:
    entry = make_finalist(competition, rosa, **values)
    assert BUTTON not in client.get(page_of(entry)).text
    assert client.post(f"{page_of(entry)}/co-incubation", data={"opening": "co-incubation-2027"}).status_code == 404


def test_where_an_application_stands_or_the_call_is_over_there_is_nothing_to_begin(
    client: FlaskClient, competition: Competition, rosa: Account, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = make_finalist(competition, rosa)
    application = make_application(call, rosa)
    assert BUTTON not in client.get(page_of(entry)).text
    db.session.delete(application)
    db.session.commit()
    monkeypatch.setattr(clock, "now", lambda: call.closes_at + timedelta(days=1))
    sign_in(client, rosa)
    assert BUTTON not in client.get(page_of(entry)).text
    client.post(f"{page_of(entry)}/co-incubation", data={"opening": call.slug})
    assert db.session.scalar(select(ApplicationDraft)) is None


def test_another_person_cannot_begin_with_it(client: FlaskClient, competition: Competition, rosa: Account) -> None:
    entry = make_finalist(competition, rosa)
    sign_in(client, make_account("mei@other.example"))
    assert client.post(f"{page_of(entry)}/co-incubation", data={"opening": "co-incubation-2027"}).status_code == 404
