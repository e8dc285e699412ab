"""The files of a programme: what they say, their addresses, and that an unchanged one is not sent again."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from lxml import etree, html
from openpyxl import load_workbook

from gtn_events.core.db import db
from gtn_events.forum.enums import ForumState
from gtn_events.forum.models import Forum, ForumSession
from gtn_events.forum.views.programme.files import FILES
from tests.factories import make_forum

from .sample import make_programme

BASE = "/forums/gtn-forum-2013/programme"
XCAL = "{urn:ietf:params:xml:ns:icalendar-2.0}"


def test_page_lists_every_file_and_each_comes(client: FlaskClient) -> None:
    make_programme()

    assert f'href="{BASE}/files"' in client.get(BASE).text
    tree = html.fromstring(client.get(f"{BASE}/files").text)
    links = [link for link in tree.xpath("//main//dt/a/@href") if "/files/" in link]
    assert [link.rpartition("/")[2] for link in links] == list(FILES)
    for link in links:
        response = client.get(link)
        kind = FILES[link.rpartition("/")[2]]
        assert (response.status_code, response.content_type) == (200, kind.content_type)
        again = client.get(link, headers={"If-None-Match": response.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


def test_changed_programme_changes_every_file(client: FlaskClient) -> None:
    forum = make_programme()
    before = {name: client.get(f"{BASE}/files/{name}").headers["ETag"] for name in FILES}
    forum.tagline = "another"
    db.session.commit()

    assert all(client.get(f"{BASE}/files/{name}").headers["ETag"] != etag for name, etag in before.items())


def test_unknown_file_and_draft_forum_are_not_found(client: FlaskClient) -> None:
    make_programme()
    assert client.get(f"{BASE}/files/schedule.pdf").status_code == 404

    make_forum("draft", state=ForumState.DRAFT, title="Draft", reference_prefix="DRA")
    assert {client.get(f"/forums/draft/programme/files/{name}").status_code for name in FILES} == {404}
    assert client.get("/forums/draft/programme/files").status_code == 404


def test_forum_without_programme_has_valid_empty_files(client: FlaskClient) -> None:
    make_forum()

    assert {client.get(f"{BASE}/files/{name}").status_code for name in FILES} == {200}
    days = ElementTree.fromstring(client.get(f"{BASE}/files/schedule.xml").data).findall("day")
    assert [(day.get("date"), day.get("start"), len(day)) for day in days] == [
        ("2013-06-05", "2013-06-05T04:00:00+07:00", 0),
        ("2013-06-06", "2013-06-06T04:00:00+07:00", 0),
    ]


def test_schedule_xml_says_what_the_programme_says(client: FlaskClient) -> None:
    make_programme()
    root = ElementTree.fromstring(client.get(f"{BASE}/files/schedule.xml").data)
    event = next(each for each in root.iter("event") if each.findtext("title") == "Cold chains off the grid")
    slot = _session("Cold chains off the grid").slot

    assert slot is not None
    assert (event.get("guid"), event.findtext("room"), event.findtext("track")) == (slot.guid, "Room 201", "Energy")
    assert (event.findtext("date"), event.findtext("start"), event.findtext("duration")) == (
        "2013-06-05T11:00:00+07:00",
        "11:00",
        "01:15",
    )
    assert event.findtext("abstract") == "Câmaras *frias*."
    assert [person.text for person in event.iter("person")] == ["Hana Mori", "Rosa Huamán"]
    assert event.findtext("slug") == f"gtnforum2013-cold-chains-off-the-grid-{event.get('id')}"


def test_session_without_room_and_track_has_empty_ones(client: FlaskClient) -> None:
    make_programme()
    lunch = _session("Lunch")
    assert lunch.slot is not None
    lunch.slot.room_id = None
    db.session.commit()
    root = ElementTree.fromstring(client.get(f"{BASE}/files/schedule.xml").data)
    room = next(each for each in root.iter("room") if each.get("name") == "")
    event = room.find("event")

    assert event is not None
    assert (event.findtext("room"), event.findtext("track"), event.findtext("type")) == ("", "", "break")


def test_schedule_json_says_roles_and_seats(client: FlaskClient) -> None:
    make_programme()
    conference = json.loads(client.get(f"{BASE}/files/schedule.json").data)["schedule"]["conference"]
    opening = conference["days"][0]["rooms"]["Hall A"][0]

    assert [(room["name"], room["capacity"]) for room in conference["rooms"]] == [("Hall A", 420), ("Room 201", 60)]
    assert [(person["name"], person["roles"]) for person in opening["persons"]] == [("Elena Sokolova", ["moderator"])]
    assert (opening["type"], opening["end"]) == ("plenary", "2013-06-05T10:15:00+07:00")


def test_xcal_is_the_calendar_in_xml(client: FlaskClient) -> None:
    make_programme()
    calendar = Calendar.from_ical(client.get(f"{BASE}/calendar.ics").data)
    root = ElementTree.fromstring(client.get(f"{BASE}/files/calendar.xml").data)
    events = list(root.iter(f"{XCAL}vevent"))

    assert [_said(event, "uid", "text") for event in events] == [str(event["uid"]) for event in calendar.events]
    assert [_said(event, "summary", "text") for event in events] == [str(each["summary"]) for each in calendar.events]
    assert [_said(event, "dtstart", "date-time") for event in events] == [
        f"{each.start:%Y-%m-%dT%H:%M:%S}" for each in calendar.events
    ]
    assert events[0].findtext(f"{XCAL}properties/{XCAL}dtstart/{XCAL}parameters/{XCAL}tzid/{XCAL}text") == (
        "Asia/Jakarta"
    )
    assert root.find(f"{XCAL}vcalendar/{XCAL}components/{XCAL}vtimezone") is not None


def test_linked_data_stands_in_the_page_and_in_the_file(client: FlaskClient) -> None:
    make_programme()
    session = _session("Cold chains off the grid")
    session.title = "Cold </script><b> chains"
    db.session.commit()
    _touch()
    found = html.fromstring(client.get(f"{BASE}/sessions/{session.code}").text).xpath(
        '//script[@type="application/ld+json"]/text()'
    )
    (linked,) = [json.loads(text) for text in found]
    whole = json.loads(client.get(f"{BASE}/files/programme.jsonld").data)

    assert (linked["@type"], linked["name"]) == ("Event", "Cold </script><b> chains")
    assert linked["startDate"] == "2013-06-05T11:00:00+07:00"
    assert [person["name"] for person in linked["performer"]] == ["Hana Mori", "Rosa Huamán"]
    assert linked["superEvent"]["name"] == whole["name"] == "GTN Forum 2013"
    assert len(whole["subEvent"]) == 5


def test_tables_hold_one_line_for_each_session_and_no_formula(client: FlaskClient) -> None:
    make_programme()
    _session("Opening").title = "=1+1"
    db.session.commit()
    _touch()
    lines = list(csv.DictReader(io.StringIO(client.get(f"{BASE}/files/programme.csv").data.decode("utf-8-sig"))))
    book = load_workbook(io.BytesIO(client.get(f"{BASE}/files/programme.xlsx").data))
    rows = list(book.worksheets[0].iter_rows(values_only=True))

    assert [(line["Start"], line["Title"], line["Speakers"]) for line in lines[:2]] == [
        ("09:00", "'=1+1", "Elena Sokolova (Moderator)"),
        ("11:00", "Buying green", "Elena Sokolova"),
    ]
    assert [row[7] for row in rows[1:3]] == ["=1+1", "Buying green"]
    assert book.worksheets[0]["H2"].data_type == "s"


@pytest.mark.parametrize("title", ["\x0b\x00 nothing \x1b", "\ufffe\uffff", "]]> & <b>"])
def test_files_hold_no_sign_that_xml_may_not(client: FlaskClient, title: str) -> None:
    make_programme()
    _session("Opening").title = title.replace("\x00", "")
    db.session.commit()
    _touch()

    for name in ("schedule.xml", "calendar.xml"):
        assert etree.fromstring(client.get(f"{BASE}/files/{name}").data) is not None


def _session(title: str) -> ForumSession:
    return db.session.query(ForumSession).filter_by(title=title).one()


def _touch() -> None:
    """Say that the forum was changed, as every act of the domain does."""
    forum = db.session.query(Forum).filter_by(slug="gtn-forum-2013").one()
    forum.tagline = f"{forum.tagline}."
    db.session.commit()


def _said(event: ElementTree.Element, name: str, kind: str) -> str | None:
    return event.findtext(f"{XCAL}properties/{XCAL}{name}/{XCAL}{kind}")
