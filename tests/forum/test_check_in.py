"""The door: in once, told when and where the first time was, and taken back."""

import threading
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.forum.domain.check_in import check_in, undo_check_in
from gtn_events.forum.enums import Outcome
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.models import CheckIn, Checkpoint, Forum, Registration
from gtn_events.forum.queries.check_in import MOST_FOUND, by_name, by_reference, count_in
from gtn_events.forum.queries.forums import checkpoint_of
from tests.factories import grant_role, make_account, make_category, make_forum, make_registration, sign_in
from tests.queries import count_queries

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def forum() -> Forum:
    return make_forum()


@pytest.fixture
def staff(forum: Forum) -> Account:
    account = make_account("door@gtn.example", given_name="Linh", family_name="Nguyễn", economy_code="VN")
    grant_role(account, Role.CHECK_IN_STAFF, forum.scope)
    return account


@pytest.fixture
def door_page(client: FlaskClient, staff: Account) -> FlaskClient:
    sign_in(client, staff)
    return client


def confirmed(
    forum: Forum, email: str = "rosa@firm.example", state: State = State.CONFIRMED, **values: object
) -> Registration:
    category = forum.categories[0] if forum.categories else make_category(forum)
    return make_registration(category, make_account(email), state, **values)


def main_door(forum: Forum) -> Checkpoint:
    return db.session.execute(checkpoint_of(forum, "main-door")).scalar_one()


def test_the_second_scan_gives_the_first_and_writes_nothing(forum: Forum, staff: Account, now: datetime) -> None:
    rosa, door = confirmed(forum), main_door(forum)
    first = check_in(rosa, door, station="North", actor=staff, now=now)
    second = check_in(rosa, door, station="South", actor=staff, now=now + timedelta(hours=1))
    assert (first.outcome, second.outcome) == (Outcome.IN, Outcome.ALREADY_IN)
    assert second.check_in is not None
    assert (second.check_in.at, second.check_in.station) == (now, "North")
    assert count_in(door) == (1, 1)


@pytest.mark.parametrize("state", [state for state in State if state is not State.CONFIRMED])
def test_only_the_confirmed_go_in(forum: Forum, staff: Account, now: datetime, state: State) -> None:
    result = check_in(confirmed(forum, state=state), main_door(forum), station="", actor=staff, now=now)
    assert (result.outcome, result.check_in) == (Outcome.NOT_REGISTERED, None)


def test_one_taken_back_does_not_count_and_can_be_done_again(forum: Forum, staff: Account, now: datetime) -> None:
    rosa, door = confirmed(forum), main_door(forum)
    first = check_in(rosa, door, station="", actor=staff, now=now)
    assert first.check_in is not None
    undo_check_in(first.check_in, actor=staff, now=now)
    assert count_in(door) == (0, 1)
    assert check_in(rosa, door, station="", actor=staff, now=now).outcome is Outcome.IN
    assert db.session.scalar(select(func.count()).select_from(CheckIn)) == 2


