"""The public programme through the web."""

import re
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import event, select, update

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.forum.domain.programme import mark_programme_changed
from gtn_events.forum.domain.programme_import import apply_schedule, read_schedule
from gtn_events.forum.enums import ForumState
from gtn_events.forum.models import Forum, ForumSession
from gtn_events.forum.views.programme.cache import forget_programmes
from tests.factories import make_account, make_forum, make_side_event, sign_in

from .sample import make_programme
from .schedules import event as schedule_event
from .schedules import numbered, schedule

BASE = "/forums/gtn-forum-2013/programme"


def code_of(title: str) -> str:
    return db.session.scalars(select(ForumSession.code).where(ForumSession.title == title)).one()


def page(client: FlaskClient, address: str = "") -> str:
    response = client.get(BASE + address)
    assert response.status_code == 200
    return response.text


def titles(html: str) -> list[str]:
    return [part.partition("</strong>")[0] for part in html.split("<strong>")[1:] if 'class="slot-grid"' in part]


def test_first_day_is_shown_in_order_of_time(client: FlaskClient) -> None:
    make_programme()

    assert titles(page(client)) == ["Opening", "Buying green", "Cold chains off the grid", "Lunch"]
    assert titles(page(client, "?day=2013-06-06")) == ["Second day"]
    assert titles(page(client, "/list?day=2013-06-06")) == ["Second day"]


def test_page_has_no_style_attribute_and_no_inline_script(client: FlaskClient) -> None:
    make_programme()
    html = page(client)

    assert (" style=" in html, "<style" in html, "<script>" in html) == (False, False, False)


def test_track_and_room_filter_the_day(client: FlaskClient) -> None:
    make_programme()

    assert titles(page(client, "?track=energy")) == ["Cold chains off the grid"]
    assert titles(page(client, "?track=energy&room=999")) == []
    assert titles(page(client, "?track=unknown")) == []


def test_wrong_day_falls_back_to_the_first(client: FlaskClient) -> None:
    make_programme()

    assert titles(page(client, "?day=tomorrow%00"))[0] == "Opening"


def test_session_opens_beside_the_grid_without_javascript(client: FlaskClient) -> None:
    make_programme()
    html = page(client, f"?session={code_of('Cold chains off the grid')}")

    drawer = html[html.index('id="drawer"') :]
    assert "Câmaras <em>frias</em>" in drawer
    assert '<span lang="ja">森 はな</span>' in drawer
    assert 'Hana <span class="family">Mori</span>' in drawer


def test_reader_in_another_zone_sees_both_times(client: FlaskClient) -> None:
    make_programme()
    sign_in(client, make_account(time_zone="America/Lima"))
    html = page(client)

    assert "21:00 in Lima" in html
    assert "has-reader" in html


@pytest.fixture
def before_the_forum(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.mark.usefixtures("before_the_forum")
def test_side_event_shows_its_free_places(client: FlaskClient) -> None:
    make_side_event(make_programme(), "Clinic", capacity=20)

    assert "20 free" in page(client)


def test_side_event_that_is_over_has_nothing_free(client: FlaskClient) -> None:
    make_side_event(make_programme(), "Clinic", capacity=20)

    assert '<span class="slot-free">Over</span>' in page(client)


def test_programme_without_sessions_says_so(client: FlaskClient) -> None:
    make_forum()

    assert "The programme is not out yet" in page(client)


def test_draft_forum_hides_its_programme(client: FlaskClient) -> None:
    make_programme(make_forum(state=ForumState.DRAFT))

    assert [client.get(BASE + path).status_code for path in ("", "/speakers", "/calendar.ics", "/search?q=a")] == [
        404
    ] * 4


def test_unchanged_page_is_not_sent_again(client: FlaskClient) -> None:
    make_programme()
    etag = client.get(BASE).headers["ETag"]

    again = client.get(BASE, headers={"If-None-Match": etag})

    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)


def test_page_is_sent_again_after_a_change_of_the_programme(client: FlaskClient, now: datetime) -> None:
    forum = make_programme()
    etag = client.get(BASE).headers["ETag"]
    forum = db.session.get_one(Forum, forum.id)
    db.session.scalars(select(ForumSession).where(ForumSession.title == "Opening")).one().title = "Welcome"
    mark_programme_changed(forum, now=now)
    db.session.commit()

    again = client.get(BASE, headers={"If-None-Match": etag})

    assert (again.status_code, titles(again.text)[0]) == (200, "Welcome")


@pytest.mark.usefixtures("before_the_forum")
def test_page_is_sent_again_when_a_side_event_fills_up(client: FlaskClient) -> None:
    side_event = make_side_event(make_programme(), "Clinic", capacity=1)
    etag = client.get(BASE).headers["ETag"]
    side_event.pool.taken = 1
    db.session.commit()

    again = client.get(BASE, headers={"If-None-Match": etag})

    assert again.status_code == 200
    assert '<span class="slot-free">Full</span>' in again.text


def test_another_person_does_not_get_the_page_of_the_first(client: FlaskClient) -> None:
    make_programme()
    etag = client.get(BASE).headers["ETag"]
    sign_in(client, make_account())

    assert client.get(BASE, headers={"If-None-Match": etag}).status_code == 200


