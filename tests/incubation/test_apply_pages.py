"""Applying in a browser without scripts: steps, the order of hosts, sending once, one's own page."""

import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.accounts.signed_in import COOKIE
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.incubation.domain.wish_list import WishList
from gtn_events.incubation.enums import ApplicationState
from gtn_events.incubation.models import Application, ApplicationDraft, Call, Intake
from tests.factories import make_account, sign_in
from tests.incubation.applying import IN_TIME, STAY, URL, fill_in, send
from tests.incubation.factories import make_call, make_host, make_intake

FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture(autouse=True)
def _moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)


@pytest.fixture
def call(database: None) -> Call:
    return make_call()


@pytest.fixture
def rosa(client: FlaskClient, call: Call) -> Account:
    account = make_account()
    sign_in(client, account)
    return account


@pytest.fixture
def hosts(call: Call) -> list[Intake]:
    """Two hosts that are open, then one of the own economy, one of another sector, one for short stays."""
    return [
        make_intake(call, make_host()),
        make_intake(call, make_host("Kyushu Reuse Works", "JPN"), places=2),
        make_intake(call, make_host("Lima Incuba Verde", "PE")),
        make_intake(call, make_host("Sydney Battery Yard", "AUS"), only_sectors=["energy"]),
        make_intake(call, make_host("Cebu Cold Chain Centre", "PHL", most_weeks=8)),
    ]


def order() -> list[int]:
    db.session.expire_all()
    return list(WishList.of(db.session.scalars(select(ApplicationDraft)).one().data).order)


def act(client: FlaskClient, what: str, **more: object) -> int:
    return client.post(f"{URL}/apply/hosts", data={"act": what, **more}).status_code


def test_the_whole_way_from_the_first_step_to_the_own_page(
    client: FlaskClient, rosa: Account, hosts: list[Intake]
) -> None:
    send(client, hosts[:2])
    application = db.session.scalars(select(Application)).one()
    assert (application.account_id, application.state) == (rosa.id, ApplicationState.SUBMITTED)
    page = client.get(f"{URL}/my/").text
    for text in (application.reference, application.versions[0].sha256, "Kyushu Reuse Works", "Ice from sawdust."):
        assert text in page
    assert "Hosts do not see which place you gave them." in page


def test_the_firm_is_taken_from_the_profile(client: FlaskClient, rosa: Account, hosts: list[Intake]) -> None:
    client.post(f"{URL}/apply/")
    page = client.get(f"{URL}/apply/firm").text
    assert '<option selected value="PE">Peru</option>' in page
    people = client.get(f"{URL}/apply/people").text
    assert 'value="Rosa Huamán"' in people


def test_the_board_says_what_fits_and_what_is_not_open_and_why(
    client: FlaskClient, rosa: Account, hosts: list[Intake]
) -> None:
    fill_in(client, hosts[:1])
    page = client.get(f"{URL}/apply/hosts").text
    for text in (
        "Fits your field; gives 1 of the 2 things you need; speaks English",
        "Your own economy: a placement goes to another one",
        "Takes firms of Clean energy only",
        "Takes firms for at most 8 weeks; you ask for 13",
        "1 of 8",
        "7 more would raise your chance of a place",
    ):
        assert text in page


def test_hosts_are_moved_taken_out_and_put_back_without_scripts(
    client: FlaskClient, rosa: Account, hosts: list[Intake]
) -> None:
    fill_in(client, hosts[:2])
    first, second = hosts[0].id, hosts[1].id
    assert act(client, f"up:{second}") == 302
    assert order() == [second, first]
    act(client, f"remove:{second}")
    assert order() == [first]
    assert "Kyushu Reuse Works is taken out." in client.get(f"{URL}/apply/hosts").text
    act(client, "undo")
    assert order() == [second, first]
    act(client, "order", order=[first, second])
    assert order() == [first, second]


def test_a_move_by_script_gets_the_board_anew(client: FlaskClient, rosa: Account, hosts: list[Intake]) -> None:
    fill_in(client, hosts[:1])
    answer = client.post(f"{URL}/apply/hosts", data={"act": f"add:{hosts[1].id}"}, headers=FETCH)
    assert (answer.status_code, answer.text.count("<form"), "<html" in answer.text) == (200, 1, False)
    assert "Saved 04:00" in answer.text
    refused = client.post(f"{URL}/apply/hosts", data={"act": f"add:{hosts[2].id}"}, headers=FETCH)
    assert "Lima Incuba Verde: Your own economy" in refused.text
    assert order() == [hosts[0].id, hosts[1].id]