def test_of_many_stations_at_one_moment_exactly_one_lets_in(
    app: Flask, forum: Forum, staff: Account, now: datetime
) -> None:
    rosa, door, actor = confirmed(forum).id, main_door(forum).id, staff.id
    db.session.rollback()  # the transaction of the reads would keep the stations waiting
    outcomes: list[Outcome] = []
    start = threading.Barrier(6)

    def station() -> None:
        with app.app_context():
            start.wait()
            result = check_in(
                db.session.get_one(Registration, rosa),
                db.session.get_one(Checkpoint, door),
                station="",
                actor=db.session.get_one(Account, actor),
                now=now,
            )
            db.session.commit()
            outcomes.append(result.outcome)

    threads = [threading.Thread(target=station) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [Outcome.ALREADY_IN] * 5 + [Outcome.IN]


@pytest.mark.parametrize("typed", ["GTN13-0000-0001", "gtn13-0000-0001", " 00000001 ", "oooo ooo1"])
def test_a_number_is_found_however_it_is_typed(forum: Forum, typed: str) -> None:
    rosa = confirmed(forum)
    assert by_reference(forum, typed) is rosa


def test_a_number_of_another_forum_is_unknown(forum: Forum) -> None:
    other = make_forum("other-forum", title="Other")
    found = make_registration(make_category(other), make_account(), State.CONFIRMED)
    assert by_reference(forum, found.reference) is None


def test_names_are_found_without_accents_and_in_their_own_script(forum: Forum) -> None:
    rosa = confirmed(forum, own_script_name="โรซา")
    assert by_name(forum, "huaman") == [rosa]
    assert by_name(forum, "โรซา") == [rosa]
    assert by_name(forum, "") == []


def test_the_page_lets_in_tells_and_takes_back(door_page: FlaskClient, forum: Forum) -> None:
    rosa = confirmed(forum)
    page = f"/forums/{forum}/check-in/"
    door_page.post(f"{page}station", data={"station": "North door"})
    assert "Checked in" in door_page.post(page, data={"code": rosa.reference}).get_data(as_text=True)
    again = door_page.post(page, data={"code": rosa.reference}).get_data(as_text=True)
    assert ("Already in" in again, "North door, by Linh NGUYỄN" in again) == (True, True)
    check = db.session.scalars(select(CheckIn)).one()
    assert door_page.post(f"{page}check-ins/{check.id}/undo").status_code == 302
    assert "Checked in" in door_page.post(page, data={"code": rosa.reference}).get_data(as_text=True)


def test_a_scanned_code_is_answered_as_data(door_page: FlaskClient, forum: Forum) -> None:
    rosa = confirmed(forum)
    reply = door_page.post(
        f"/forums/{forum}/check-in/", data={"code": rosa.reference}, headers={"Accept": "application/json"}
    )
    assert reply.json is not None
    assert (reply.json["outcome"], reply.json["inside"], reply.json["confirmed"]) == ("in", 1, 1)


def test_somebody_who_waits_is_refused_in_words(door_page: FlaskClient, forum: Forum) -> None:
    waiting = confirmed(forum, state=State.WAITLISTED)
    page = door_page.post(f"/forums/{forum}/check-in/", data={"code": waiting.reference}).get_data(as_text=True)
    assert ("Not registered" in page, "no place is free" in page) == (True, True)


def test_an_unknown_number_is_told_and_a_name_is_searched(door_page: FlaskClient, forum: Forum) -> None:
    confirmed(forum)
    page = f"/forums/{forum}/check-in/"
    assert "Unknown number" in door_page.post(page, data={"code": "GTN13-9999-9999"}).get_data(as_text=True)
    found = door_page.post(page, data={"code": "huaman"}, follow_redirects=True).get_data(as_text=True)
    assert "1 person matches" in found


def test_a_search_that_finds_too_many_says_that_there_are_more(door_page: FlaskClient, forum: Forum) -> None:
    for number in range(MOST_FOUND + 1):
        confirmed(forum, f"rosa{number}@firm.example")
    found = door_page.get(f"/forums/{forum}/check-in/?q=huaman").get_data(as_text=True)
    assert f"The first {MOST_FOUND} of those who match “huaman”; write more of the name" in found
    assert found.count("found-name") == MOST_FOUND


def test_the_door_asks_the_same_number_of_queries_at_every_length(
    door_page: FlaskClient, forum: Forum, staff: Account, now: datetime
) -> None:
    counts = []
    for batch in range(2):
        for number in range(1 + batch * 7):
            check_in(
                confirmed(forum, f"p{batch}-{number}@firm.example"), main_door(forum), station="", actor=staff, now=now
            )
        db.session.commit()
        db.session.expire_all()
        with count_queries() as queries:
            assert door_page.get(f"/forums/{forum}/check-in/?q=huaman").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
