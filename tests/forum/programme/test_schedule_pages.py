"""The schedule of a day through the web: every act by a form, without any script."""

import re
from datetime import UTC, datetime, time

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.forum.domain.programme_rules import add_time_away, set_programme_rules
from gtn_events.forum.models import AcceptedWarning, Forum, ForumSession, ProgrammeAct, Room, Speaker
from gtn_events.forum.personal_data_schedule import export_schedule
from gtn_events.forum.queries.programme_conflicts import conflicts_of
from tests.factories import MADE_AT, grant_role, make_account, make_forum, make_side_event, sign_in
from tests.queries import count_queries

from .sample import FIRST, make_programme

BASE = "/forums/gtn-forum-2013/manage/programme"
DAY = f"{BASE}/day"
JSON = {"Accept": "application/json"}


@pytest.fixture
def forum(database: object) -> Forum:  # tables
    """A forum with a small programme."""
    return make_programme()


@pytest.fixture
def rosa(forum: Forum) -> Account:
    """Its organiser."""
    account = make_account()
    grant_role(account, Role.ORGANISER, forum.scope)
    return account


@pytest.fixture
def organiser(client: FlaskClient, rosa: Account) -> FlaskClient:
    """The browser of the organiser."""
    sign_in(client, rosa)
    return client


def named(title: str) -> ForumSession:
    db.session.expire_all()
    return db.session.scalars(select(ForumSession).where(ForumSession.title == title)).one()


def room(name: str) -> Room:
    return db.session.scalars(select(Room).where(Room.name == name)).one()


def fields(page: str, code: str, number: int = 0) -> dict[str, str]:
    """The hidden fields of one of the forms that put a session."""
    form = page.split(f'/programme/day/{code}/put" data-act')[number + 1].split("</form>", maxsplit=1)[0]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def test_visitors_and_delegates_see_no_schedule(client: FlaskClient, forum: Forum) -> None:
    visitor = client.get(DAY)
    sign_in(client, make_account("delegate@firm.example"))
    assert (visitor.status_code, client.get(DAY).status_code) == (302, 403)


def test_day_shows_rooms_sessions_and_where_the_chosen_one_is(organiser: FlaskClient) -> None:
    page = organiser.get(f"{DAY}?day=2013-06-05&session={named('Cold chains off the grid').code}").text
    assert "Cold chains off the grid is in Room 201 on Wednesday 5 June, 11:00 to 12:15." in page
    assert page.count('data-act="put"') >= 2
    second = organiser.get(f"{DAY}?day=2013-06-06").text
    assert ("Second day" in second, "Cold chains" in second, 'data-name="Room 201"' in second) == (True, False, True)


def test_session_goes_to_an_offered_place_and_back_by_undo(organiser: FlaskClient) -> None:
    session = named("Cold chains off the grid")
    sent = fields(organiser.get(f"{DAY}?session={session.code}").text, session.code)
    answer = organiser.post(f"{DAY}/{session.code}/put", data=sent, follow_redirects=True)
    after = named("Cold chains off the grid").slot
    assert after is not None
    assert (after.starts_at, answer.status_code) != (FIRST, 422)
    act = db.session.scalars(select(ProgrammeAct)).one()
    assert f'name="act" value="{act.id}"' in answer.text
    found = organiser.post(f"{DAY}/undo", data={"act": act.id}, follow_redirects=True).text
    assert "Cold chains off the grid is in Room 201 on Wed 5 Jun, 11:00 to 12:15 again: undone." in found
    slot = named("Cold chains off the grid").slot
    assert slot is not None
    assert slot.starts_at == datetime(2013, 6, 5, 4, 0, tzinfo=UTC)
    again = organiser.post(f"{DAY}/redo", data={"act": act.id}, headers=JSON).get_json()
    assert (again["code"], again["day"]) == (session.code, "2013-06-05")


def test_session_comes_off_the_schedule_and_keeps_its_length_in_the_list(organiser: FlaskClient) -> None:
    session = named("Cold chains off the grid")
    assert session.slot is not None
    seen = fields(organiser.get(f"{DAY}?session={session.code}").text, session.code)["seen"]
    page = organiser.post(f"{DAY}/{session.code}/unschedule", data={"seen": seen}, follow_redirects=True).text
    assert "Cold chains off the grid has no time yet." in page
    assert f'data-code="{session.code}" data-title="Cold chains off the grid" data-minutes="75" data-seen="-"' in page


