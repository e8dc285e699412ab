"""Reading a schedule.xml: pure, tolerant, and safe."""

from datetime import UTC, datetime
from time import process_time

import pytest

from gtn_events.forum.domain.programme_import import Schedule, ScheduleUnreadable, read_schedule
from gtn_events.forum.domain.programme_import.wording import html_to_markdown
from gtn_events.forum.enums import SessionKind, SpeakerRole

from .schedules import event, numbered, schedule


def read(data: bytes, time_zone: str = "Asia/Jakarta") -> Schedule:
    return read_schedule(data, time_zone=time_zone)


def findings(data: bytes) -> list[str]:
    return [str(finding) for finding in read(data).findings]


def test_plain_session_is_read_without_findings() -> None:
    result = read(schedule(event()))

    (session,) = result.sessions
    assert result.findings == ()
    assert (session.title, session.room, session.track, session.minutes) == (
        "Cold chains off the grid",
        "Hall A",
        "Energy",
        45,
    )
    assert session.starts_at == datetime(2013, 6, 5, 2, 0, tzinfo=UTC)
    assert [result.persons[each.person_key].name for each in session.appearances] == ["Hana Mori"]
    assert result.source == "gtn2013"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty. Nothing was changed."),
        (b" \n ", "The file is empty. Nothing was changed."),
        (b"<html><body/></html>", "The file is XML but no schedule: it starts with <html>. Nothing was changed."),
        (b"<schedule><conference/></schedule>", "The file holds no session. Nothing was changed."),
        (
            b'<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><schedule>&b;</schedule>',
            "The file declares a document type or entities, which a schedule does not need. Nothing was changed.",
        ),
        (
            b'<!DOCTYPE s SYSTEM "http://127.0.0.1/x.dtd"><schedule/>',
            "The file declares a document type or entities, which a schedule does not need. Nothing was changed.",
        ),
        (
            b"<schedule>" + b"<a>" * 60 + b"</a>" * 60 + b"</schedule>",
            "The file nests more than 40 elements. Nothing was changed.",
        ),
        (b"x" * (32 * 1024 * 1024 + 1), "The file is larger than 32 MB. Nothing was changed."),
    ],
)
def test_file_that_is_no_schedule_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(ScheduleUnreadable) as refusal:
        read(data)
    assert refusal.value.message == said


@pytest.mark.parametrize(
    "data", [b"not xml at all", b"<schedule><day>", b'<?xml version="1.0" encoding="x-no"?><schedule/>']
)
def test_file_that_is_not_well_formed_is_refused(data: bytes) -> None:
    with pytest.raises(ScheduleUnreadable, match="not well-formed XML"):
        read(data)


def test_date_with_offset_decides_over_the_start() -> None:
    data = schedule(event(date="2013-06-05T10:00:00+07:00", start="09:00"))

    assert read(data).sessions[0].starts_at == datetime(2013, 6, 5, 3, 0, tzinfo=UTC)
    assert findings(data) == [
        "Session 1 “Cold chains off the grid”: start 09:00 disagrees with the date 2013-06-05 10:00; the date is used"
    ]


def test_missing_date_is_the_day_the_session_stands_in() -> None:
    data = schedule(event(date=""))

    assert read(data).sessions[0].starts_at == datetime(2013, 6, 5, 2, 0, tzinfo=UTC)
    assert findings(data) == []


def test_wrong_date_is_mended_with_the_day() -> None:
    data = schedule(event(date="2013-13-45"))

    assert read(data).sessions[0].starts_at == datetime(2013, 6, 5, 2, 0, tzinfo=UTC)
    assert findings(data) == [
        "Session 1 “Cold chains off the grid”: its date '2013-13-45' cannot be read; the day it stands in is used"
    ]


def test_session_without_any_time_is_kept_without_a_slot() -> None:
    data = schedule(event(date="", start="soon"))

    assert read(data).sessions[0].starts_at is None
    assert findings(data) == [
        "Session 1 “Cold chains off the grid”: has no start time that can be read; imported without a time"
    ]


def test_start_past_midnight_belongs_to_the_conference_day_before() -> None:
    data = schedule(event(date="", start="01:30"))

    assert read(data).sessions[0].starts_at == datetime(2013, 6, 5, 18, 30, tzinfo=UTC)


def test_day_change_of_the_file_is_respected() -> None:
    data = schedule(event(date="", start="06:00"), conference="<day_change>09:00:00</day_change>")

    assert read(data).sessions[0].starts_at == datetime(2013, 6, 5, 23, 0, tzinfo=UTC)


def test_time_that_the_clocks_skip_moves_on_with_them() -> None:
    data = schedule(
        event(date="2026-03-29", start="02:30"),
        conference="",
        day="2026-03-28",
    ).replace(b"Asia/Jakarta", b"Europe/Brussels")

    assert read(data).sessions[0].starts_at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert findings(data) == [
        "Session 1 “Cold chains off the grid”: 02:30 does not exist that day, the clocks are put forward; 03:30 is used"
    ]


