"""The organiser edits the programme through the web."""

import io
import re
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.jobs.models import Job
from gtn_events.core.uploads import Upload
from gtn_events.forum.models import Forum, ForumSession, Room, Speaker, Track
from tests.factories import grant_role, make_account, make_forum, sign_in

from .sample import make_programme
from .schedules import event, schedule

BASE = "/forums/gtn-forum-2013/manage/programme"


@pytest.fixture
def organiser(client: FlaskClient) -> FlaskClient:
    """The browser of the organiser of a forum with a small programme."""
    forum = make_programme()
    account = make_account()
    grant_role(account, Role.ORGANISER, forum.scope)
    sign_in(client, account)
    return client


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def session_named(title: str) -> ForumSession:
    return db.session.scalars(select(ForumSession).where(ForumSession.title == title)).one()


def send_file(client: FlaskClient, data: bytes) -> str:
    answer = client.post(f"{BASE}/import", data={"file": (io.BytesIO(data), "schedule.xml")})
    return answer.text


def test_visitors_and_delegates_may_not_edit(client: FlaskClient) -> None:
    make_forum()
    visitor = client.get(BASE)
    sign_in(client, make_account())

    assert (visitor.status_code, client.get(BASE).status_code) == (302, 403)


def test_overview_lists_sessions_rooms_and_tracks(organiser: FlaskClient) -> None:
    html = organiser.get(BASE).text

    assert "5 sessions · 3 speakers" in html
    assert [name in html for name in ("Cold chains off the grid", "Room 201", "Energy")] == [True, True, True]


def test_session_is_added_at_venue_time(organiser: FlaskClient) -> None:
    room = db.session.scalars(select(Room).where(Room.name == "Room 201")).one()
    answer = organiser.post(
        f"{BASE}/sessions/new",
        data={
            "title": "Repair clinic",
            "kind": "session",
            "starts_at": "2013-06-05T15:00",
            "minutes": "45",
            "room_id": str(room.id),
            "track_id": "0",
        },
    )

    slot = session_named("Repair clinic").slot
    assert answer.status_code == 302
    assert slot is not None
    assert (slot.starts_at, slot.minutes, slot.room_id) == (datetime(2013, 6, 5, 8, 0, tzinfo=UTC), 45, room.id)


def test_session_with_a_time_needs_a_duration_and_keeps_what_was_typed(organiser: FlaskClient) -> None:
    answer = organiser.post(
        f"{BASE}/sessions/new",
        data={
            "title": "Repair <clinic>",
            "kind": "session",
            "starts_at": "2013-06-05T15:00",
            "room_id": "0",
            "track_id": "0",
        },
    )

    assert answer.status_code == 422
    assert "Say how many minutes it lasts." in answer.text
    assert 'value="Repair &lt;clinic&gt;"' in answer.text
    assert count(ForumSession) == 5


def test_same_room_at_the_same_time_is_said(organiser: FlaskClient) -> None:
    session = session_named("Cold chains off the grid")
    hall = db.session.scalars(select(Room).where(Room.name == "Hall A")).one()
    answer = organiser.post(
        f"{BASE}/sessions/{session.code}",
        data={
            "title": session.title,
            "kind": "session",
            "starts_at": "2013-06-05T11:30",
            "minutes": "30",
            "room_id": str(hall.id),
            "track_id": "0",
        },
        follow_redirects=True,
    )

    assert "Buying green is in Hall A until 12:15, and Cold chains off the grid starts there at 11:30." in answer.text
    # The scripts bring typed text back where a page refuses; this one was saved.
    assert "data-refusal" not in answer.text
    overview = organiser.get(BASE).text
    assert ("1 conflict" in overview, overview.count("Room is taken twice")) == (True, 2)


def test_session_on_a_day_that_is_none_of_the_forum_is_saved_with_a_word(organiser: FlaskClient) -> None:
    session = session_named("Second day")
    data = {"title": session.title, "kind": "session", "starts_at": "2013-07-05T11:30", "minutes": "30"}
    data |= {"room_id": "0", "track_id": "0"}
    answer = organiser.post(f"{BASE}/sessions/{session.code}", data=data, follow_redirects=True).text
    assert "Second day is on a day that is none of the forum: 5 and 6 June 2013." in answer
    overview = organiser.get(BASE).text
    assert ("1 conflict" in overview, overview.count("Outside the hours")) == (True, 1)


