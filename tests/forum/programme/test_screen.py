"""The screen of a foyer."""

from flask.testing import FlaskClient

from gtn_events.forum.queries.programme import load_programme

from .sample import make_programme

BASE = "/forums/gtn-forum-2013/programme/screen"
AT = "at=2013-06-05T11:05"


def test_screen_has_a_clock_a_code_and_nothing_to_touch(client: FlaskClient) -> None:
    make_programme()
    page = client.get(f"{BASE}?{AT}").text

    assert ("11:05</p>" in page, 'class="qr"' in page, "<a " in page, " style=" in page) == (True, True, False, False)
    assert "Cold chains off the grid" in page


def test_screen_of_one_room_names_it_once(client: FlaskClient) -> None:
    small = load_programme(make_programme()).rooms[1]
    page = client.get(f"{BASE}?{AT}&room={small.id}").text

    assert ("<h1>Room 201</h1>" in page, "<h2>" in page, "Buying green" in page) == (True, False, False)


def test_same_state_is_one_short_answer_with_the_servers_time(client: FlaskClient) -> None:
    make_programme()
    first = client.get(f"{BASE}/rooms?{AT}")
    again = client.get(
        f"{BASE}/rooms?{AT.replace('05T11:05', '05T11:06')}", headers={"If-None-Match": first.headers["ETag"]}
    )

    assert (again.status_code, again.headers["X-Server-Time"].isdigit()) == (304, True)


def test_screen_before_and_after_the_forum(client: FlaskClient) -> None:
    make_programme()

    assert "It begins on Wednesday 5 June at 09:00." in client.get(f"{BASE}?at=2013-06-01T10:00").text
    assert "The programme is over." in client.get(BASE).text
