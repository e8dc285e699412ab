"""The calendar feed of a person's favourites: its address alone opens it, until it is renewed or revoked."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.forum.domain.favourite_feed import favourite_feed_of, renew_favourite_feed, revoke_favourite_feed
from gtn_events.forum.domain.favourites import add_favourites, remove_favourite
from gtn_events.forum.domain.programme_releases import release_programme
from gtn_events.forum.domain.programme_sessions import remove_session
from gtn_events.forum.models import FavouriteFeed, Forum, ForumSession
from gtn_events.forum.personal_data import erase_forum
from gtn_events.forum.views.programme.cache import forget_programmes
from tests.factories import MADE_AT, make_account, sign_in

from .sample import make_programme

MINE = "/forums/gtn-forum-2013/programme/mine"


@pytest.fixture
def forum(database: None) -> Forum:
    return make_programme()


@pytest.fixture
def person(forum: Forum) -> Account:
    """Somebody who marked two sessions."""
    account = make_account()
    add_favourites(account, forum, [session_named("Buying green").code, session_named("Lunch").code], now=MADE_AT)
    db.session.commit()
    return account


def session_named(title: str) -> ForumSession:
    return db.session.scalars(select(ForumSession).where(ForumSession.title == title)).one()


def feed(person: Account, forum: Forum) -> str:
    token = renew_favourite_feed(person, forum, now=MADE_AT)
    db.session.commit()
    return f"/calendar/favourites/{token}.ics"


def events(client: FlaskClient, address: str) -> dict[str, str]:
    """The titles of what the feed says, and their state."""
    forget_programmes()
    calendar = Calendar.from_ical(client.get(address).data)
    return {str(each["SUMMARY"]): str(each["STATUS"]) for each in calendar.walk("VEVENT")}


def test_feed_has_the_favourites_and_follows_the_stars(client: FlaskClient, forum: Forum, person: Account) -> None:
    address = feed(person, forum)
    assert events(client, address) == {"Buying green": "CONFIRMED", "Lunch": "CONFIRMED"}
    remove_favourite(person, forum, session_named("Lunch").code)
    db.session.commit()
    assert events(client, address) == {"Buying green": "CONFIRMED"}


def test_favourite_that_is_dropped_is_cancelled_and_others_are_not_told(
    client: FlaskClient, forum: Forum, person: Account
) -> None:
    address = feed(person, forum)
    release_programme(forum, notes="", seen=0, actor=person, now=MADE_AT)
    for title in ("Lunch", "Second day"):
        remove_session(forum, session_named(title), actor=person, now=MADE_AT)
    release_programme(forum, notes="", seen=1, actor=person, now=MADE_AT + timedelta(hours=1))
    db.session.commit()
    assert events(client, address) == {"Buying green": "CONFIRMED", "Lunch": "CANCELLED"}


def test_only_the_digest_is_kept_and_a_new_address_ends_the_old_one(
    client: FlaskClient, forum: Forum, person: Account
) -> None:
    old = feed(person, forum)
    token = old.removeprefix("/calendar/favourites/").removesuffix(".ics")
    written = str([each.changes for each in db.session.scalars(select(JournalEntry))])
    assert (token in db.session.scalars(select(FavouriteFeed.token_sha256)).one(), token in written) == (False, False)
    new = feed(person, forum)
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
    revoke_favourite_feed(person, forum, now=MADE_AT)
    db.session.commit()
    assert (client.get(new).status_code, favourite_feed_of(token)) == (404, None)


def test_nobody_without_favourites_breaks_it(client: FlaskClient, forum: Forum) -> None:
    assert events(client, feed(make_account("none@firm.example"), forum)) == {}


def test_page_shows_the_address_once_and_ends_it(client: FlaskClient, forum: Forum, person: Account) -> None:
    assert "One address for your calendar" not in client.get(MINE).text
    assert client.post(f"{MINE}/feed").status_code == 302
    sign_in(client, person)
    made = client.post(f"{MINE}/feed")
    headers = made.headers
    assert ("/calendar/favourites/" in made.text, headers["Referrer-Policy"], headers["Cache-Control"]) == (
        True,
        "no-referrer",
        "no-store",
    )
    page = client.get(MINE).text
    assert ("/calendar/favourites/" in page, "Make a new address" in page) == (False, True)
    client.post(f"{MINE}/feed/revoke")
    assert "Make the address" in client.get(MINE).text


def test_feed_leaks_no_address_and_answers_unchanged_with_304(
    client: FlaskClient, forum: Forum, person: Account
) -> None:
    address = feed(person, forum)
    first = client.get(address)
    assert (first.headers["Referrer-Policy"], first.headers["X-Robots-Tag"]) == ("no-referrer", "noindex")
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_feed_goes_with_the_erasure(client: FlaskClient, forum: Forum, person: Account) -> None:
    address = feed(person, forum)
    erase_forum(person, MADE_AT)
    db.session.commit()
    assert (client.get(address).status_code, db.session.scalar(select(FavouriteFeed.made_at))) == (404, None)
