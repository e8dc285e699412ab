"""What hosts and calls keep about a person is told in the export and let go in the erasure."""

import json

import pytest
from sqlalchemy import select

from gtn_events.accounts.domain.personal_data import erase_person, export_person
from gtn_events.accounts.enums import Role
from gtn_events.core.db import Base, db
from gtn_events.incubation.domain.profile import edit_section
from gtn_events.incubation.models import Call, Host
from tests.factories import grant_role, make_account
from tests.incubation.factories import MADE_AT, make_call, make_host

pytestmark = pytest.mark.usefixtures("database")


def columns_with(word: str) -> set[str]:
    """Every column in which a word stands."""
    return {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for row in db.session.execute(select(table))
        for column, value in zip(table.columns, row, strict=True)
        if word in str(value)
    }


def test_contacts_and_what_was_verified_are_told_and_let_go() -> None:
    person = make_account("zyx.contact@host.example", given_name="Zyxman", family_name="Zyxson")
    host = make_host(contact_email="office@host.example")
    grant_role(person, Role.HOST_MANAGER, host.scope)
    contact = {"contact_name": "Zyxman Zyxson", "contact_email": "ZYX.contact@host.example"}
    edit_section(host, "contact", contact, seen=host.lock_version, actor=person, now=MADE_AT)
    verified = make_host("Cebu Cold Chain Centre", "PHL", verified_by_id=person.id, contact_email="other@host.example")
    make_call(contact_name="Zyxman", contact_email="zyx.contact@host.example")
    db.session.commit()

    told = json.loads(json.dumps(export_person(person)["hosts"]))

    assert [each["name"] for each in told["hosts"]] == ["Korat Green Incubator"]
    assert told["calls"] == [{"title": "Co-incubation 2027", "contact_name": "Zyxman"}]
    assert told["verified"] == [{"name": "Cebu Cold Chain Centre", "until": "2027-12-31"}]

    erase_person(person, now=MADE_AT)
    db.session.commit()
    db.session.expire_all()

    assert {name for word in ("Zyx", "ZYX", "zyx") for name in columns_with(word)} == set()
    assert db.session.get_one(Host, verified.id).contact_email == "other@host.example"
    assert db.session.get_one(Host, verified.id).verified_by_id is None
    assert db.session.scalars(select(Call)).one().contact_name == ""