@pytest.mark.parametrize("what", ["", "up", "jump:1", "add:x", "add:999999", "remove:0", "order:1", "undo"])
def test_garbage_changes_no_order(client: FlaskClient, rosa: Account, hosts: list[Intake], what: str) -> None:
    fill_in(client, hosts[:2])
    assert act(client, what) in (302, 400)
    assert order() == [hosts[0].id, hosts[1].id]


def test_a_wish_that_closed_since_stands_with_its_reason_and_cannot_be_sent(
    client: FlaskClient, rosa: Account, hosts: list[Intake]
) -> None:
    fill_in(client, hosts[:2])
    hosts[1].withdrawn_at = IN_TIME
    db.session.commit()
    assert "It has withdrawn its places from this call. Take it out" in client.get(f"{URL}/apply/hosts").text
    answer = client.post(f"{URL}/apply/check")
    assert (answer.status_code, "2. Kyushu Reuse Works: It has withdrawn" in answer.text) == (422, True)
    assert db.session.scalar(select(Application)) is None


def test_what_is_missing_is_listed_with_its_place(client: FlaskClient, rosa: Account, hosts: list[Intake]) -> None:
    client.post(f"{URL}/apply/")
    client.post(f"{URL}/apply/stay", data=STAY | {"weeks": "40"})
    answer = client.post(f"{URL}/apply/check")
    assert answer.status_code == 422
    for text in (
        "Write a number of weeks from 4 to 26.",
        f"{URL}/apply/stay#weeks",
        "Hosts in order: Not filled in yet",
    ):
        assert text in answer.text


def test_a_person_who_goes_is_added_and_removed(client: FlaskClient, rosa: Account) -> None:
    client.post(f"{URL}/apply/")
    sent = {"people-0-name": "Rosa", "people-0-role": "Founder", "go": "add"}
    assert client.post(f"{URL}/apply/people", data=sent).location == f"{URL}/apply/people#people"
    assert "Person 2" in client.get(f"{URL}/apply/people").text
    client.post(f"{URL}/apply/people", data=sent | {"people-1-name": "Mei", "go": "remove-1"})
    page = client.get(f"{URL}/apply/people").text
    assert ('value="Mei"' in page, 'value="Rosa"' in page) == (True, False)


def test_what_is_typed_is_kept_without_being_judged(client: FlaskClient, rosa: Account) -> None:
    client.post(f"{URL}/apply/")
    kept = client.post(f"{URL}/apply/project/draft", data={"title": "Cold", "seen": "new"})
    assert kept.json is not None
    assert kept.json["saved"] is True
    assert 'value="Cold"' in client.get(f"{URL}/apply/project").text
    again = client.post(f"{URL}/apply/project/draft", data={"title": "Warm", "seen": "new"})
    assert (again.status_code, again.json) == (409, {"saved": False})


def test_a_change_opens_the_form_as_it_was_sent_and_says_what_changed(
    client: FlaskClient, rosa: Account, hosts: list[Intake]
) -> None:
    send(client, hosts[:2])
    assert client.post(f"{URL}/my/change").location == f"{URL}/apply/check"
    page = client.get(f"{URL}/apply/check").text
    assert "Version 2 takes the place of what you sent before." in page
    assert "Declaration: Not filled in yet" in page
    act(client, f"down:{hosts[0].id}")
    client.post(f"{URL}/apply/declaration", data={"declared_by": "Rosa Huamán", "agree": "y"})
    assert client.post(f"{URL}/apply/check").status_code == 302
    page = client.get(f"{URL}/my/").text
    assert "1. Kyushu Reuse Works; 2. Korat Green Incubator" in page


def test_where_it_stands_is_told_in_the_order_of_time(
    client: FlaskClient, rosa: Account, hosts: list[Intake], call: Call
) -> None:
    send(client, hosts[:2])
    application = db.session.scalars(select(Application)).one()
    application.state, application.state_changed_at = ApplicationState.ADMITTED, call.closes_at + timedelta(hours=1)
    db.session.commit()
    stands = client.get(f"{URL}/my/").text.partition('id="stands"')[2].partition("</ol>")[0]
    told = ("Sent", "Changes close", "Admitted", "Hosts send their ranking", "The match")
    assert re.findall(r'timeline-label">([^<]+)<', stands) == list(told)