def test_moved_session_keeps_its_slot(organiser: FlaskClient) -> None:
    session = session_named("Second day")
    assert session.slot is not None
    guid = session.slot.guid
    organiser.post(
        f"{BASE}/sessions/{session.code}",
        data={
            "title": "Second day",
            "kind": "session",
            "starts_at": "2013-06-06T10:00",
            "minutes": "45",
            "room_id": "0",
            "track_id": "0",
        },
    )

    db.session.expire_all()
    slot = session_named("Second day").slot
    assert slot is not None
    assert (slot.guid, slot.starts_at) == (guid, datetime(2013, 6, 6, 3, 0, tzinfo=UTC))


def test_session_is_taken_away(organiser: FlaskClient) -> None:
    organiser.post(f"{BASE}/sessions/{session_named('Opening').code}/delete")

    assert count(ForumSession) == 4


def test_what_goes_with_a_session_is_said_before_it_is_taken_away(organiser: FlaskClient) -> None:
    code = session_named("Opening").code
    page = organiser.get(f"{BASE}/sessions/{code}").text
    asked = re.findall(r"<details class=\"section\">(.*?)</details>", page, re.S)
    assert [f'action="{BASE}/sessions/{code}/delete"' in each for each in asked] == [True]
    assert "nobody can undo it" in asked[0]
    assert page.count(f"{code}/delete") == 1


def test_speaker_known_by_name_is_placed_and_a_new_name_is_added(organiser: FlaskClient) -> None:
    code = session_named("Second day").code
    for name in ("Hana Mori", "Nguyễn Thị Ánh"):
        organiser.post(f"{BASE}/sessions/{code}/speakers", data={"place-speaker": name, "place-role": "speaker"})

    names = [link.speaker.name for link in session_named("Second day").speaker_links]
    assert names == ["Hana Mori", "Nguyễn Thị Ánh"]
    assert count(Speaker) == 4


def test_speaker_is_placed_once_in_each_role(organiser: FlaskClient) -> None:
    code = session_named("Cold chains off the grid").code
    answer = organiser.post(
        f"{BASE}/sessions/{code}/speakers", data={"place-speaker": "Hana Mori", "place-role": "speaker"}
    )

    assert answer.status_code == 422
    assert "Hana Mori is speaker in this session already." in answer.text


def test_speaker_is_taken_out(organiser: FlaskClient) -> None:
    session = session_named("Buying green")
    organiser.post(f"{BASE}/sessions/{session.code}/speakers/{session.speaker_links[0].id}/delete")

    db.session.expire_all()
    assert session_named("Buying green").speaker_links == []


def test_speaker_is_changed(organiser: FlaskClient) -> None:
    organiser.post(
        f"{BASE}/speakers/elena-sokolova",
        data={
            "name": "Elena Sokolova",
            "family_name": "Sokolova",
            "own_script_name": "Елена Соколова",
            "own_script_language": "ru",
            "economy_code": "RUS",
        },
    )

    db.session.expire_all()
    speaker = db.session.scalars(select(Speaker).where(Speaker.code == "elena-sokolova")).one()
    assert (speaker.own_script_name, speaker.economy_code, speaker.sort_name) == (
        "Елена Соколова",
        "RUS",
        "sokolova elena sokolova",
    )


def test_rooms_and_tracks_are_added_changed_and_refused(organiser: FlaskClient) -> None:
    organiser.post(f"{BASE}/rooms/new", data={"name": "Garden", "seats": "30", "notes": ""})
    organiser.post(f"{BASE}/tracks/new", data={"name": "Co-incubation", "colour": "4"})
    twice = organiser.post(f"{BASE}/rooms/new", data={"name": "Garden"})

    assert "There is a room Garden already." in twice.text
    assert db.session.scalars(select(Room.seats).where(Room.name == "Garden")).one() == 30
    assert db.session.scalars(select(Track.slug).where(Track.colour == 4)).one() == "co-incubation"


@pytest.mark.parametrize("name", ["\u200b", "\u200d\ufe0f \u2060", "\u3164\u1160", "\u2800\u00ad"])
def test_names_that_show_nothing_are_refused_at_their_field(organiser: FlaskClient, name: str) -> None:
    before = [count(model) for model in (Room, Track, ForumSession)]
    for path, sent, told in (
        ("rooms", {"name": name}, "Give the room a name."),
        ("tracks", {"name": name, "colour": "4"}, "Give the track a name."),
        ("sessions", {"title": name, "kind": "session", "room_id": "0", "track_id": "0"}, "Give the session a title."),
    ):
        answer = organiser.post(f"{BASE}/{path}/new", data=sent)
        assert (answer.status_code, told in answer.text) == (422, True)
    assert [count(model) for model in (Room, Track, ForumSession)] == before


