"""What the organiser sees and does of endorsements: list, export, page of an entry, economies, settings."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.competition.domain.cloning import NewEdition, clone_competition
from gtn_events.competition.domain.endorsement import decline_entry, endorse_entry
from gtn_events.competition.domain.endorsement_window import endorsement_until
from gtn_events.competition.enums import EntryPath, EntryState
from gtn_events.competition.models import Competition, Entry
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from tests.accounts.pages import messages, words
from tests.competition.economy.desks import NOW, make_entries, make_nomination
from tests.factories import grant_role, make_account, sign_in
from tests.queries import count_queries

URL = "/competitions/sme-competition-2013/manage"


@pytest.fixture(autouse=True)
def _moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def desk(client: FlaskClient, competition: Competition, organiser: Account) -> FlaskClient:
    grant_role(organiser, Role.ORGANISER, competition.scope)
    sign_in(client, organiser)
    return client


@pytest.fixture
def entries(competition: Competition, coordinator: Account, entrant: Account) -> list[Entry]:
    made = make_entries(competition, entrant, 5)
    for entry in made[:3]:
        endorse_entry(entry, actor=coordinator, now=NOW)
    decline_entry(made[3], reason="No product yet.", actor=coordinator, now=NOW)
    db.session.commit()
    return made


def test_the_list_shows_and_filters_by_endorsement(desk: FlaskClient, entries: list[Entry]) -> None:
    page = desk.get(f"{URL}/entries").text
    assert ("Whatever the economy says" in page, page.count("Not decided"), page.count("3 not kept")) == (True, 2, 0)
    reserve = desk.get(f"{URL}/entries?endorsement=reserve").text
    assert [entry.title in reserve for entry in entries] == [False, False, True, False, False]


def test_on_the_open_path_the_list_says_nothing_of_it(
    desk: FlaskClient, competition: Competition, entries: list[Entry]
) -> None:
    competition.entry_path = EntryPath.OPEN
    db.session.commit()
    page = desk.get(f"{URL}/entries").text
    assert ("Endorsement" in page, "Economies and places" in page) == (False, False)
    assert "Economies are not asked" in desk.get(f"{URL}/economies").text


def test_the_export_holds_it(desk: FlaskClient, entries: list[Entry]) -> None:
    reply = desk.post(f"{URL}/entries/export", data={"list": "", "format": "csv"})
    rows = list(csv.DictReader(io.StringIO(reply.get_data().decode("utf-8-sig"))))
    assert [
        (row["Endorsement"], row["Place in its economy's order"], row["Reason of the economy"]) for row in rows
    ] == [
        ("Endorsed", "1", ""),
        ("Endorsed", "2", ""),
        ("In reserve", "3", ""),
        ("Not endorsed", "", "No product yet."),
        ("Not decided", "", ""),
    ]


def test_the_page_of_an_entry_says_who_said_what_and_lets_it_pass_with_a_reason(
    desk: FlaskClient, entries: list[Entry], coordinator: Account
) -> None:
    address = f"{URL}/entries/{entries[3].reference}"
    page = words(desk.get(address).text)
    assert f"{coordinator.display_name}, " in page
    assert ("Peru does not endorse it." in page, "Reason given: No product yet." in page) == (True, True)
    desk.post(f"{address}/act", data={"action": "admit"})
    db.session.expire_all()
    assert entries[3].state is EntryState.SUBMITTED
    desk.post(f"{address}/rules", data={"rule": "endorsement", "reason": "The ministry wrote a letter."})
    desk.post(f"{address}/act", data={"action": "admit"})
    db.session.expire_all()
    assert entries[3].state is EntryState.ADMITTED


def test_many_are_admitted_that_are_endorsed_and_the_others_are_named(desk: FlaskClient, entries: list[Entry]) -> None:
    ids = [str(entry.id) for entry in entries]
    page = words(desk.post(f"{URL}/entries/effect", data={"action": "admit", "ids": ids}).text)
    assert "Peru keeps it in reserve: its places are given to others." in page
    desk.post(f"{URL}/entries/act", data={"action": "admit", "ids": ids})
    db.session.expire_all()
    assert [entry.state is EntryState.ADMITTED for entry in entries] == [True, True, False, False, False]


def test_the_table_of_economies_shows_places_and_who_owes_a_word(
    desk: FlaskClient, entries: list[Entry], coordinator: Account, competition: Competition
) -> None:
    competition.host_limit = 5
    db.session.commit()
    page = words(desk.get(f"{URL}/economies").text)
    assert f"Peru 2 of 2 places 1 2 1 1 0 {coordinator.display_name}" in page
    assert "Indonesia 0 of 5 places" in page
    reply = desk.post(f"{URL}/economies/remind", follow_redirects=True)
    assert messages(reply) == ["1 coordinator is reminded."]
    assert messages(desk.post(f"{URL}/economies/remind", follow_redirects=True)) == ["Nobody is left to remind today."]
    mail = db.session.scalars(select(OutboxMail).where(OutboxMail.template == "competition/economy_reminder")).one()
    assert mail.to_address == coordinator.email


def test_an_economy_that_owes_a_word_and_has_nobody_is_marked(
    desk: FlaskClient, competition: Competition, entrant: Account
) -> None:
    make_entries(competition, entrant, 1)
    page = words(desk.get(f"{URL}/economies").text)
    assert ("Nobody" in page, "Remind the coordinators" in page) == (True, False)


def test_the_economies_take_the_same_number_of_queries_however_many_entries_there_are(
    desk: FlaskClient, competition: Competition, entrant: Account, coordinator: Account
) -> None:
    def asked() -> int:
        db.session.expire_all()
        with count_queries() as queries:
            assert desk.get(f"{URL}/economies").status_code == 200
        return len(queries)

    few = asked()
    make_entries(competition, entrant, 4)
    make_nomination(competition, coordinator)
    assert asked() == few


def test_only_who_sees_entries_sees_the_economies_and_only_who_manages_them_reminds(
    client: FlaskClient, competition: Competition, coordinator: Account
) -> None:
    officer = make_account("officer@gtn.example")
    grant_role(officer, Role.INTEGRITY_OFFICER, competition.scope)
    for person in (officer, coordinator):
        client.delete_cookie("gtn-account")
        sign_in(client, person)
        replies = [client.get(f"{URL}/economies"), client.post(f"{URL}/economies/remind")]
        assert [reply.status_code for reply in replies] == [403, 403]


def test_the_settings_keep_path_places_and_date_and_the_next_edition_moves_the_date(
    desk: FlaskClient, competition: Competition
) -> None:
    typed = {
        **dict.fromkeys(("tagline", "description", "rules", "prizes", "privacy_notice", "contact_name"), ""),
        "lock_version": str(competition.lock_version),
        "title": competition.title,
        "slug": competition.slug,
        "host_economy_code": "INA",
        "city": "Jakarta",
        "time_zone": "Asia/Jakarta",
        "entries_open_at": "2013-04-01T15:00",
        "entries_close_at": "2013-05-31T23:59",
        "late_policy": "none",
        "grace_minutes": "0",
        "reference_prefix": "ISC13",
        "entry_path": "nominated",
        "economy_limit": "2",
        "host_limit": "6",
        "endorsement_closes_at": "2013-06-10T18:00",
    }
    reply = desk.post(f"{URL}/settings", data=typed, follow_redirects=True)
    assert messages(reply) == ["The settings are saved."]
    db.session.expire_all()
    assert (competition.entry_path, competition.host_limit) == (EntryPath.NOMINATED, 6)
    assert endorsement_until(competition) == datetime(2013, 6, 10, 11, 0, tzinfo=UTC)
    edition = NewEdition(
        title="The next one", edition="", slug="next", reference_prefix="NEXT", opens_on=date(2014, 4, 1)
    )
    copy = clone_competition(competition, edition, actor=make_account("cloner@gtn.example"), now=NOW)
    assert endorsement_until(copy) == datetime(2014, 6, 10, 11, 0, tzinfo=UTC)
