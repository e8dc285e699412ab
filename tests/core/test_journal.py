"""The journal shows who did what, with the names of the actors read at once."""

from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry, entries_about, record, shown_entries
from tests.factories import grant_role, make_account, sign_in
from tests.queries import count_queries


@pytest.fixture
def administrator(client: FlaskClient) -> FlaskClient:
    """The browser of an administrator."""
    account = make_account("admin@gtn.example", given_name="Luis", family_name="Paredes")
    grant_role(account, Role.ADMINISTRATOR)
    sign_in(client, account)
    return client


@pytest.mark.usefixtures("database")
def test_entry_names_its_actor_and_the_system_has_no_name(now: datetime) -> None:
    rosa = make_account()
    record("profile changed", rosa, actor=rosa, now=now, changes={"position": ("", "Director")}, reason="typing error")
    record("profile purged", rosa, actor=None, now=now)
    db.session.flush()
    shown = shown_entries(list(db.session.scalars(entries_about(rosa))))
    assert [(each.action, each.actor_name, each.reason) for each in shown] == [
        ("profile purged", None, None),
        ("profile changed", "Rosa HUAMÁN", "typing error"),
    ]
    assert shown[1].changes == {"position": ["", "Director"]}


def test_journal_is_found_by_what_was_done(administrator: FlaskClient, now: datetime) -> None:
    rosa = make_account()
    record("profile changed", rosa, actor=rosa, now=now)
    record("seat given", rosa, actor=None, now=now)
    db.session.commit()
    page = administrator.get("/admin/journal?q=PROFILE").text
    assert (page.count("profile changed"), page.count("seat given")) == (1, 0)


def test_journal_asks_the_same_number_of_queries_at_every_length(administrator: FlaskClient, now: datetime) -> None:
    counts = []
    for number in range(12):
        person = make_account(f"p{number}@firm.example")
        record("profile changed", person, actor=person, now=now)
        db.session.commit()
        if number in {1, 11}:
            with count_queries() as queries:
                administrator.get("/admin/journal")
            counts.append(len(queries))
    assert counts[0] == counts[1]
    assert len(list(db.session.scalars(select(JournalEntry.id)))) >= 12


def test_journal_is_refused_to_others(client: FlaskClient) -> None:
    sign_in(client, make_account())
    assert client.get("/admin/journal").status_code == 403