def test_time_that_comes_twice_is_the_first_one() -> None:
    data = schedule(event(date="2026-10-25", start="02:30"), day="2026-10-24").replace(
        b"Asia/Jakarta", b"Europe/Brussels"
    )

    assert read(data).sessions[0].starts_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert findings(data) == [
        "Session 1 “Cold chains off the grid”: "
        "02:30 comes twice that day, the clocks are put back; the first one is used"
    ]


@pytest.mark.parametrize(
    ("written", "minutes"),
    [("01:30", 90), ("01:30:00", 90), ("00:05", 5), ("90", 90), ("PT1H30M", 90), ("P1D", 1440), ("24:00", 1440)],
)
def test_durations_are_read_in_every_way_they_are_written(written: str, minutes: int) -> None:
    assert read(schedule(event(duration=written))).sessions[0].minutes == minutes


@pytest.mark.parametrize(
    ("written", "minutes", "said"),
    [
        ("00:00", 5, "duration 0; 5 minutes are used"),
        ("", 5, "duration '' cannot be read; 5 minutes are used"),
        ("long", 5, "duration 'long' cannot be read; 5 minutes are used"),
        ("25:30", 1440, "duration of 25 h 30 cut to 24 hours"),
    ],
)
def test_wrong_durations_are_mended(written: str, minutes: int, said: str) -> None:
    data = schedule(event(duration=written))

    assert read(data).sessions[0].minutes == minutes
    assert findings(data) == [f"Session 1 “Cold chains off the grid”: {said}"]


def test_missing_room_is_said() -> None:
    data = schedule(event(room=""), room="")

    assert read(data).sessions[0].room is None
    assert findings(data) == ["Session 1 “Cold chains off the grid”: has no room"]


def test_room_of_the_session_decides_over_the_one_around_it() -> None:
    data = schedule(event(room="Hall B"))

    assert read(data).sessions[0].room == "Hall B"
    assert findings(data) == [
        "Session 1 “Cold chains off the grid”: says room Hall B but stands in Hall A; Hall B is used"
    ]


def test_session_that_stands_twice_is_skipped_once() -> None:
    data = schedule(event(), event())

    assert len(read(data).sessions) == 1
    assert findings(data) == [
        "Session 1 “Cold chains off the grid”: stands in the file twice; the second one is skipped"
    ]


def test_guid_of_another_session_is_replaced() -> None:
    data = schedule(event(), event(id="2", title="Second"))

    first, second = read(data).sessions
    assert first.guid != second.guid
    assert findings(data) == ["Session 2 “Second”: has the guid of session 1; it gets one of its own"]
    assert read(data).sessions[1].guid == second.guid


def test_missing_guid_is_made_from_the_number_and_stays() -> None:
    data = schedule(event(guid=""), event(guid="", id="2"))

    guids = [session.guid for session in read(data).sessions]
    assert len(set(guids)) == 2
    assert [session.guid for session in read(data).sessions] == guids
    assert findings(data) == ["2 sessions have no guid; one was made from the number of each"]


def test_html_becomes_markdown_without_scripts() -> None:
    html = (
        "&lt;p&gt;Sun &lt;strong&gt;and &lt;/strong&gt;salt&lt;/p&gt;"
        "&lt;ul&gt;&lt;li&gt;one&lt;/li&gt;&lt;li&gt;two *stars*&lt;/li&gt;&lt;/ul&gt;"
        "&lt;script&gt;alert(1)&lt;/script&gt;&lt;a href='javascript:x'&gt;bad&lt;/a&gt; "
        "&lt;a href='https://gtn.example/a'&gt;good&lt;/a&gt;"
    )
    data = schedule(event(abstract=html))

    assert read(data).sessions[0].abstract == (
        "Sun **and** salt\n\n- one\n- two \\*stars\\*\n\nbad [good](https://gtn.example/a)"
    )
    assert findings(data) == ["1 abstract was HTML; it is kept as Markdown"]


def test_markdown_stays_as_it_is() -> None:
    text = "## Aim\n\n*Less* waste, `a < b` and 5 > 3."

    assert read(schedule(event(abstract=text.replace("<", "&lt;")))).sessions[0].abstract == text


def test_ordered_lists_headings_code_and_quotes_are_kept() -> None:
    html = "<h1>Aim</h1><ol><li>a<ul><li>b</li></ul></li><li>c</li></ol><pre>x = 1</pre><blockquote>q</blockquote>1. no"

    assert html_to_markdown(html) == "## Aim\n\n1.  a\n    - b\n2.  c\n\n    x = 1\n\n> q\n\n1\\. no"