def test_session_that_was_moved_meanwhile_stays_and_its_mover_is_told(organiser: FlaskClient) -> None:
    session = named("Cold chains off the grid")
    page = organiser.get(f"{DAY}?session={session.code}").text
    first, second = fields(page, session.code), fields(page, session.code, 1)
    organiser.post(f"{DAY}/{session.code}/put", data=first)
    where = named("Cold chains off the grid").slot
    assert where is not None
    stands = where.starts_at, where.room_id
    answer = organiser.post(f"{DAY}/{session.code}/put", data=second, headers=JSON)
    assert (answer.status_code, "Rosa HUAMÁN changed the place of" in answer.get_json()["detail"]) == (409, True)
    slot = named("Cold chains off the grid").slot
    assert slot is not None
    assert (slot.starts_at, slot.room_id) == stands


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"time": "25:00"}, "Choose a time."),
        ({"minutes": "0"}, "A session lasts from 1 minute to 24 hours."),
        ({"minutes": ""}, "Say how many minutes it lasts."),
        ({"room": "999"}, "Not a valid choice"),
        ({"day": "2013-06-20"}, "Not a valid choice"),
    ],
)
def test_place_that_cannot_be_is_refused_at_its_field(
    organiser: FlaskClient, changed: dict[str, str], told: str
) -> None:
    session = named("Cold chains off the grid")
    sent = fields(organiser.get(f"{DAY}?session={session.code}").text, session.code) | changed
    answer = organiser.post(f"{DAY}/{session.code}/put", data=sent)
    assert (answer.status_code, told in answer.text) == (422, True)
    assert organiser.post(f"{DAY}/{session.code}/put", data=sent, headers=JSON).status_code == 409
    assert organiser.get(f"{DAY}/{session.code}/try", query_string=sent).get_json() == []