def test_marks_of_one_moment_still_differ(client: FlaskClient, now: datetime) -> None:
    forum = make_programme()
    mark_programme_changed(forum, now=now)
    first = forum.programme_changed_at
    mark_programme_changed(forum, now=now)

    assert first is not None
    assert forum.programme_changed_at == first + timedelta(microseconds=1)


@pytest.mark.parametrize("query", ["CAMARAS frias", "hana", "森", "room 201", "kitakaze japan"])
def test_search_ignores_accents_and_case_and_looks_everywhere(client: FlaskClient, query: str) -> None:
    make_programme()
    html = client.get(f"{BASE}/search", query_string={"q": query}).text

    assert "Cold chains off the grid" in html
    assert "Second day" not in html


def test_search_forgets_with_the_programme(client: FlaskClient) -> None:
    make_programme()
    client.get(f"{BASE}/search", query_string={"q": "hana"})
    db.session.execute(update(ForumSession).values(title="Cold rooms"))  # as another test, with the same ids and times
    db.session.commit()
    forget_programmes()

    assert "Cold rooms" in client.get(f"{BASE}/search", query_string={"q": "rooms hana"}).text


def test_search_without_a_find_says_what_to_do(client: FlaskClient) -> None:
    make_programme()

    assert "Nothing found for “&lt;b&gt;”" in client.get(f"{BASE}/search", query_string={"q": "<b>"}).text


def test_session_page_shows_everything(client: FlaskClient) -> None:
    make_programme()
    html = page(client, f"/sessions/{code_of('Cold chains off the grid')}")

    assert "Wed 5 June, 11:00–12:15" in html
    assert "Kitakaze Filters, Japan" in html


def test_unknown_session_and_speaker_are_404(client: FlaskClient) -> None:
    make_programme()

    addresses = ("/sessions/NOPE", "/sessions/NOPE.ics", "/speakers/nobody")
    assert [client.get(BASE + each).status_code for each in addresses] == [404, 404, 404]


def test_speakers_stand_by_family_name(client: FlaskClient) -> None:
    make_programme()
    html = page(client, "/speakers")

    order = [html.index(name) for name in ("Elena Sokolova", ">Huamán<", ">Mori<")]
    assert order == sorted(order)


def test_speaker_page_lists_the_sessions(client: FlaskClient) -> None:
    make_programme()

    assert "Cold chains off the grid" in page(client, "/speakers/hana-mori")


def test_calendar_of_a_session_has_a_stable_uid_and_its_time_zone(client: FlaskClient, now: datetime) -> None:
    forum = make_programme()
    session = db.session.scalars(select(ForumSession).where(ForumSession.title == "Opening")).one()
    assert session.slot is not None
    uid = f"{session.slot.guid}@gtn-events"
    session.slot.starts_at += timedelta(hours=1)
    mark_programme_changed(forum, now=now)
    db.session.commit()
    response = client.get(f"{BASE}/sessions/{session.code}.ics")

    calendar = Calendar.from_ical(response.data)
    (entry,) = calendar.walk("VEVENT")
    (zone,) = calendar.walk("VTIMEZONE")
    assert response.mimetype == "text/calendar"
    assert (str(entry["UID"]), str(zone["TZID"])) == (uid, "Asia/Jakarta")
    assert entry["DTSTART"].to_ical() == b"20130605T100000"
    assert entry["DTSTART"].params["TZID"] == "Asia/Jakarta"


def test_calendar_of_all_sessions_folds_its_lines(client: FlaskClient) -> None:
    make_programme()
    data = client.get(f"{BASE}/calendar.ics").data

    assert len(list(Calendar.from_ical(data).walk("VEVENT"))) == 5
    assert max(map(len, data.split(b"\r\n"))) <= 75


def test_number_of_queries_does_not_grow_with_the_programme(app: Flask, client: FlaskClient, now: datetime) -> None:
    counts = []
    for slug, size in (("small", 3), ("large", 60)):
        forum = make_forum(slug, title=slug)
        events = [
            schedule_event(id=str(each), guid=numbered(each), persons=f'<person id="{each}">Person {each}</person>')
            for each in range(size)
        ]
        apply_schedule(forum, read_schedule(schedule(*events), time_zone="Asia/Jakarta"), actor=None, now=now)
        db.session.commit()
        statements: list[str] = []

        def note(*args: object, into: list[str] = statements) -> None:
            into.append(str(args[2]))

        event.listen(db.engine, "before_cursor_execute", note)
        assert client.get(f"/forums/{slug}/programme").status_code == 200
        event.remove(db.engine, "before_cursor_execute", note)
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_days_at_a_glance_have_the_numbers_of_the_forum(client: FlaskClient) -> None:
    forum = make_programme()
    starts = {"2013-06-05": ("Day 1", "Day 2"), "2013-06-04": ("Day 2", "Day 3")}
    for day, numbers in starts.items():
        forum.starts_on = date.fromisoformat(day)
        db.session.commit()
        html = client.get("/forums/gtn-forum-2013").text
        assert tuple(re.findall(r'glance-day">(Day \d)', html)) == numbers
