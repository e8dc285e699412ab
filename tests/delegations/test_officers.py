"""Officers of a delegation: coordinators name theirs, organisers the host's; nobody else sees or changes them."""

from datetime import date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from gtn_events.accounts.domain.personal_data import erase_person, export_person
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.journal import JournalEntry
from gtn_events.delegations.domain.officers import OfficerDetails, name_officer, remove_officer
from gtn_events.delegations.enums import OfficerKind
from gtn_events.delegations.errors import OfficerRefused
from gtn_events.delegations.models import Delegation, DelegationOfficer
from gtn_events.delegations.queries.officers import officers_of
from gtn_events.forum.models import Forum
from tests.delegations.conftest import coordinator_of
from tests.factories import grant_role, make_account, sign_in

DESK = "/forums/gtn-forum-2013/delegation/PE/officers"
MANAGE = "/forums/gtn-forum-2013/manage/officers"
SENT = {"name": "Luz Quispe", "post": "Second secretary", "email": "luz@mission.example", "phone": "+51 1 234"}
DAYS = {"starts_on": "2013-06-04", "ends_on": "2013-06-07"}


def details(**values: object) -> OfficerDetails:
    given = {"name": "Luz Quispe", "post": "", "email": "luz@mission.example", "phone": "", "starts_on": None}
    return OfficerDetails(**(given | {"ends_on": None} | values))  # type: ignore[arg-type]


@pytest.fixture
def peru(forum: Forum) -> Delegation:
    return Delegation(forum, db.session.get_one(Economy, "PE"))


@pytest.fixture
def organiser(forum: Forum) -> Account:
    account = make_account("organiser@gtn.example", family_name="Lestari")
    grant_role(account, Role.ORGANISER, forum.scope)
    return account


def named() -> list[tuple[str, str, str]]:
    rows = db.session.execute(select(DelegationOfficer.economy_code, DelegationOfficer.kind, DelegationOfficer.name))
    return sorted((code, kind.value, name) for code, kind, name in rows)


def test_coordinator_names_exchanges_and_takes_away(desk: FlaskClient, forum: Forum) -> None:
    assert desk.post(f"{DESK}/liaison", data=SENT | DAYS).location == DESK
    page = desk.get(DESK).text
    assert [word in page for word in ("Luz Quispe", "luz@mission.example", "+51 1 234", "4–7 June 2013")] == [True] * 4
    assert 'value="Luz Quispe"' in desk.get(f"{DESK}/liaison").text
    desk.post(f"{DESK}/liaison", data=SENT | {"name": "Ana Rojas"})
    assert named() == [("PE", "liaison", "Ana Rojas")]
    desk.post(f"{DESK}/liaison/remove")
    assert named() == []


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": ""}, "Write the person&#39;s name"),
        ({"email": "", "phone": ""}, "officers are there to be reached"),
        (DAYS | {"ends_on": "2013-06-01"}, "before the first"),
        (DAYS | {"ends_on": "9999-06-01"}, "Choose a year"),
    ],
)
def test_what_cannot_be_stands_at_its_field(
    desk: FlaskClient, forum: Forum, values: dict[str, str], words: str
) -> None:
    answer = desk.post(f"{DESK}/media", data=SENT | values)
    assert (answer.status_code, words in answer.text, named()) == (422, True, [])


def test_organiser_names_the_officer_of_the_host_whom_coordinators_see(
    client: FlaskClient, forum: Forum, organiser: Account
) -> None:
    sign_in(client, organiser)
    assert client.post(f"{MANAGE}/PE", data=SENT | {"name": "Dewi Host"}).location == f"{MANAGE}/"
    assert "Dewi Host" in client.get(f"{MANAGE}/").text
    sign_in(client, coordinator_of("PE"))
    assert "Dewi Host" in client.get(DESK).text
    assert [client.get(f"{DESK}/host").status_code, client.post(f"{DESK}/host/remove").status_code] == [404, 404]
    assert named() == [("PE", "host", "Dewi Host")]
    sign_in(client, organiser)
    client.post(f"{MANAGE}/PE/remove")
    assert named() == []


def test_helpers_see_and_others_do_not_reach_the_board(client: FlaskClient, forum: Forum, peru: Delegation) -> None:
    helper, stranger = make_account("helper@gtn.example"), make_account("stranger@firm.example")
    grant_role(helper, Role.HELPER, forum.scope)
    sign_in(client, helper)
    assert [client.get(f"{MANAGE}/").status_code, client.post(f"{MANAGE}/PE", data=SENT).status_code] == [200, 403]
    for person in (stranger, coordinator_of("PE")):
        sign_in(client, person)
        asked = [client.get(f"{MANAGE}/"), client.get(f"{MANAGE}/PE"), client.post(f"{MANAGE}/PE/remove")]
        assert [each.status_code for each in asked] == [403] * 3
    assert named() == []


def test_unknown_economy_is_no_page(client: FlaskClient, organiser: Account) -> None:
    sign_in(client, organiser)
    assert client.get(f"{MANAGE}/XX").status_code == 404


def test_database_holds_one_of_a_kind(peru: Delegation, coordinator: Account, now: datetime) -> None:
    first = name_officer(peru, OfficerKind.LIAISON, details(), actor=coordinator, now=now)
    again = name_officer(peru, OfficerKind.LIAISON, details(phone="+51"), actor=coordinator, now=now)
    assert (first, again.phone) == (again, "+51")
    key = {"forum_id": peru.forum.id, "economy_code": "PE", "kind": OfficerKind.LIAISON}
    db.session.add(DelegationOfficer(**key, name="Other", changed_at=now))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_days_in_the_wrong_order_are_refused(peru: Delegation, coordinator: Account, now: datetime) -> None:
    wrong = details(starts_on=date(2013, 6, 7), ends_on=date(2013, 6, 4))
    with pytest.raises(OfficerRefused) as refused:
        name_officer(peru, OfficerKind.MEDIA, wrong, actor=coordinator, now=now)
    assert refused.value.field == "ends_on"


def test_journal_says_that_somebody_was_named_and_not_who(
    peru: Delegation, coordinator: Account, now: datetime
) -> None:
    name_officer(peru, OfficerKind.LIAISON, details(), actor=coordinator, now=now)
    remove_officer(peru, OfficerKind.LIAISON, actor=coordinator, now=now)
    remove_officer(peru, OfficerKind.LIAISON, actor=coordinator, now=now)
    written = select(JournalEntry.action, JournalEntry.changes).where(JournalEntry.action.startswith("officer"))
    entries = db.session.execute(written.order_by(JournalEntry.id)).all()
    told = {"economy": [None, "PE"], "officer": [None, "liaison"]}
    assert [tuple(each) for each in entries] == [("officer named", told), ("officer taken away", told)]


def test_export_tells_and_erasure_takes_away(peru: Delegation, coordinator: Account, now: datetime) -> None:
    luz = make_account("luz@mission.example", family_name="Quispe")
    name_officer(peru, OfficerKind.LIAISON, details(email="Luz@Mission.example"), actor=coordinator, now=now)
    name_officer(peru, OfficerKind.MEDIA, details(email="", phone="+51"), actor=coordinator, now=now)
    assert [each["officer"] for each in export_person(luz)["officers"]] == ["liaison"]
    erase_person(luz, now=now)
    assert list(officers_of(peru)) == [OfficerKind.MEDIA]