def test_time_before_four_is_in_the_night_after_the_day(organiser: FlaskClient) -> None:
    session = named("Cold chains off the grid")
    sent = fields(organiser.get(f"{DAY}?session={session.code}").text, session.code) | {"time": "00:30"}
    organiser.post(f"{DAY}/{session.code}/put", data=sent)
    slot = named("Cold chains off the grid").slot
    assert slot is not None
    assert slot.starts_at == datetime(2013, 6, 5, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize("value", ["\x00", "9" * 40, "²", "x" * 5000, ""])
def test_garbage_changes_nothing(organiser: FlaskClient, value: str) -> None:
    code = named("Cold chains off the grid").code
    paths = ("conflicts/accept", "conflicts/accept/back", "day/undo", "day/redo", f"day/{code}/put")
    for path in (*paths, f"day/{code}/unschedule"):
        sent = dict.fromkeys(("facts", "reason", "act", "seen", "day", "time", "room", "minutes", "session"), value)
        assert organiser.post(f"{BASE}/{path}", data=sent, headers=JSON).status_code in {400, 404, 409}
    assert organiser.get(DAY, query_string={"day": value, "session": value}).status_code == 200
    assert db.session.scalars(select(ProgrammeAct)).all() == []


def test_marks_and_what_would_be_wrong_at_another_place(organiser: FlaskClient) -> None:
    session = named("Cold chains off the grid")
    sent = fields(organiser.get(f"{DAY}?session={session.code}").text, session.code)
    there = sent | {"time": "11:00", "day": "2013-06-05", "room": str(room("Hall A").id)}
    assert organiser.get(f"{DAY}/{session.code}/try", query_string=there).get_json() == [
        {"words": "Room is taken twice", "grave": True}
    ]
    before = organiser.get(f"{DAY}/marks").get_json()
    organiser.post(f"{DAY}/{session.code}/put", data=there)
    after = organiser.get(f"{DAY}/marks").get_json()
    assert (before["marks"], before["blocking"], after["blocking"]) == ({}, 0, 1)
    assert after["marks"][session.code] == {"words": "Room is taken twice", "grave": True}
    assert after["version"] > before["version"]


def test_accepted_warning_is_gone_until_what_it_says_changes(
    organiser: FlaskClient, forum: Forum, rosa: Account
) -> None:
    add_time_away(room("Room 201"), FIRST, FIRST.replace(hour=10), reason="Painters", actor=rosa, now=MADE_AT)
    db.session.commit()
    session = named("Cold chains off the grid")
    page = organiser.get(f"{DAY}?day=2013-06-05&session={session.code}").text
    assert "Room 201 is closed, 09:00 to 17:00: Painters" in page
    facts = re.search(r'name="facts" value="([^"]+)"', page)
    assert facts is not None
    sent = {"facts": facts[1], "reason": "They paint the foyer only.", "session": session.code}
    assert (
        "Say why this is all right."
        in organiser.post(f"{BASE}/conflicts/accept", data=sent | {"reason": " "}, follow_redirects=True).text
    )
    organiser.post(f"{BASE}/conflicts/accept", data=sent)
    accepted = db.session.scalars(select(AcceptedWarning)).one()
    assert (accepted.reason, accepted.accepted_by_id) == ("They paint the foyer only.", rosa.id)
    assert (len(conflicts_of(forum).warnings), len(conflicts_of(forum).accepted)) == (0, 1)
    assert "They paint the foyer only." in organiser.get(f"{BASE}/conflicts").text
    again = organiser.post(f"{BASE}/conflicts/accept", data=sent, headers=JSON)
    assert (again.status_code, again.get_json()["title"]) == (409, "Stale")
    put = fields(page, session.code) | {"time": "11:05", "room": str(room("Room 201").id), "day": "2013-06-05"}
    organiser.post(f"{DAY}/{session.code}/put", data=put)
    assert (len(conflicts_of(forum).warnings), len(conflicts_of(forum).accepted)) == (1, 0)
    organiser.post(f"{BASE}/conflicts/accept/back", data={"facts": facts[1]})
    assert db.session.scalars(select(AcceptedWarning)).all() == []


def test_offered_places_keep_out_of_rooms_of_side_events(organiser: FlaskClient, forum: Forum) -> None:
    session = named("Cold chains off the grid")
    offered = 'name="time" value="13:15"'
    assert offered in organiser.get(f"{DAY}?session={session.code}").text
    for each in ("Hall A", "room 201"):
        times = {"starts_at": FIRST.replace(hour=6), "ends_at": FIRST.replace(hour=11)}
        make_side_event(forum, f"Event in {each}", room_name=each, **times)
    assert offered not in organiser.get(f"{DAY}?session={session.code}").text


def test_person_is_told_what_they_did_to_the_schedule(organiser: FlaskClient, rosa: Account) -> None:
    session = named("Cold chains off the grid")
    sent = fields(organiser.get(f"{DAY}?session={session.code}").text, session.code)
    organiser.post(f"{DAY}/{session.code}/put", data=sent)
    acts = export_schedule(rosa)["acts_on_the_schedule"]
    assert [(each["session"], each["act"]) for each in acts] == [("Cold chains off the grid", "move")]


def test_offered_places_keep_to_the_opening_hours(organiser: FlaskClient, forum: Forum, rosa: Account) -> None:
    hours = {forum.starts_on: (time(9), time(11)), forum.ends_on: (time(9), time(9, 30))}
    set_programme_rules(forum, {}, hours, actor=rosa, now=MADE_AT)
    db.session.commit()
    session = named("Buying green")
    assert "No room is free long enough" in organiser.get(f"{DAY}?session={session.code}").text


def test_programme_without_sessions_says_what_to_do(client: FlaskClient) -> None:
    forum = make_forum()
    account = make_account()
    grant_role(account, Role.ORGANISER, forum.scope)
    sign_in(client, account)
    assert "Sessions are added one by one or imported" in client.get(DAY).text


def test_number_of_queries_does_not_grow_with_the_programme(organiser: FlaskClient, forum: Forum) -> None:
    session = named("Cold chains off the grid")
    organiser.get(f"{DAY}?session={session.code}")
    with count_queries() as few:
        organiser.get(f"{DAY}?session={session.code}")
    other = make_programme(make_forum("other-forum", title="Other"))
    for speaker in db.session.scalars(select(Speaker).where(Speaker.forum_id == other.id)):
        speaker.forum_id, speaker.code = forum.id, f"other-{speaker.code}"
    for each in db.session.scalars(select(ForumSession).where(ForumSession.forum_id == other.id)):
        each.forum_id = forum.id
        if each.slot:
            each.slot.forum_id, each.slot.room_id = forum.id, None
    db.session.commit()
    with count_queries() as many:
        organiser.get(f"{DAY}?session={session.code}")
    assert len(many) == len(few)
