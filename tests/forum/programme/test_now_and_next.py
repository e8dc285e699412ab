"""What runs now and what comes next: the rule, and its page."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient

from gtn_events.core import clock
from gtn_events.forum.now_and_next import Happening, NowAndNext, Phase, now_and_next
from gtn_events.forum.queries.programme import load_programme
from tests.factories import make_forum, make_side_event

from .sample import FIRST, make_programme

ZONE = ZoneInfo("Asia/Jakarta")
BASE = "/forums/gtn-forum-2013/programme/now"
MORNING = datetime(2013, 6, 5, 9, 0, tzinfo=ZONE)


def thing(title: str, room: str, after: int, minutes: int = 60) -> Happening:
    begins = MORNING + timedelta(minutes=after)
    return Happening(room, title, begins, begins + timedelta(minutes=minutes))


THINGS = (
    thing("A", "Hall", 0),
    thing("B", "Hall", 60),
    thing("C", "Small", 30),
    thing("Dinner", "", 15 * 60, 120),
    thing("Next day", "Hall", 24 * 60),
)


def at(minutes: float) -> NowAndNext:
    return now_and_next(THINGS, ["Small", "Hall"], ZONE, now=MORNING + timedelta(minutes=minutes))


def told(state: NowAndNext) -> list[tuple[str, list[str], str]]:
    return [
        (room.name, [each.title for each in room.running], room.following.title if room.following else "")
        for room in state.rooms
    ]


def test_what_begins_runs_and_what_ends_is_over_at_that_moment() -> None:
    assert told(at(60)) == [("Small", ["C"], ""), ("Hall", ["B"], ""), ("", [], "Dinner")]
    assert told(at(90)) == [("Hall", ["B"], ""), ("", [], "Dinner")]


@pytest.mark.parametrize(
    ("minutes", "phase"),
    [(-1, Phase.BEFORE), (0, Phase.RUNNING), (120, Phase.BETWEEN), (20 * 60, Phase.BETWEEN), (25 * 60, Phase.OVER)],
)
def test_phase_of_a_moment(minutes: int, phase: Phase) -> None:
    assert at(minutes).phase is phase


def test_nothing_of_tomorrow_is_next_while_something_of_today_is_left() -> None:
    assert told(at(130)) == [("", [], "Dinner")]
    assert told(at(18 * 60)) == [("Hall", [], "Next day")]


def test_what_goes_on_past_midnight_still_belongs_to_its_day() -> None:
    assert told(at(15 * 60 + 70)) == [("", ["Dinner"], "")]


def test_nothing_is_not_over() -> None:
    assert now_and_next([], [], ZONE, now=MORNING).phase is Phase.EMPTY


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (-60, "The programme begins on Wednesday 5 June at 09:00"),
        (20, "Now, until 10:15"),
        (90, "Nothing runs right now. It continues on Wednesday 5 June at 11:00"),
        (15 * 60, "Nothing runs right now. It continues on Thursday 6 June at 09:00"),
        (48 * 60, "The programme is over"),
    ],
)
def test_page_follows_the_clock(client: FlaskClient, monkeypatch: pytest.MonkeyPatch, after: int, words: str) -> None:
    make_programme()
    monkeypatch.setattr(clock, "now", lambda: FIRST + timedelta(minutes=after))

    assert [words in client.get(BASE + each).text for each in ("", "/rooms")] == [True, True]


def test_page_before_there_is_a_programme(client: FlaskClient) -> None:
    make_forum()
    assert "Nothing to show yet" in client.get(BASE).text


def test_another_moment_and_one_room_can_be_asked_for(client: FlaskClient) -> None:
    small = load_programme(make_programme()).rooms[1]
    page = client.get(f"{BASE}/rooms?at=2013-06-05T11:05&room={small.id}").text

    assert ("Cold chains off the grid" in page, "Buying green" in page) == (True, False)


def test_a_moment_that_is_none_is_now(client: FlaskClient) -> None:
    make_programme()
    assert [client.get(f"{BASE}?at={each}").status_code for each in ("x", "2013-06-05T11:05Z", "0001-01-01")] == [
        200
    ] * 3


def test_side_events_are_told_too(client: FlaskClient) -> None:
    forum = make_programme()
    event = make_side_event(forum)
    local = event.starts_at.astimezone(ZONE)

    assert event.title in client.get(f"{BASE}/rooms?at={local:%Y-%m-%dT%H:%M}").text


def test_rooms_that_have_not_changed_are_not_sent_again(client: FlaskClient) -> None:
    make_programme()
    first = client.get(f"{BASE}/rooms?at=2013-06-05T11:05")
    again = client.get(f"{BASE}/rooms?at=2013-06-05T11:05", headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
