"""What organisers and delegates see of an economy that is asked first."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from gtn_events.accounts.enums import Role
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.forum.domain.economy_stage import endorse_registration
from gtn_events.forum.enums import Approval, ApprovalStage
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.models import Forum, Registration
from tests.factories import MADE_AT, grant_role, make_account, make_category, make_registration, sign_in


@pytest.fixture
def waiting(forum: Forum) -> Registration:
    """Somebody of Peru, whose coordinator has five days left."""
    make_category(forum, "Delegate", approval=Approval.ECONOMY)
    forum.ends_on = clock.now().date() + timedelta(days=60)
    grant_role(
        make_account("coordinator@gtn.example"), Role.ECONOMY_COORDINATOR, db.session.get_one(Economy, "PE").scope
    )
    return make_registration(
        forum.categories[0],
        make_account("rosa@firm.example"),
        stage=ApprovalStage.ECONOMY,
        answer_due_at=clock.now() + timedelta(days=5),
    )


def page_of(client: FlaskClient, registration: Registration) -> str:
    return client.get(f"/forums/{registration.forum}/manage/registrations/{registration.id}").text


def test_the_page_says_who_is_asked_and_until_when(desk: FlaskClient, waiting: Registration) -> None:
    page = page_of(desk, waiting)
    assert "Peru has until" in page
    assert "Decide without the economy" in page
    assert 'value="admit"' not in page
    assert 'value="reject"' in page


def test_the_organiser_decides_without_the_economy(desk: FlaskClient, waiting: Registration) -> None:
    url = f"/forums/{waiting.forum}/manage/registrations/{waiting.id}/without-economy"
    assert desk.post(url, data={"reason": " "}).status_code == 302
    db.session.expire_all()
    assert waiting.stage is ApprovalStage.ECONOMY
    desk.post(url, data={"reason": "The minister asked."})
    db.session.expire_all()
    assert waiting.stage is ApprovalStage.HOST
    assert 'value="admit"' in page_of(desk, waiting)


def test_a_stranger_does_not_decide_without_the_economy(client: FlaskClient, waiting: Registration) -> None:
    sign_in(client, make_account("stranger@firm.example"))
    url = f"/forums/{waiting.forum}/manage/registrations/{waiting.id}/without-economy"
    assert client.post(url, data={"reason": "I want it."}).status_code == 403


def test_an_answer_that_did_not_come_is_named(desk: FlaskClient, waiting: Registration) -> None:
    waiting.answer_due_at = clock.now() - timedelta(hours=1)
    db.session.commit()
    page = page_of(desk, waiting)
    assert "Peru did not answer by" in page
    assert 'value="admit"' in page


def test_an_economy_without_a_coordinator_is_named(desk: FlaskClient, waiting: Registration) -> None:
    waiting.economy_code = "CHL"
    db.session.commit()
    assert "Chile has no coordinator, so nobody can answer: decide yourself." in page_of(desk, waiting)


def test_the_list_is_narrowed_to_who_waits_for_an_economy(desk: FlaskClient, waiting: Registration) -> None:
    make_registration(waiting.category, make_account("ana@firm.example", family_name="Quispe"))
    page = desk.get(f"/forums/{waiting.forum}/manage/registrations?stage=economy").text
    assert "Huamán" in page
    assert "Quispe" not in page
    assert "The economy's answer" in page


def test_the_delegate_sees_both_stages(client: FlaskClient, waiting: Registration) -> None:
    sign_in(client, waiting.account)
    page = client.get(f"/forums/{waiting.forum}/my").text
    assert "Your registration waits for Peru" in page
    assert "You are not registered yet. Your economy says yes or no first, then the host." in page
    assert "Step 2 of 4" in page
    endorse_registration(waiting, actor=waiting.account, now=clock.now())
    db.session.commit()
    page = client.get(f"/forums/{waiting.forum}/my").text
    assert "Your registration waits for the host" in page
    assert "Step 3 of 4" in page
    waiting.state = State.CONFIRMED
    db.session.commit()
    assert "You are registered" in client.get(f"/forums/{waiting.forum}/my").text


@pytest.mark.parametrize(
    ("values", "words"),
    [({"economy_code": "CHL"}, "Nobody speaks for Chile now"), ({"answer_due_at": MADE_AT}, "Peru did not answer in")],
)
def test_the_delegate_reads_that_the_host_decides_where_the_economy_does_not(
    client: FlaskClient, waiting: Registration, values: dict[str, Any], words: str
) -> None:
    for name, value in values.items():
        setattr(waiting, name, value)
    db.session.commit()
    sign_in(client, waiting.account)
    page = client.get(f"/forums/{waiting.forum}/my").text
    wanted = ("Your registration waits for the host", words, "Step 3 of 4")
    assert [each for each in wanted if each not in page] == []
