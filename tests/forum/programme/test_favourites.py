"""Favourites of people with an account, and the page that lists favourites."""

from datetime import datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.forum.domain.favourites import add_favourites, remove_favourite
from gtn_events.forum.models import Favourite, Forum, ForumSession, Slot
from gtn_events.forum.personal_data import erase_forum, export_forum
from gtn_events.forum.queries.favourites import favourite_codes, favourite_days
from gtn_events.forum.queries.programme import load_programme
from tests.factories import MADE_AT, make_account, make_forum, sign_in

from .sample import make_programme

BASE = "/forums/gtn-forum-2013/programme"
AS_SCRIPT = {"Accept": "application/json"}


def codes_of(*titles: str) -> list[str]:
    statement = select(ForumSession.code)
    return [db.session.scalars(statement.where(ForumSession.title == title)).one() for title in titles]


def days(forum: Forum, *titles: str) -> list[list[tuple[str, list[str]]]]:
    found = favourite_days(load_programme(forum), codes_of(*titles))
    return [[(session.title, [each.title for each in clashes]) for session, clashes in each.rows] for each in found]


def test_favourites_stand_by_day_with_what_they_overlap(database: None) -> None:
    forum = make_programme()

    assert days(forum, "Second day", "Buying green", "Cold chains off the grid", "Lunch") == [
        [
            ("Buying green", ["Cold chains off the grid"]),
            ("Cold chains off the grid", ["Buying green"]),
            ("Lunch", []),
        ],
        [("Second day", [])],
    ]


def test_a_long_one_overlaps_all_that_begin_within_it(database: None) -> None:
    forum = make_programme()
    opening = db.session.scalars(select(ForumSession).where(ForumSession.title == "Opening")).one()
    db.session.scalars(select(Slot).where(Slot.session_id == opening.id)).one().minutes = 196
    db.session.flush()

    assert days(forum, "Opening", "Buying green", "Lunch") == [
        [("Opening", ["Buying green", "Lunch"]), ("Buying green", ["Opening"]), ("Lunch", ["Opening"])]
    ]


def test_marking_twice_is_marking_once(database: None) -> None:
    person, forum = make_account(), make_programme()
    add_favourites(person, forum, ["A", "B"], now=MADE_AT)
    add_favourites(person, forum, ["B", "C", "C"], now=MADE_AT + timedelta(days=1))
    remove_favourite(person, forum, "A")
    remove_favourite(person, forum, "X")

    assert favourite_codes(person.id, forum) == ["B", "C"]


def test_favourites_belong_to_one_person_and_one_forum(database: None) -> None:
    person, other, forum = make_account(), make_account("other@firm.example"), make_programme()
    elsewhere = make_forum("elsewhere", title="Elsewhere")
    add_favourites(person, forum, ["A"], now=MADE_AT)
    remove_favourite(other, forum, "A")
    remove_favourite(person, elsewhere, "A")

    assert (favourite_codes(person.id, forum), favourite_codes(other.id, forum)) == (["A"], [])
    assert favourite_codes(person.id, elsewhere) == []


def test_what_the_browser_kept_is_added_to_what_the_account_has(client: FlaskClient) -> None:
    forum, person = make_programme(), make_account()
    opening, lunch = codes_of("Opening", "Lunch")
    add_favourites(person, forum, [opening], now=MADE_AT)
    db.session.commit()
    sign_in(client, person)
    answer = client.post(f"{BASE}/favourites", data={"code": [lunch.lower(), "unknown", opening]}, headers=AS_SCRIPT)

    assert answer.json == sorted([opening, lunch])
    assert client.get(f"{BASE}/favourites").json == sorted([opening, lunch])


def test_star_works_as_a_form(client: FlaskClient) -> None:
    make_programme()
    (code,) = codes_of("Buying green")
    sign_in(client, make_account())
    sent = client.post(f"{BASE}/favourites", data={"code": code, "from": "session"})
    assert sent.location == f"{BASE}/sessions/{code}"
    assert "Take out of my programme" in client.get(sent.location).text
    assert "Buying green" in client.get(f"{BASE}/mine").text
    assert client.post(f"{BASE}/favourites/remove", data={"code": code}).location == f"{BASE}/mine"
    assert "No favourite yet" in client.get(f"{BASE}/mine").text


def test_whoever_is_not_signed_in_keeps_nothing_here(client: FlaskClient) -> None:
    make_programme()
    (code,) = codes_of("Buying green")
    answers = [client.post(f"{BASE}/favourites{each}", data={"code": code}) for each in ("", "/remove")]

    assert [(each.status_code, "/sign-in" in each.location) for each in answers] == [(302, True)] * 2
    assert list(db.session.scalars(select(Favourite))) == []


def test_visitors_browser_gets_the_sessions_of_its_codes(client: FlaskClient) -> None:
    make_programme()
    page = client.get(f"{BASE}/mine/sessions?codes={','.join([*codes_of('Buying green', 'Opening'), '<b>'])}").text

    assert page.index("Opening") < page.index("Buying green")
    assert ("<b>" in page, "At the same time" in page) == (False, False)


def test_the_page_of_the_day_is_the_same_whatever_is_marked(app: Flask, client: FlaskClient) -> None:
    forum, person = make_programme(), make_account()
    sign_in(client, person)
    client.get(BASE)  # the first page puts the token of its forms into the browser session
    before = client.get(BASE)
    add_favourites(person, forum, codes_of("Opening"), now=MADE_AT)
    db.session.commit()

    assert client.get(BASE).headers["ETag"] == before.headers["ETag"]


def test_favourites_are_told_and_erased(database: None, now: datetime) -> None:
    forum, person = make_programme(), make_account()
    (code,) = codes_of("Opening")
    add_favourites(person, forum, [code, "GONE"], now=MADE_AT)

    told = [(each["code"], each["session"]) for each in export_forum(person)["favourite_sessions"]]
    assert sorted(told) == sorted([(code, "Opening"), ("GONE", "")])
    erase_forum(person, now)
    assert list(db.session.scalars(select(Favourite))) == []
