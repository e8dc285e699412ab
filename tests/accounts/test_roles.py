"""Giving and ending roles, on the page and in the domain."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select

from gtn_events.accounts.domain import roles
from gtn_events.accounts.enums import Role
from gtn_events.accounts.errors import GrantRefused, LastAdministrator
from gtn_events.accounts.models import RoleGrant
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.core.permissions import Scope

from ..factories import MADE_AT, grant_role, make_account, make_forum, make_organisation, sign_in
from .pages import field_errors, messages, words


def administrator(client: FlaskClient) -> None:
    admin = make_account("admin@gtn.example", family_name="Sari", given_name="Dewi", economy_code="INA")
    grant_role(admin, Role.ADMINISTRATOR)
    sign_in(client, admin)


def test_a_role_is_given_once_and_stands_in_the_journal(database: None) -> None:
    admin, rosa = make_account("admin@gtn.example"), make_account()
    forum = Scope("forum", 7)
    first = roles.grant_role(rosa, Role.ORGANISER, scope=forum, actor=admin, now=MADE_AT)
    second = roles.grant_role(rosa, Role.ORGANISER, scope=forum, actor=admin, now=MADE_AT)
    assert first is second
    roles.end_grant(first, actor=admin, now=MADE_AT)
    roles.end_grant(first, actor=admin, now=MADE_AT)
    entries = db.session.scalars(select(JournalEntry).order_by(JournalEntry.id)).all()
    assert [(entry.action, entry.subject_id, entry.scope_id, entry.actor_id) for entry in entries] == [
        ("role granted", rosa.id, 7, admin.id),
        ("role ended", rosa.id, 7, admin.id),
    ]
    third = roles.grant_role(rosa, Role.ORGANISER, scope=forum, actor=admin, now=MADE_AT)
    assert third.id != first.id


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.ADMINISTRATOR, Scope("forum", 1)),
        (Role.ECONOMY_COORDINATOR, roles.SITE),
        (Role.CHECK_IN_STAFF, Scope("economy", 1)),
    ],
)
def test_a_role_is_given_only_for_its_kind_of_scope(database: None, role: Role, scope: Scope) -> None:
    with pytest.raises(GrantRefused):
        roles.grant_role(make_account(), role, scope=scope, actor=None, now=MADE_AT)


def test_the_last_administrator_stays(database: None) -> None:
    first, second = make_account("a@gtn.example"), make_account("b@gtn.example")
    one, two = grant_role(first, Role.ADMINISTRATOR), grant_role(second, Role.ADMINISTRATOR)
    roles.end_grant(one, actor=first, now=MADE_AT)
    with pytest.raises(LastAdministrator):
        roles.end_grant(two, actor=second, now=MADE_AT)
    assert two.ended_at is None


def test_the_last_administrator_is_told_on_the_page(client: FlaskClient) -> None:
    administrator(client)
    grant = db.session.scalars(select(RoleGrant)).one()
    path = f"/admin/people/{grant.account_id}"
    response = client.post(f"{path}/grants/{grant.id}/end", headers={"Referer": f"http://localhost{path}"})
    assert response.location == path
    assert messages(client.get(path)) == [
        "This is the last administrator. Make another person an administrator first, then end this role."
    ]
    db.session.refresh(grant)
    assert grant.ended_at is None


def test_a_coordinator_is_given_for_an_economy(client: FlaskClient) -> None:
    administrator(client)
    rosa = make_account()
    missing = client.post(f"/admin/people/{rosa.id}/grants", data={"role": "economy-coordinator", "economy": ""})
    assert field_errors(missing) == {"economy": "Choose the economy that the coordinator looks after."}
    client.post(f"/admin/people/{rosa.id}/grants", data={"role": "economy-coordinator", "economy": "14"})
    grant = db.session.scalars(select(RoleGrant).where(RoleGrant.account_id == rosa.id)).one()
    assert (grant.role, grant.scope_kind, grant.scope_id) == (Role.ECONOMY_COORDINATOR, "economy", 14)
    page = words(client.get(f"/admin/people/{rosa.id}").text)
    assert "Economy coordinator Peru" in page
    assert "Role granted" in page
    assert page.count("Dewi SARI") == 3  # twice in the head, once as who gave the role


def test_a_grant_of_another_person_is_not_found(client: FlaskClient) -> None:
    administrator(client)
    rosa, hana = make_account(), make_account("hana@firm.example")
    grant = grant_role(hana, Role.ORGANISER)
    assert client.post(f"/admin/people/{rosa.id}/grants/{grant.id}/end").status_code == 404
    db.session.refresh(grant)
    assert grant.ended_at is None


def test_people_and_roles_are_for_administrators(client: FlaskClient) -> None:
    rosa = make_account()
    grant_role(rosa, Role.ORGANISER)
    sign_in(client, rosa)
    answers = [client.get("/admin/people"), client.get(f"/admin/people/{rosa.id}")]
    answers.append(client.post(f"/admin/people/{rosa.id}/grants", data={"role": "administrator", "economy": ""}))
    assert [answer.status_code for answer in answers] == [403, 403, 403]


def test_people_are_found_by_name_in_any_script_economy_and_role(client: FlaskClient) -> None:
    administrator(client)
    make_account(
        "mei@firm.example", given_name="Mei-Ling", family_name="Chen", own_script_name="陳美玲", economy_code="CT"
    )
    hang = make_account("hang@firm.example", given_name="Thu Hằng", family_name="Nguyễn", economy_code="VN")
    grant_role(hang, Role.ECONOMY_COORDINATOR, Scope("economy", 21))
    found = {
        query: [
            name
            for name in ("SARI", "CHEN", "NGUYỄN")
            if f'"family">{name.title()}' in client.get(f"/admin/people?{query}").text
        ]
        for query in (
            "q=",
            "q=陳美",
            "q=nguyen+thu",
            "q=FIRM.example",
            "economy=CT",
            "role=economy-coordinator",
            "q=%25",
            "economy=XX",
        )
    }
    everybody = ["SARI", "CHEN", "NGUYỄN"]
    assert found == {
        "q=": everybody,
        "q=陳美": ["CHEN"],
        "q=nguyen+thu": ["NGUYỄN"],
        "q=FIRM.example": ["CHEN", "NGUYỄN"],
        "economy=CT": ["CHEN"],
        "role=economy-coordinator": ["NGUYỄN"],
        "q=%25": [],
        "economy=XX": everybody,
    }


def test_the_list_asks_the_database_as_often_for_many_people_as_for_few(client: FlaskClient) -> None:
    administrator(client)
    firm_id = make_organisation().id
    counts = []
    for size in (3, 20):
        for number in range(size):
            person = make_account(f"p{size}-{number}@firm.example", organisation_id=firm_id)
            grant_role(person, Role.ORGANISER)
        db.session.expunge_all()
        counts.append(_queries_of(client, "/admin/people"))
    assert counts[0] == counts[1]


def _queries_of(client: FlaskClient, path: str) -> int:
    statements: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        assert client.get(path).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return sum(statement.startswith("SELECT") for statement in statements)


def test_a_persons_page_names_what_each_role_is_held_for(client: FlaskClient) -> None:
    administrator(client)
    dewi, forum = make_account("dewi@gtn.example"), make_forum()
    grant_role(dewi, Role.HELPER, forum.scope)
    grant_role(dewi, Role.ECONOMY_COORDINATOR, Scope("economy", 21))
    grant_role(dewi, Role.JUDGE, Scope("competition", 7))
    page = client.get(f"/admin/people/{dewi.id}").text
    assert '<p><a href="/forums/gtn-forum-2013/manage/">GTN Forum 2013</a></p>' in page
    assert "<p>Viet Nam</p>" in page
    assert "<p>One competition, number 7</p>" in page
