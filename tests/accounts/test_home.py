"""The home page: what waits first, in the order of urgency and deadline."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from gtn_events.accounts import home
from gtn_events.accounts.home import HomeItem, HomeSection, entries_of, home_of, register_home_section
from gtn_events.accounts.models import Account
from gtn_events.accounts.views.home import part_of_day
from gtn_events.core.db import db
from gtn_events.core.economies import Economy

from ..factories import make_account, sign_in
from .pages import words


@pytest.fixture(autouse=True)
def providers() -> Iterator[None]:
    """Only what the test registers, beside what accounts register themselves."""
    before = list(home._providers)
    home._providers[:] = [one for one in before if one.__module__.startswith("gtn_events.accounts")]
    yield
    home._providers[:] = before


def waiting(title: str, day: int | None, *, urgent: bool = False) -> HomeItem:
    deadline = datetime(2013, 5, day, 16, 0, tzinfo=UTC) if day else None
    return HomeItem(title=title, url="/", button="Answer", deadline=deadline, urgent=urgent)


def test_what_waits_stands_by_urgency_then_deadline(database: None, now: datetime) -> None:
    items = [waiting("none", None), waiting("late", 20), waiting("soon", 3), waiting("urgent", 30, urgent=True)]
    register_home_section(lambda _account, _now: HomeSection(waiting=items))
    found = home_of(make_account(), now=now)
    assert [item.title for item in found.waiting] == ["urgent", "soon", "late", "none"]


def test_what_belongs_to_one_economy_is_one_entry_where_its_first_thing_stands(database: None) -> None:
    peru, japan = (db.session.get_one(Economy, code) for code in ("PE", "JPN"))
    items = [replace(waiting(title, None), economy=each) for title, each in (("a", peru), ("b", japan), ("c", peru))]
    found = entries_of([waiting("alone", None), *items, waiting("last", None)])
    assert [(entry.economy, [item.title for item in entry.items]) for entry in found] == [
        (None, ["alone"]),
        (peru, ["a", "c"]),
        (japan, ["b"]),
        (None, ["last"]),
    ]


def test_a_deadline_stands_in_the_readers_and_in_the_venues_time(client: FlaskClient) -> None:
    item = HomeItem(
        title="A place is free for you",
        url="/offer",
        button="Take the place",
        deadline=datetime(2027, 5, 6, 1, 30, tzinfo=UTC),
        venue_zone="Asia/Ho_Chi_Minh",
        venue_name="Da Nang",
    )
    register_home_section(lambda _account, _now: HomeSection(waiting=[item]))
    sign_in(client, make_account())
    page = words(client.get("/home").text)
    assert "1 thing waits for you A place is free for you" in page
    assert "Wed 5 May 2027, 20:30 in Lima Thu 6 May 2027, 08:30 in Da Nang" in page


def test_nothing_waiting_has_a_face(client: FlaskClient) -> None:
    sign_in(client, make_account())
    assert "Nothing waits for you" in words(client.get("/home").text)


@pytest.mark.parametrize(("hour", "part"), [(9, "evening"), (10, "morning"), (17, "afternoon"), (23, "evening")])
def test_the_greeting_follows_the_clock_where_the_person_is(hour: int, part: str) -> None:
    rosa = Account(given_name="Rosa", time_zone="America/Lima")  # five hours behind UTC
    assert part_of_day(rosa, now=datetime(2013, 5, 2, hour, tzinfo=UTC)) == part
