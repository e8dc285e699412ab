"""The page of the member economies and their editing."""

import re

from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.core.db import db
from gtn_events.core.economies import ECONOMIES, Economy
from gtn_events.core.journal import JournalEntry

from ..accounts.pages import seen_in
from ..factories import grant_role, make_account, sign_in

FORM = {"formal_name": "Republic of Peru", "short_name": "Peru", "in_sentence": "Peru", "seen": "1"}


def administrator(client: FlaskClient) -> None:
    admin = make_account("admin@gtn.example")
    grant_role(admin, Role.ADMINISTRATOR)
    sign_in(client, admin)


def test_the_21_economies_stand_in_protocol_order(client: FlaskClient) -> None:
    page = client.get("/economies").text
    rows = re.findall(r'<th scope="row">(?:<a[^>]*>)?(.*?)<', page)
    assert [row.replace("&#39;", "'") for row in rows] == [seed.formal_name for seed in ECONOMIES]
    assert page.count("tag-approved") == 11
    assert "/economies/PE/edit" not in page


def test_an_edit_is_written_into_the_journal_once(client: FlaskClient) -> None:
    administrator(client)
    for _ in range(2):
        assert client.post("/economies/PE/edit", data=FORM).location == "/economies"
    peru = db.session.get_one(Economy, "PE")
    assert (peru.formal_name, peru.travel_eligible, peru.rank) == ("Republic of Peru", False, 14)
    entry = db.session.scalars(select(JournalEntry).where(JournalEntry.action == "economy edited")).one()
    assert (entry.subject_id, entry.changes) == (
        14,
        {"formal_name": ["Peru", "Republic of Peru"], "travel_eligible": [True, False]},
    )


def test_an_empty_or_endless_name_changes_nothing(client: FlaskClient) -> None:
    administrator(client)
    for name in (" ", "x" * 10_000):
        assert client.post("/economies/PE/edit", data=FORM | {"formal_name": name}).status_code == 422
    assert db.session.get_one(Economy, "PE").formal_name == "Peru"


def test_only_administrators_edit_and_unknown_economies_are_not_found(client: FlaskClient) -> None:
    sign_in(client, make_account())
    assert client.post("/economies/PE/edit", data=FORM).status_code == 403
    administrator(client)
    assert client.get("/economies/XX/edit").status_code == 404


def test_names_that_somebody_saved_meanwhile_are_not_overwritten_unseen(client: FlaskClient) -> None:
    administrator(client)
    seen = seen_in(client.get("/economies/PE/edit"))
    client.post("/economies/PE/edit", data=FORM | {"seen": seen})
    mine = FORM | {"short_name": "Perú", "seen": seen, "travel_eligible": "y"}
    refused = client.post("/economies/PE/edit", data=mine | {"in_sentence": "Perú"})
    says = ("Somebody else saved this while you had it open.", "Stored now: Peru", "Stored now: no")
    assert (refused.status_code, [each in refused.text for each in says]) == (409, [True] * 3)
    assert client.post("/economies/PE/edit", data=mine | {"seen": seen_in(refused)}).status_code == 302
    assert db.session.get_one(Economy, "PE").short_name == "Perú"