def test_a_second_click_finds_it_sent(client: FlaskClient, rosa: Account, hosts: list[Intake]) -> None:
    send(client, hosts[:1])
    answer = client.post(f"{URL}/apply/check", follow_redirects=True)
    assert "nothing was sent twice" in answer.text
    assert len(db.session.scalars(select(Application)).all()) == 1


def test_two_sends_at_once_give_one_application(
    app: Flask, client: FlaskClient, rosa: Account, hosts: list[Intake]
) -> None:
    fill_in(client, hosts[:2])
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    gate, answers = Barrier(4), []

    def press() -> None:
        other = app.test_client()
        other.set_cookie(COOKIE, cookie.value)
        gate.wait()
        answers.append(other.post(f"{URL}/apply/check").status_code)

    db.session.commit()
    threads = [Thread(target=press) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.expire_all()
    applications = db.session.scalars(select(Application)).all()
    assert (answers, len(applications), len(applications[0].versions)) == ([302] * 4, 1, 1)


def test_withdrawing_asks_for_the_title_and_goes_on_after_the_close(
    client: FlaskClient, rosa: Account, call: Call, hosts: list[Intake], monkeypatch: pytest.MonkeyPatch
) -> None:
    send(client, hosts[:1])
    monkeypatch.setattr(clock, "now", lambda: call.closes_at + timedelta(days=2))
    sign_in(client, rosa)
    assert client.post(f"{URL}/my/withdraw", data={"title": "Something else"}).status_code == 422
    assert client.post(f"{URL}/my/withdraw", data={"title": "cold rooms WITHOUT a grid"}).status_code == 302
    assert db.session.scalars(select(Application)).one().state is ApplicationState.WITHDRAWN
    client.post(f"{URL}/my/change")
    assert db.session.scalar(select(ApplicationDraft)) is None


def test_a_closed_call_says_so_and_keeps_the_draft(
    client: FlaskClient, rosa: Account, call: Call, hosts: list[Intake], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_in(client, hosts[:1])
    monkeypatch.setattr(clock, "now", lambda: call.closes_at)
    sign_in(client, rosa)
    for path in ("", "firm", "hosts", "check"):
        answer = client.get(f"{URL}/apply/{path}")
        assert (answer.status_code, "takes no applications any more" in answer.text) == (403, True)
    assert act(client, f"remove:{hosts[0].id}") == 403
    assert order() == [hosts[0].id]


def test_a_draft_is_thrown_away_after_a_question(client: FlaskClient, rosa: Account, hosts: list[Intake]) -> None:
    fill_in(client, hosts[:1])
    assert "Delete your draft for Co-incubation 2027?" in client.get(f"{URL}/apply/discard").text
    client.post(f"{URL}/apply/discard")
    assert db.session.scalar(select(ApplicationDraft)) is None


def test_another_person_finds_neither_draft_nor_application(
    app: Flask, client: FlaskClient, rosa: Account, hosts: list[Intake]
) -> None:
    send(client, hosts[:1])
    client.post(f"{URL}/my/change")
    stranger = app.test_client()
    sign_in(stranger, make_account("mei@other.example"))
    for path in ("apply/resume", "apply/firm", "apply/hosts", "apply/check", "apply/discard", "my/withdraw"):
        assert stranger.get(f"{URL}/{path}").status_code == 404, path
    for path in ("my/change", "my/withdraw", "apply/firm", "apply/hosts", "apply/discard"):
        assert stranger.post(f"{URL}/{path}").status_code == 404, path
    assert "You have not applied yet" in stranger.get(f"{URL}/my/").text
    assert app.test_client().get(f"{URL}/my/").status_code == 302


def test_home_shows_the_draft_then_the_application(client: FlaskClient, rosa: Account, hosts: list[Intake]) -> None:
    assert "Apply to Co-incubation 2027" in client.get("/home").text
    fill_in(client, hosts[:1])
    assert "Your application to Co-incubation 2027 is a draft" in client.get("/home").text
    client.post(f"{URL}/apply/check")
    page = client.get("/home").text
    assert ("Cold rooms without a grid" in page, "is a draft" in page) == (True, False)
