"""Organisers read every delegation of their forum: all in one table, each on a page; they act for none of them."""

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import ECONOMIES, Economy
from gtn_events.delegations.domain.nominations import Nominee, draft_nomination
from gtn_events.delegations.models import Delegation
from gtn_events.forum.domain.allotments import Kept, set_allotments
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.models import Forum, ForumCategory
from tests.delegations.conftest import Register, coordinator_of
from tests.factories import MADE_AT, grant_role, make_account, make_forum, sign_in
from tests.queries import count_queries

LIST = "/forums/gtn-forum-2013/manage/delegations"
NAMES = [each.short_name for each in ECONOMIES]


@pytest.fixture
def organiser(forum: Forum) -> Account:
    account = make_account("organiser@gtn.example")
    grant_role(account, Role.ORGANISER, forum.scope)
    return account


@pytest.fixture
def office(client: FlaskClient, organiser: Account) -> FlaskClient:
    """The browser of the forum's organiser."""
    sign_in(client, organiser)
    return client


@pytest.fixture
def peru(category: ForumCategory, register: Register, organiser: Account, coordinator: Account) -> None:
    """Peru: a coordinator, three kept places, two people pending, one waiting, a draft; Chile: one pending."""
    wanted = {"PE": Kept(places=3)}
    set_allotments(category, wanted, actor=organiser, now=MADE_AT)
    register("Quispe", State.WAITLISTED)
    register("Abad")
    register("Torres", answer_due_at=MADE_AT + timedelta(days=3))
    register("Rojas", economy_code="CHL")
    delegation = Delegation(category.forum, db.session.get_one(Economy, "PE"))
    nominee = Nominee(email="nominee@firm.example", category=category, family_name="Nominated")
    draft_nomination(delegation, nominee, actor=coordinator, now=MADE_AT)
    db.session.commit()


def exported(office: FlaskClient, query: str = "") -> list[dict[str, str]]:
    text = office.get(f"{LIST}/export?format=csv{query}").data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.usefixtures("peru")
def test_every_economy_stands_in_protocol_order_with_its_figures(office: FlaskClient, coordinator: Account) -> None:
    rows = exported(office)
    assert [row["Economy"] for row in rows] == NAMES
    [row] = [row for row in rows if row["Economy"] == "Peru"]
    assert [row[name] for name in ("Places kept", "Kept and free", "With a place", "Waiting", "To answer")] == [
        "3",
        "3",
        "0",
        "1",
        "2",
    ]
    assert (row["Coordinators"], row["Answer due"][:10], row["Nominations: draft"]) == (
        coordinator.display_name,
        f"{MADE_AT + timedelta(days=3):%Y-%m-%d}",
        "1",
    )
    page = office.get(LIST).text
    assert [page.index(f">{name}</a>") for name in NAMES] == sorted(page.index(f">{name}</a>") for name in NAMES)


@pytest.mark.usefixtures("peru")
@pytest.mark.parametrize(
    ("query", "first", "count"),
    [
        ("&sort=-pending", ["Peru", "Chile"], 21),
        ("&sort=due", ["Peru", "Chile"], 21),
        ("&sort=-kept", ["Peru", "Australia"], 21),
        ("&sort=-nominated", ["Peru", "Australia"], 21),
        ("&show=pending", ["Chile", "Peru"], 2),
        ("&show=waiting", ["Peru"], 1),
        ("&show=free", ["Peru"], 1),
        ("&show=nominated", ["Peru"], 1),
        ("&show=vacant", ["Australia", "Brunei Darussalam"], 20),
        ("&q=per", ["Peru"], 1),
        ("&sort=nonsense&show=nonsense", ["Australia"], 21),
    ],
)
def test_the_table_is_sorted_and_narrowed(office: FlaskClient, query: str, first: list[str], count: int) -> None:
    rows = exported(office, query)
    assert ([row["Economy"] for row in rows[: len(first)]], len(rows)) == (first, count)


@pytest.mark.usefixtures("peru")
def test_the_workbook_holds_the_same_lines(office: FlaskClient) -> None:
    with office.get(f"{LIST}/export?format=xlsx&show=pending") as response:
        book = load_workbook(io.BytesIO(response.data))
    assert [row[0] for row in book.active.iter_rows(min_row=2, values_only=True)] == ["Chile", "Peru"]


@pytest.mark.usefixtures("peru")
def test_the_table_costs_the_same_however_many_there_are(office: FlaskClient, register: Register) -> None:
    office.get(LIST)
    with count_queries() as few:
        office.get(LIST)
    for code in ("AUS", "CDA", "JPN"):
        coordinator_of(code)
        register(f"Of{code}", economy_code=code)
    with count_queries() as many:
        office.get(LIST)
    assert len(many) == len(few)


@pytest.mark.usefixtures("peru")
def test_a_delegation_is_read_and_nothing_can_be_done_there(office: FlaskClient, coordinator: Account) -> None:
    page = office.get(f"{LIST}/PE").text
    for name in ("ABAD", "Quispe", "NOMINATED", coordinator.display_name):
        assert name.casefold() in page.casefold()
    assert "Rojas" not in page
    main = page.partition("<main")[2]
    assert ('method="post"' in main, "/delegation/PE" in main) == (False, False)


def test_an_economy_without_coordinator_is_named(office: FlaskClient) -> None:
    assert "nobody answers for this economy" in office.get(f"{LIST}/JPN").text


def test_an_unknown_economy_is_no_page(office: FlaskClient) -> None:
    assert [office.get(f"{LIST}/{code}").status_code for code in ("XX", "pe", "secretariat")] == [404, 404, 404]


@pytest.mark.usefixtures("peru")
@pytest.mark.parametrize("who", ["coordinator", "organiser of another forum", "delegate", "travel officer", "nobody"])
def test_others_do_not_read_it(app: Flask, client: FlaskClient, forum: Forum, coordinator: Account, who: str) -> None:
    person = coordinator if who == "coordinator" else make_account("other@gtn.example")
    if who == "organiser of another forum":
        grant_role(person, Role.ORGANISER, make_forum("another", title="Another", reference_prefix="ANO").scope)
    if who == "travel officer":
        grant_role(person, Role.TRAVEL_OFFICER, forum.scope)
    if who != "nobody":
        sign_in(client, person)
    urls = (LIST, f"{LIST}/export?format=csv", f"{LIST}/PE")
    assert {client.get(url).status_code for url in urls} == {302 if who == "nobody" else 403}


@pytest.mark.parametrize(
    ("role", "status"), [(Role.HELPER, 200), (Role.ADMINISTRATOR, 200), (Role.CHECK_IN_STAFF, 403)]
)
def test_who_sees_registrations_sees_delegations(client: FlaskClient, forum: Forum, role: Role, status: int) -> None:
    person = make_account("staff@gtn.example")
    grant_role(person, role, None if role is Role.ADMINISTRATOR else forum.scope)
    sign_in(client, person)
    assert [client.get(url).status_code for url in (LIST, f"{LIST}/PE")] == [status, status]