def test_a_new_track_begins_with_the_first_colour_that_fewest_tracks_have(organiser: FlaskClient) -> None:
    def chosen() -> list[str]:
        radios = re.findall(r'<input[^>]*name="colour"[^>]*>', organiser.get(f"{BASE}/tracks/new").text)
        return [value for radio in radios if " checked" in radio for value in re.findall(r'value="(\d)"', radio)]

    for track in db.session.scalars(select(Track)):
        organiser.post(f"{BASE}/tracks/{track.id}/delete")
    given = []
    for number in range(10):
        given += chosen()
        organiser.post(f"{BASE}/tracks/new", data={"name": f"Track {number}", "colour": given[-1]})
    assert given == ["1", "2", "3", "4", "5", "6", "7", "8", "1", "2"]
    dots = re.findall(
        r'<label for="colour-\d"><span class="track-dot track-(\d)"', organiser.get(f"{BASE}/tracks/new").text
    )
    assert dots == ["1", "2", "3", "4", "5", "6", "7", "8"]


def test_room_in_use_is_not_taken_away(organiser: FlaskClient) -> None:
    room = db.session.scalars(select(Room).where(Room.name == "Hall A")).one()
    answer = organiser.post(f"{BASE}/rooms/{room.id}/delete", follow_redirects=True)

    assert "4 sessions are planned in Hall A. Move them first." in answer.text
    assert count(Room) == 2


def test_track_is_taken_away_and_its_sessions_stay(organiser: FlaskClient) -> None:
    track = db.session.scalars(select(Track).where(Track.name == "Energy")).one()
    organiser.post(f"{BASE}/tracks/{track.id}/delete")

    db.session.expire_all()
    assert session_named("Cold chains off the grid").track is None


def test_import_shows_first_what_it_would_change(organiser: FlaskClient) -> None:
    html = send_file(organiser, schedule(event(duration="00:00")))

    assert "Nothing is changed yet." in html
    assert "Session 1 “Cold chains off the grid”: duration 0; 5 minutes are used" in html
    assert count(ForumSession) == 5


def test_import_says_first_which_conflicts_there_would_be(organiser: FlaskClient) -> None:
    told = "<li>Outside the hours: 1</li>"
    days = ("2013-06-06", "2013-06-07")
    files = [schedule(event(date=f"{day}T10:00:00+07:00"), day=day) for day in days]
    assert [told in send_file(organiser, file) for file in files] == [False, True]


def test_import_is_applied_after_the_preview(organiser: FlaskClient) -> None:
    html = send_file(organiser, schedule(event(title="From the file")))
    address = html.partition(f'action="{BASE}/import/')[2].partition('"')[0]

    answer = organiser.post(f"{BASE}/import/{address}", follow_redirects=True)

    assert "The programme has 2 changes." in answer.text
    assert count(ForumSession) == 6


def test_import_of_somebody_elses_file_is_404(organiser: FlaskClient) -> None:
    html = send_file(organiser, schedule(event()))
    address = html.partition(f'action="{BASE}/import/')[2].partition('"')[0]
    other = make_account("other@firm.example")
    grant_role(other, Role.ORGANISER, db.session.scalars(select(Forum)).one().scope)
    sign_in(organiser, other)

    assert organiser.post(f"{BASE}/import/{address}").status_code == 404


def test_a_file_that_was_looked_at_for_one_forum_changes_no_other_one(organiser: FlaskClient) -> None:
    html = send_file(organiser, schedule(event()))
    number = html.partition(f'action="{BASE}/import/')[2].partition('"')[0]
    other = make_forum("other-forum", reference_prefix="OTHER")
    grant_role(db.session.scalars(select(Account)).one(), Role.ORGANISER, other.scope)
    before = count(ForumSession)

    assert organiser.post(f"/forums/{other}/manage/programme/import/{number}").status_code == 404
    assert (count(ForumSession), db.session.get_one(Upload, int(number)).deleted_at) == (before, None)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty (0 bytes)"),
        (b'<?xml version="1.0"?><html/>', "it starts with &lt;html&gt;"),
        (b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "b">]><schedule>&a;</schedule>', "document type or entities"),
        (b"%PDF-1.7 no schedule", "Choose a file of the kind"),
    ],
)
def test_file_that_cannot_be_imported_is_refused_at_its_field(organiser: FlaskClient, data: bytes, said: str) -> None:
    html = send_file(organiser, data)

    assert said in html
    assert count(ForumSession) == 5


def test_booklet_is_made_as_a_job(organiser: FlaskClient) -> None:
    answer = organiser.post(f"{BASE}/booklet", data={"theme": "quilt", "paper": "a4", "notes_pages": "0"})

    job = db.session.scalars(select(Job)).one()
    assert (job.kind, answer.location) == ("forum.booklet", f"/jobs/{job.id}")
