"""The home page of whoever works at a competition, and of an administrator."""

from flask.testing import FlaskClient

from gtn_events.accounts.enums import Role
from gtn_events.competition.enums import EntryState
from tests.competition.factories import make_competition, make_entry
from tests.factories import grant_role, make_account, sign_in


def test_organiser_sees_entries_to_decide_and_the_competition(client: FlaskClient) -> None:
    competition, organiser = make_competition(), make_account("organiser@gtn.example")
    grant_role(organiser, Role.ORGANISER, competition.scope)
    grant_role(organiser, Role.HELPER, competition.scope)
    for state in (EntryState.SUBMITTED, EntryState.LATE, EntryState.ADMITTED):
        make_entry(competition, make_account(f"{state}@firm.example"), state=state)
    sign_in(client, organiser)
    page = client.get("/home").text
    assert "2 entries to decide" in page
    assert f"/competitions/{competition}/manage/entries?state=submitted&amp;state=late" in page
    assert ("You organise it · Jakarta" in page, "Open a competition" in page) == (True, False)


def test_integrity_officer_is_asked_for_no_decision(client: FlaskClient) -> None:
    competition, officer = make_competition(), make_account("officer@gtn.example")
    grant_role(officer, Role.INTEGRITY_OFFICER, competition.scope)
    make_entry(competition, make_account(), state=EntryState.SUBMITTED)
    sign_in(client, officer)
    page = client.get("/home").text
    assert ("to decide" in page, "You watch over its integrity" in page) == (False, True)


def test_administrator_can_open_a_competition(client: FlaskClient) -> None:
    administrator = make_account()
    grant_role(administrator, Role.ADMINISTRATOR)
    sign_in(client, administrator)
    assert 'href="/competitions/new"' in client.get("/home").text


def test_administrator_sees_every_competition(client: FlaskClient) -> None:
    make_competition()
    administrator = make_account()
    grant_role(administrator, Role.ADMINISTRATOR)
    sign_in(client, administrator)
    page = client.get("/home").text
    assert ("You administer it · Jakarta" in page, "sme-competition-2013/manage/" in page) == (True, True)
