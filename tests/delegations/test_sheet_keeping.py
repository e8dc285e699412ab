"""An uploaded spreadsheet names people: it belongs to one delegation, and is gone once taken or after a week."""

import io
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.domain.personal_data import erase_person
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.jobs import run_due_periodic_tasks
from gtn_events.core.uploads import Upload, upload_path
from gtn_events.core.uploads.cleanup import remove_orphans
from gtn_events.delegations.domain.sheet_keeping import KEPT_FOR
from gtn_events.delegations.models import NominationSheet
from gtn_events.forum.models import ForumCategory
from tests.delegations.conftest import DESK
from tests.delegations.test_sheet import INES, LUZ, as_csv, send
from tests.factories import MADE_AT, grant_role

SENT = MADE_AT + timedelta(days=10)
ALMOST = SENT + KEPT_FOR - timedelta(seconds=1)


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The forum is open for registration."""
    monkeypatch.setattr("gtn_events.core.clock.now", lambda: SENT)


@pytest.fixture
def sheet(desk: FlaskClient, category: ForumCategory) -> str:
    """The address of a file that waits to be taken."""
    return send(desk, as_csv(INES, LUZ)).location


def upload() -> Upload:
    db.session.expire_all()
    return db.session.scalars(select(Upload)).one()


def waiting() -> int:
    db.session.expire_all()
    return len(db.session.scalars(select(NominationSheet)).all())


def test_a_sheet_that_nobody_took_is_deleted_after_a_week(desk: FlaskClient, sheet: str) -> None:
    run_due_periodic_tasks(ALMOST)
    assert (upload().deleted_at, waiting(), desk.get(sheet).status_code) == (None, 1, 200)
    later = ALMOST + timedelta(hours=2)
    run_due_periodic_tasks(later)
    assert (upload().deleted_at, waiting(), desk.get(sheet).status_code) == (later, 0, 404)
    path = upload_path(upload())
    remove_orphans(MADE_AT + timedelta(days=365 * 100))
    assert not path.exists()


@pytest.mark.parametrize("go", ["draft", "nominate", "discard"])
def test_a_sheet_is_gone_once_it_is_answered(desk: FlaskClient, sheet: str, go: str) -> None:
    desk.post(sheet, data={"go": go})
    assert (upload().deleted_at, waiting(), desk.post(sheet, data={"go": go}).status_code) == (SENT, 0, 404)


def test_a_sheet_that_cannot_be_read_is_not_kept(desk: FlaskClient, category: ForumCategory) -> None:
    assert (send(desk, io.BytesIO(b"PK\x03\x04broken"), "people.xlsx").status_code, waiting()) == (422, 0)


def test_a_sheet_belongs_to_the_delegation_it_was_sent_for(desk: FlaskClient, coordinator: Account, sheet: str) -> None:
    grant_role(coordinator, Role.ECONOMY_COORDINATOR, db.session.get_one(Economy, "CHL").scope)
    other = sheet.replace("/PE/", "/CHL/")
    found = [desk.get(other), desk.get(f"{other}/errors"), desk.post(other, data={"go": "draft"})]
    assert ([each.status_code for each in found], waiting()) == ([404] * 3, 1)


def test_another_file_of_the_person_is_no_sheet(desk: FlaskClient, coordinator: Account, sheet: str) -> None:
    kept = upload()
    values = {"content_type": kept.content_type, "owner_id": coordinator.id, "sha256": kept.sha256, "size": kept.size}
    other = Upload(name="ledger.csv", stored_as="aa/bb/other", created_at=SENT, **values)
    db.session.add(other)
    db.session.commit()
    assert desk.get(f"{DESK}/nominations/upload/{other.id}").status_code == 404


def test_with_the_person_who_sent_it_the_sheet_goes(desk: FlaskClient, coordinator: Account, sheet: str) -> None:
    erase_person(coordinator, now=SENT)
    db.session.commit()
    run_due_periodic_tasks(SENT + timedelta(hours=2))
    assert (upload().deleted_at, waiting()) == (SENT, 0)