def test_control_characters_are_taken_out() -> None:
    data = schedule(event(title="Cold\x01 chains&#x0;&#31; here"))

    assert read(data).sessions[0].title == "Cold chains here"
    assert findings(data) == ["3 control characters were taken out"]


def test_huge_texts_are_cut_and_said() -> None:
    data = schedule(event(title="t" * 500, abstract="a" * 60_000))

    session = read(data).sessions[0]
    assert (len(session.title), len(session.abstract)) == (400, 50_000)
    assert findings(data) == [
        f"Session 1 “{'t' * 40}…”: title of 500 characters cut to 400",
        f"Session 1 “{session.title}”: abstract of 60000 characters cut to 50000",
    ]


def test_unknown_elements_are_counted_once() -> None:
    data = schedule(event(persons="").replace("<links/>", "<links/><mood>calm</mood>"))

    assert findings(data) == ["1 element <mood> is not known; it is left out"]


def test_links_that_are_no_web_addresses_are_skipped() -> None:
    links = '<links><link href="javascript:alert(1)">x</link><link href="https://gtn.example/s">Slides</link></links>'
    data = schedule(event().replace("<links/>", links))

    assert read(data).sessions[0].links == (("https://gtn.example/s", "Slides"),)
    assert findings(data) == [
        "Session 1 “Cold chains off the grid”: link 'javascript:alert(1)' is no web address; it is skipped"
    ]


def test_type_tells_plenaries_and_breaks() -> None:
    kinds = [
        session.kind
        for session in read(
            schedule(
                event(type="Plenary"),
                event(id="2", guid=numbered(2), type="Coffee break"),
                event(id="3", guid=numbered(3), type="lecture"),
            )
        ).sessions
    ]

    assert kinds == [SessionKind.PLENARY, SessionKind.BREAK, SessionKind.SESSION]


def test_pretalx_dialect_names_persons_by_code_and_attribute() -> None:
    persons = (
        '<person code="ABC" name="Mei-ling Chen"><biography>Clears water.</biography></person>'
        '<person guid="99999999-0000-5000-8000-000000000001" role="moderator">Rosa Huamán</person>'
    )
    result = read(schedule(event(persons=persons, more='code="G9JGWY"')))

    assert result.sessions[0].code == "G9JGWY"
    assert [(result.persons[each.person_key].name, each.role) for each in result.sessions[0].appearances] == [
        ("Mei-ling Chen", SpeakerRole.SPEAKER),
        ("Rosa Huamán", SpeakerRole.MODERATOR),
    ]
    assert result.persons["ABC"].biography == "Clears water."


@pytest.mark.parametrize(
    ("written", "role"),
    [("rapporteur", "rapporteur"), ("Co-Chairperson", "co-chair"), ("Chair of the day", "chair"), ("Guest", "speaker")],
)
def test_roles_are_our_own_words_or_told_by_a_part(written: str, role: str) -> None:
    (session,) = read(schedule(event(persons=f'<person id="1" role="{written}">Hana Mori</person>'))).sessions

    assert [each.role for each in session.appearances] == [SpeakerRole(role)]


def test_list_of_persons_at_the_end_gives_the_biographies() -> None:
    end = (
        '<persons><person id="7"><name>Hana Mori</name><biography>Filters.</biography></person>'
        '<person id="8"><name>Nobody</name></person></persons>'
    )
    data = schedule(event(), end=end)

    assert [(person.name, person.biography) for person in read(data).persons.values()] == [("Hana Mori", "Filters.")]
    assert findings(data) == ["1 person has no session; they are left out"]


def test_unknown_time_zone_is_the_forums() -> None:
    data = schedule(event(date="")).replace(b"Asia/Jakarta", b"Mars/Olympus")

    assert read(data).sessions[0].starts_at == datetime(2013, 6, 5, 2, 0, tzinfo=UTC)
    assert findings(data) == ["time zone 'Mars/Olympus' is not known; Asia/Jakarta is used"]


def test_a_huge_attribute_takes_time_in_proportion() -> None:
    """The parser begins a token anew with every piece it is fed: in small pieces the time grows with the square."""
    data = b'<schedule><day x="' + b"A" * 30_000_000 + b'"/></schedule>'
    began = process_time()
    with pytest.raises(ScheduleUnreadable, match="holds no session"):
        read_schedule(data, time_zone="UTC")
    assert process_time() - began < 5


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_year_that_cannot_be_meant_leaves_a_session_without_a_time(day: str) -> None:
    event = "<event id='1'><title>T</title><start>23:30</start><duration>01:00</duration></event>"
    data = f"<schedule><day date='{day}'><room name='R'>{event}</room></day></schedule>".encode()
    read = read_schedule(data, time_zone="America/Lima")
    assert [session.starts_at for session in read.sessions] == [None]
