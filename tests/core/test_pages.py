"""Paging neither repeats nor skips a row, whatever the sort, and the state stays in the address."""

from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlalchemy import insert, select
from werkzeug.datastructures import MultiDict

from gtn_events.core.cursors import Cursor, read_cursor, write_cursor
from gtn_events.core.db import db
from gtn_events.core.outbox import MailState, OutboxMail
from gtn_events.core.pages import Listing, Page, paginate
from tests.queries import count_queries

pytestmark = pytest.mark.usefixtures("database")
SORTS = {
    "id": OutboxMail.id,
    "subject": OutboxMail.subject,
    "sent": OutboxMail.sent_at,
    "state": OutboxMail.state,
    "tries": OutboxMail.attempts,
}


def fill(now: datetime, count: int) -> None:
    """Mails with many equal subjects, states and tries, and every third never sent."""
    rows = [
        {
            "key": f"k{number}",
            "template": "t",
            "to_address": f"p{number}@firm.example",
            "search_key": f"person {number % 10}",
            "subject": f"Subject {number % 4}",
            "body_text": "",
            "body_html": "",
            "state": MailState.SENT if number % 2 else MailState.DEAD,
            "attempts": number % 3,
            "created_at": now,
            "next_attempt_at": now,
            "sent_at": None if number % 3 == 0 else now + timedelta(minutes=number % 5),
        }
        for number in range(count)
    ]
    db.session.execute(insert(OutboxMail), rows)
    db.session.commit()


def page_at(address: str) -> Page[OutboxMail]:
    parts = urlsplit(address)
    listing = Listing.read(
        parts.path,
        MultiDict(parse_qsl(parts.query)),
        sorts=SORTS,
        default_sort="id",
        filters={"state": list(MailState)},
    )
    statement = select(OutboxMail).where(listing.searched(OutboxMail.search_key))
    if chosen := listing.chosen("state"):
        statement = statement.where(OutboxMail.state.in_(chosen))
    return paginate(statement, listing)


def walk(address: str) -> list[Page[OutboxMail]]:
    pages = [page_at(address)]
    while pages[-1].next_url:
        pages.append(page_at(pages[-1].next_url))
    return pages


@pytest.mark.parametrize("key", list(SORTS))
@pytest.mark.parametrize("sign", ["", "-"])
def test_walk_forward_and_back_shows_every_row_once(now: datetime, key: str, sign: str) -> None:
    fill(now, 83)
    pages = walk(f"/list?sort={sign}{key}")
    forward = [row.id for page in pages for row in page.items]
    backward = [pages[-1]]
    while backward[-1].previous_url:
        backward.append(page_at(backward[-1].previous_url))
    assert sorted(forward) == sorted(db.session.scalars(select(OutboxMail.id)))
    assert [row.id for page in reversed(backward) for row in page.items] == forward
    assert [(page.first, page.last, page.total) for page in pages] == [
        (1, 25, 83),
        (26, 50, 83),
        (51, 75, 83),
        (76, 83, 83),
    ]
    assert [(page.first, page.last) for page in reversed(backward)] == [(1, 25), (26, 50), (51, 75), (76, 83)]


@pytest.mark.parametrize(("sort", "wanted"), [("sent", False), ("-sent", True)])
def test_rows_without_a_value_come_last_in_both_directions(now: datetime, sort: str, *, wanted: bool) -> None:
    fill(now, 40)
    values = [row.sent_at for page in walk(f"/list?sort={sort}") for row in page.items]
    filled = [value for value in values if value is not None]
    assert filled == sorted(filled, reverse=wanted)
    assert values[len(filled) :] == [None] * 14


def test_row_that_comes_in_between_does_not_move_the_others(now: datetime) -> None:
    fill(now, 60)
    first = page_at("/list?sort=-id")
    before = [row.id for row in first.items]
    db.session.add(
        OutboxMail(
            key="new",
            template="t",
            to_address="x",
            subject="s",
            body_text="",
            body_html="",
            created_at=now,
            next_attempt_at=now,
        )
    )
    db.session.commit()
    assert first.next_url is not None
    second = [row.id for row in page_at(first.next_url).items]
    assert second == list(range(before[-1] - 1, before[-1] - 26, -1))


def test_search_and_filter_stay_in_the_address(now: datetime) -> None:
    fill(now, 300)
    page = page_at("/list?q=person+1&state=dead&state=sent&sort=-subject&size=25")
    assert page.total == 30
    assert page.next_url is not None
    assert page.next_url.startswith("/list?q=person+1&state=dead&state=sent&sort=-subject&at=")
    assert page.listing.clear_url == "/list?sort=-subject"
    assert page.listing.filter_url("state") == "/list?q=person+1&sort=-subject"
    assert page.listing.sort_url("subject") == "/list?q=person+1&state=dead&state=sent&sort=subject"
    assert page.listing.hidden("q", "state") == [("sort", "-subject")]


@pytest.mark.parametrize(
    "query",
    [
        "sort=nonsense",
        "state=nonsense",
        "size=7",
        "size=-1",
        "at=garbage",
        "at=%F0%9F%98%80",
        "at=" + "A" * 3000,
        "at=" + write_cursor(Cursor({"a": 1}, 1, 1, False)),  # type: ignore[arg-type]
        "at=" + write_cursor(Cursor("text where a number belongs", 1, 1, False)),
        "at=" + write_cursor(Cursor(None, 1, 1, False)),
        "at=" + write_cursor(Cursor(2**70, 1, 1, False)),
        "unknown=1",
    ],
)
def test_garbage_in_the_address_counts_as_not_given(now: datetime, query: str) -> None:
    fill(now, 30)
    page = page_at(f"/list?{query}")
    assert (page.first, page.last, page.total, page.previous_url) == (1, 25, 30, None)


def test_page_of_an_empty_list(now: datetime) -> None:
    page = page_at("/list")
    assert (page.items, page.first, page.last, page.total, page.next_url, page.previous_url) == (
        [],
        0,
        0,
        0,
        None,
        None,
    )


def test_percent_sign_and_underscore_are_searched_as_they_stand(now: datetime) -> None:
    fill(now, 5)
    assert page_at("/list?q=%25").total == 0
    assert page_at("/list?q=person_1").total == 0


@pytest.mark.parametrize("value", [None, 3, 2.5, "名前", True, datetime.fromisoformat("2013-06-05T00:00:00+00:00")])
def test_cursor_comes_back_as_it_was_written(value: object) -> None:
    cursor = Cursor(value, 7, 25, True)
    assert read_cursor(write_cursor(cursor)) == cursor


def test_page_needs_two_queries_at_every_length(now: datetime) -> None:
    fill(now, 400)
    address = walk("/list?sort=subject&size=100")[2].next_url
    assert address is not None
    with count_queries() as queries:
        page_at(address)
    assert len(queries) == 2
