"""A spreadsheet changes and adds sessions, with errors by cell; our own export changes nothing."""

import io
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, assume, given, settings
from sqlalchemy import func, select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import UploadRefused
from gtn_events.core.exports import csv_chunks, xlsx_file
from gtn_events.core.journal import JournalEntry
from gtn_events.core.sheets import read_sheet
from gtn_events.core.uploads import Upload
from gtn_events.forum.domain.programme_sheet import (
    Fate,
    Line,
    apply_sheet,
    guess_columns,
    names_added,
    preview_sheet,
    template_headings,
    template_rows,
)
from gtn_events.forum.enums import SessionKind, SessionLevel, SpeakerRole
from gtn_events.forum.models import Forum, ForumSession, Room, Speaker, Track
from gtn_events.forum.programme_files import TABLE_HEADERS, FileContent, file_content, table_rows
from gtn_events.forum.queries.programme_editions import edition_of, forget_editions
from tests.factories import MADE_AT, grant_role, make_account, make_forum, sign_in
from tests.queries import count_queries

from .random_programmes import PLANS, Plan, put_in
from .sample import make_programme
from .test_round_trip import everything

BASE = "/forums/gtn-forum-2013/manage/programme/import/sheet"
HEADER = ["Title", "Day", "Start", "Minutes", "Room", "Track", "Speakers"]
RANDOM = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def as_csv(content: FileContent, path: Path) -> list[list[str]]:
    path.write_bytes(b"".join(csv_chunks(TABLE_HEADERS, table_rows(content))))
    return read_sheet(path, is_workbook=False, most_lines=5000)


def as_xlsx(content: FileContent, _path: Path) -> list[list[str]]:
    written = xlsx_file(TABLE_HEADERS, table_rows(content))
    try:
        return read_sheet(written, is_workbook=True, most_lines=5000)
    finally:
        written.unlink()


WRITERS = (as_csv, as_xlsx)


def content_of(forum: Forum) -> FileContent:
    db.session.expire_all()
    forget_editions()
    return file_content(forum, edition_of(forum, now=MADE_AT))


@pytest.fixture
def bare(database: None) -> Forum:
    """A forum without a programme."""
    return make_forum()


@pytest.fixture
def forum(database: None) -> Forum:
    return make_programme()


@pytest.fixture
def somebody(database: None) -> Account:
    return make_account()


@pytest.fixture
def actor(forum: Forum) -> Account:
    """The forum's organiser."""
    account = make_account()
    grant_role(account, Role.ORGANISER, forum.scope)
    db.session.commit()
    return account


def lines_of(forum: Forum, *rows: list[str], header: list[str] = HEADER) -> list[Line]:
    return preview_sheet(forum, [header, *rows], guess_columns(header)).lines


def session_named(title: str) -> ForumSession:
    return db.session.scalars(select(ForumSession).where(ForumSession.title == title)).one()


@RANDOM
@given(plan=PLANS)
def test_own_files_change_nothing(bare: Forum, somebody: Account, tmp_path: Path, plan: Plan) -> None:
    assume(any(details.starts_at for details, *_rest in plan.sessions))
    with put_in(bare, plan):
        before = everything()
        for write in WRITERS:
            lines = write(content_of(bare), tmp_path / "own.csv")
            preview = preview_sheet(bare, lines, guess_columns(lines[0]))
            assert {line.fate for line in preview.lines} == {Fate.UNCHANGED}
            report = apply_sheet(bare, preview.lines, actor=somebody, now=MADE_AT)
            assert (report.added, report.changed, everything()) == (0, 0, before)


@pytest.mark.parametrize("write", WRITERS)
def test_own_file_brings_the_programme_into_another_forum_once(
    forum: Forum, actor: Account, tmp_path: Path, write: Callable[[FileContent, Path], list[list[str]]]
) -> None:
    lines = write(content_of(forum), tmp_path / "own.csv")
    other = make_forum("gtn-forum-2014", title="GTN Forum 2014", reference_prefix="GTN14")
    for expected in (5, 0):
        preview = preview_sheet(other, lines, guess_columns(lines[0]))
        report = apply_sheet(other, preview.lines, actor=actor, now=MADE_AT)
        assert (report.added, report.changed) == (expected, 0)
        db.session.expire_all()
    for model, names in (
        (Room, {"Hall A", "Room 201"}),
        (Track, {"Energy", "Policy"}),
        (Speaker, {"Hana Mori", "Rosa Huamán", "Elena Sokolova"}),
    ):
        assert set(db.session.scalars(select(model.name).where(model.forum_id == other.id))) == names
    theirs = (ForumSession.forum_id == other.id, ForumSession.title == "Opening")
    opening = db.session.scalars(select(ForumSession).where(*theirs)).one()
    assert [link.role for link in opening.speaker_links] == [SpeakerRole.MODERATOR]


def test_new_line_adds_session_room_track_and_speakers(forum: Forum, actor: Account) -> None:
    row = ["Repair clinic", "2013-06-05", "15:00", "45", "Yard", "Repair", "Ana Lima (Moderator); Hana Mori"]
    apply_sheet(forum, lines_of(forum, row), actor=actor, now=MADE_AT)
    session = session_named("Repair clinic")
    assert session.slot is not None
    assert (session.slot.starts_at, session.slot.minutes) == (datetime(2013, 6, 5, 8, tzinfo=UTC), 45)
    assert (session.slot.room and session.slot.room.name, session.track and session.track.name) == ("Yard", "Repair")
    cast = [(link.speaker.name, link.role) for link in session.speaker_links]
    assert cast == [("Ana Lima", SpeakerRole.MODERATOR), ("Hana Mori", SpeakerRole.SPEAKER)]
    assert len(db.session.scalars(select(Speaker)).all()) == 4


def test_line_moves_a_session_and_its_slot_stays_the_same(forum: Forum, actor: Account) -> None:
    slot = session_named("Cold chains off the grid").slot
    assert slot is not None
    guid = slot.guid
    lines = lines_of(forum, ["Cold chains off the grid", "2013-06-06"], header=["Title", "Day"])
    assert [(line.fate, line.changes) for line in lines] == [(Fate.CHANGED, {"day": ("2013-06-05", "2013-06-06")})]
    apply_sheet(forum, lines, actor=actor, now=MADE_AT)
    assert (slot.starts_at, slot.guid, slot.minutes) == (datetime(2013, 6, 6, 4, tzinfo=UTC), guid, 75)


def test_columns_that_are_not_used_and_sessions_that_are_not_named_stay(forum: Forum, actor: Account) -> None:
    before = everything()
    header = ["Title", "Whatever"]
    lines = preview_sheet(forum, [header, ["Opening", "x"]], guess_columns(header)).lines
    apply_sheet(forum, lines, actor=actor, now=MADE_AT)
    assert (lines[0].fate, everything()) == (Fate.UNCHANGED, before)


def test_end_alone_says_the_length(forum: Forum) -> None:
    changed, new = lines_of(
        forum,
        ["Opening", "2013-06-05", "09:00", "10:00"],
        ["Late show", "2013-06-05", "23:30", "00:15"],
        header=["Title", "Day", "Start", "End"],
    )
    assert (changed.values["minutes"], new.values["minutes"]) == (60, 45)


def test_days_and_times_of_workbooks_are_numbers(forum: Forum) -> None:
    (line,) = lines_of(forum, ["New", "41430", "0.4375", "30"], header=["Title", "Day", "Start", "Minutes"])
    assert (line.cells["day"], line.cells["start"]) == ("2013-06-05", "10:30")
    assert line.values["starts_at"] == datetime(2013, 6, 5, 3, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("05/06/2013", "2013-06-05"),  # day first: the fifth of June is a day of the forum, the sixth of May is none
        ("6/5/2013", "2013-06-05"),
        ("5.6.2013", "2013-06-05"),
        ("05-06-2013", "2013-06-05"),
        ("06/06/2013", "2013-06-06"),
        ("07/08/2013", None),
        ("31/31/2013", None),
        ("5/6/13", None),
        ("05/06/2013/1", None),
    ],
)
def test_a_day_in_another_order_is_understood_where_one_reading_alone_is_a_day_of_the_forum(
    forum: Forum, cell: str, day: str | None
) -> None:
    (line,) = lines_of(forum, ["Clinic", cell, "15:00", "30"], header=["Title", "Day", "Start", "Minutes"])
    assert line.errors.get("day", "")[:38] == ("" if day else "Write the day as year-month-day: 2027-")
    assert (f"{line.values['starts_at']:%Y-%m-%d}" if day else None) == day


def test_a_day_of_which_both_readings_are_days_of_the_forum_is_not_guessed(forum: Forum) -> None:
    forum.starts_on, forum.ends_on = date(2013, 5, 6), date(2013, 6, 5)
    (line,) = lines_of(forum, ["Clinic", "05/06/2013", "15:00", "30"], header=["Title", "Day", "Start", "Minutes"])
    assert "Write the day as year-month-day" in line.errors["day"]


def test_empty_day_and_start_take_the_time_away(forum: Forum, actor: Account) -> None:
    lines = lines_of(forum, ["Lunch", "", "", ""], header=["Title", "Day", "Start", "Minutes"])
    apply_sheet(forum, lines, actor=actor, now=MADE_AT)
    assert session_named("Lunch").slot is None


@pytest.mark.parametrize(
    ("field", "cell", "told"),
    [
        ("title", "", "Give the session a title."),
        ("title", "=1+1", "A formula is not calculated here."),
        ("title", "x" * 401, "Use at most 400 signs; there are 401."),
        ("day", "5 June", "Write the day as year-month-day"),
        ("day", "", "Write both day and start, or none."),
        ("start", "nine", "Write the time as hours and minutes"),
        ("start", "9", "Write the time as hours and minutes"),
        ("start", "", "Write both day and start, or none."),
        ("minutes", "0", "Write a number from 1 to 1440."),
        ("minutes", "", "Say how many minutes it lasts."),
        ("kind", "lecture", "Write one of these: session, plenary, break."),
        ("expected", "many", "Write a number from 1 to 1000000."),
        ("level", "expert", "Write one of these, or nothing: Introductory, Intermediate, Advanced."),
        ("interpretation", "es, Klingon!", "“Klingon!” is not the code of a language"),
        ("interpretation", " ".join(f"a{letter}" for letter in "bcdefghijklmn"), "Write at most 12 languages."),
    ],
)
def test_errors_stand_at_their_cells_and_the_line_is_left_out(
    forum: Forum, actor: Account, field: str, cell: str, told: str
) -> None:
    right = {"title": "New", "day": "2013-06-05", "start": "15:00", "minutes": "45", "kind": "Plenary", "expected": "9"}
    cells = {**right, field: cell}
    lines = preview_sheet(forum, [list(cells), list(cells.values())], list(cells)).lines
    assert [list(line.errors) for line in lines] == [[field]]
    assert told in lines[0].errors[field]
    before = everything()
    assert apply_sheet(forum, lines, actor=actor, now=MADE_AT).added == 0
    assert everything() == before


def test_clock_that_is_put_back_is_an_error_at_the_start(bare: Forum) -> None:
    bare.time_zone = "America/Santiago"
    (line,) = lines_of(bare, ["New", "2013-09-08", "00:30", "45"])
    assert "does not exist" in line.errors["start"]


def test_titles_that_are_not_one_session(forum: Forum) -> None:
    session_named("Lunch").title = "Opening"
    db.session.flush()
    twice, first, second = lines_of(forum, ["Opening"], ["Second day"], ["Second day"], header=["Title"])
    assert "Several sessions have this title." in twice.errors["title"]
    assert (first.fate, second.errors["title"]) == (Fate.UNCHANGED, "Another line is about this session already.")


def test_session_is_known_by_its_address_whatever_its_title(forum: Forum) -> None:
    code = session_named("Opening").code
    (line,) = lines_of(forum, [f"https://example.org/sessions/{code}", "A new title"], header=["Address", "Title"])
    assert line.changes == {"title": ("Opening", "A new title")}


def test_headings_are_guessed_each_meaning_once() -> None:
    assert guess_columns(["TITLE", "Title", "Duration", " Location ", "Colour"]) == ["title", "", "minutes", "room", ""]


def test_file_that_cannot_be_meant(forum: Forum) -> None:
    with pytest.raises(UploadRefused, match="no line below"):
        preview_sheet(forum, [HEADER], guess_columns(HEADER))
    with pytest.raises(UploadRefused, match="which column is the title"):
        preview_sheet(forum, [["A"], ["b"]], [""])


def send(client: FlaskClient, text: str, name: str = "programme.csv") -> str:
    answer = client.post(BASE, data={"file": (io.BytesIO(text.encode()), name)})
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])


def test_page_maps_columns_shows_lines_and_takes_them(client: FlaskClient, forum: Forum, actor: Account) -> None:
    sign_in(client, actor)
    preview = send(client, "Heading,When\nOpening,2013-06-06\nRepair clinic,someday\n")
    assert "Say which column is the title." in client.get(preview).text
    page = client.get(f"{preview}?c=title&c=day").text
    assert ("2013-06-05 → 2013-06-06" in page, "There stands: someday" in page) == (True, True)
    assert "0 new, 1 changed, 0 as before, 1 to correct." in page
    answer = client.post(preview, data={"c": ["title", "day"], "go": "take"}, follow_redirects=True)
    assert "0 new, 1 changed, 0 as before, 1 refused." in answer.text
    slot = session_named("Opening").slot
    assert slot is not None
    assert slot.starts_at == datetime(2013, 6, 6, 2, tzinfo=UTC)
    assert db.session.scalars(select(Upload.deleted_at)).one() is not None
    assert client.get(preview).status_code == 404


def test_file_is_thrown_away(client: FlaskClient, forum: Forum, actor: Account) -> None:
    sign_in(client, actor)
    preview = send(client, "Title\nSomething new\n")
    client.post(preview, data={"go": "discard"})
    assert db.session.scalars(select(ForumSession.id).where(ForumSession.kind == SessionKind.SESSION)).all() != []
    assert client.get(preview).status_code == 404


def test_broken_and_empty_files_are_refused_on_the_page(client: FlaskClient, forum: Forum, actor: Account) -> None:
    sign_in(client, actor)
    for content, name in ((b"Title\n", "a.csv"), (b"PK\x03\x04 no", "a.xlsx"), (b"\xff\xfe\x00", "a.csv")):
        answer = client.post(BASE, data={"file": (io.BytesIO(content), name)})
        assert (answer.status_code, "error-summary" in answer.text) == (422, True)
    assert "Choose a file." in client.post(BASE, data={}).text


def test_others_may_not_and_do_not_see_the_file(client: FlaskClient, forum: Forum, actor: Account) -> None:
    sign_in(client, actor)
    preview = send(client, "Title\nSomething new\n")
    second = make_account("second@gtn.example")
    grant_role(second, Role.ORGANISER, forum.scope)
    sign_in(client, second)
    assert (client.get(preview).status_code, client.post(preview).status_code) == (404, 404)
    sign_in(client, make_account("nobody@gtn.example"))
    assert (client.get(BASE).status_code, client.get(preview).status_code) == (403, 403)


def test_headings_as_people_write_them_are_understood() -> None:
    assert guess_columns(["Session title", "Who", "Hall", "Theme"]) == ["title", "speakers", "room", "track"]


def new_lines(count: int, first: int = 0) -> list[list[str]]:
    people = "Ana {n}; Budi Santoso; Ana {n} (Moderator); ana {n}"
    return [
        [f"Session {n}", "2013-06-05", "09:00", "30", "Hall A", "Energy", people.format(n=n)]
        for n in range(first, first + count)
    ]


def test_new_sessions_are_added_with_as_many_questions_however_many_they_are(forum: Forum, actor: Account) -> None:
    asked = []
    for count, first in ((5, 0), (50, 5)):
        preview = preview_sheet(forum, [HEADER, *new_lines(count, first)], guess_columns(HEADER))
        db.session.commit()
        with count_queries() as queries:
            assert apply_sheet(forum, preview.lines, actor=actor, now=MADE_AT).added == count
        db.session.commit()
        # SQLite takes new rows one by one.
        asked.append([each for each in queries if not each.startswith("INSERT")])
    assert len(asked[1]) <= len(asked[0])


@pytest.mark.parametrize("changed", ["Ana {n}; Budi Santoso", "", "Budi Santoso (Moderator); Someone New {n}"])
def test_speakers_are_replaced_with_as_many_questions_however_many_lines_do(
    forum: Forum, actor: Account, changed: str
) -> None:
    asked = []
    apply_sheet(
        forum, preview_sheet(forum, [HEADER, *new_lines(205)], guess_columns(HEADER)).lines, actor=actor, now=MADE_AT
    )
    db.session.commit()
    for numbers in (range(5), range(5, 205)):
        cells = [
            [f"Session {n}", "2013-06-06", "10:00", "45", "Hall A", "Energy", changed.format(n=n)] for n in numbers
        ]
        preview = preview_sheet(forum, [HEADER, *cells], guess_columns(HEADER))
        db.session.commit()
        with count_queries() as queries:
            assert apply_sheet(forum, preview.lines, actor=actor, now=MADE_AT).changed == len(numbers)
        db.session.commit()
        asked.append([each for each in queries if not each.startswith("INSERT")])
    assert len(asked[1]) <= len(asked[0])


def test_changed_sessions_stand_in_the_journal_one_by_one(forum: Forum, actor: Account) -> None:
    lines = preview_sheet(forum, [HEADER, *new_lines(2)], guess_columns(HEADER)).lines
    apply_sheet(forum, lines, actor=actor, now=MADE_AT)
    db.session.commit()
    later = MADE_AT + timedelta(days=1)
    cells = [
        [f"Session {n}", "2013-06-06", "09:00", "30", "Hall A", "Energy", "Budi Santoso (Moderator); Cempaka; ana 0"]
        for n in range(2)
    ]
    apply_sheet(forum, preview_sheet(forum, [HEADER, *cells], guess_columns(HEADER)).lines, actor=actor, now=later)
    db.session.commit()
    sessions = db.session.scalars(select(ForumSession).where(ForumSession.title.startswith("Session "))).all()
    assert [
        [(link.speaker.name, link.role.value, link.position) for link in each.speaker_links] for each in sessions
    ] == [[("Budi Santoso", "moderator", 0), ("Cempaka", "speaker", 1), ("Ana 0", "speaker", 2)]] * 2
    entries = db.session.scalars(select(JournalEntry).where(JournalEntry.at == later).order_by(JournalEntry.id)).all()
    acts = Counter(each.action for each in entries)
    assert acts == {"session changed": 2, "speaker withdrawn": 6, "speaker placed": 6, "speaker added": 1}
    moved = {"starts": ["2013-06-05T02:00:00+00:00", "2013-06-06T02:00:00+00:00"]}
    assert [each.changes for each in entries if each.action == "session changed"] == [moved] * 2


def test_new_sessions_bring_each_person_once_in_a_role_and_stand_in_the_journal_one_by_one(
    forum: Forum, actor: Account
) -> None:
    preview = preview_sheet(forum, [HEADER, *new_lines(2)], guess_columns(HEADER))
    apply_sheet(forum, preview.lines, actor=actor, now=MADE_AT)
    db.session.commit()
    sessions = db.session.scalars(select(ForumSession).where(ForumSession.title.startswith("Session "))).all()
    assert [[(link.speaker.name, link.role.value) for link in each.speaker_links] for each in sessions] == [
        [(f"Ana {n}", "speaker"), ("Budi Santoso", "speaker"), (f"Ana {n}", "moderator")] for n in range(2)
    ]
    names = db.session.scalars(select(Speaker.name).where(Speaker.name.in_(["Ana 0", "ana 0", "Budi Santoso"]))).all()
    assert sorted(names) == ["Ana 0", "Budi Santoso"]
    acts = Counter(db.session.scalars(select(JournalEntry.action).where(JournalEntry.actor_id == actor.id)))
    assert (acts["session added"], acts["speaker added"], acts["speaker placed"]) == (2, 3, 6)
    assert len({each.code for each in sessions}) == 2


def test_a_thousand_new_lines_are_taken_by_the_page(client: FlaskClient, actor: Account) -> None:
    sign_in(client, actor)
    lines = [HEADER, *new_lines(1_000)]
    sent = "\r\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
    page = client.post(BASE, data={"file": (io.BytesIO(sent.encode()), "programme.csv")}).location
    client.post(page, data={"c": guess_columns(HEADER), "go": "apply"})
    added = select(func.count()).select_from(ForumSession).where(ForumSession.title.startswith("Session "))
    assert db.session.scalar(added) == 1_000


@RANDOM
@given(plan=PLANS)
def test_the_template_holds_every_session_and_changes_nothing(bare: Forum, tmp_path: Path, plan: Plan) -> None:
    assume(plan.sessions)
    with put_in(bare, plan):
        headings, rows = template_headings(), list(template_rows(bare))
        (tmp_path / "own.csv").write_bytes(b"".join(csv_chunks(headings, rows)))
        written = xlsx_file(headings, rows)
        for path, is_workbook in ((tmp_path / "own.csv", False), (written, True)):
            lines = read_sheet(path, is_workbook=is_workbook, most_lines=5000)
            preview = preview_sheet(bare, lines, guess_columns(lines[0]))
            assert [line.fate for line in preview.lines] == [Fate.UNCHANGED] * len(plan.sessions)
        written.unlink()


def test_what_is_not_in_the_programme_yet_is_named(forum: Forum) -> None:
    rows = [
        ["Repair clinic", "2013-06-05", "15:00", "45", "Romo 201", "Policy", "Hana Mori; Ana Lima"],
        ["Opening", "2013-06-05", "09:00", "60", "romo 201", "", "Ana Lima (Moderator)"],
        ["Refused", "never", "15:00", "45", "Nowhere", "", ""],
    ]
    found = names_added(forum, lines_of(forum, *rows))
    assert (found.rooms, found.speakers) == (["Romo 201"], ["Ana Lima"])
    assert names_added(forum, lines_of(forum, ["Opening", *[""] * 6])).any is False


def test_page_gives_a_template_and_names_what_is_added(client: FlaskClient, forum: Forum, actor: Account) -> None:
    sign_in(client, actor)
    for name in ("csv", "xlsx"):
        assert f'href="{BASE}/template.{name}"' in client.get(BASE).text
    sent = client.get(f"{BASE}/template.csv")
    assert sent.data.decode("utf-8-sig").splitlines()[0] == ",".join(template_headings())
    assert "Cold chains off the grid" in sent.text
    assert client.get(f"{BASE}/template.xlsx").mimetype.endswith("spreadsheetml.sheet")
    assert client.get(f"{BASE}/template.pdf").status_code == 404
    page = client.get(send(client, "Title,Room\nRepair clinic,Romo 201\n")).text
    assert "They are not in the programme yet" in page
    assert "Romo 201" in page
    plain = client.get(send(client, "Title,Speakers\nRepair clinic,Ana López; Bo Li\n")).text
    joined = client.get(send(client, 'Title,Speakers\nRepair clinic,"Ana López, Bo Li; Cy Wu"\n')).text
    hint = "A semicolon parts speakers; a comma is a part of one name."
    assert ("Ana López; Bo Li<" in plain, hint in plain) == (True, False)
    assert ("Ana López, Bo Li; Cy Wu<" in joined, hint in joined) == (True, True)
    sign_in(client, make_account("nobody@gtn.example"))
    assert client.get(f"{BASE}/template.csv").status_code == 403


def test_level_and_interpretation_come_in_and_go_again(forum: Forum, actor: Account) -> None:
    header = ["Title", "Level", "Interpretation"]
    for level, spoken, kept in (
        ("Advanced", "es; vi es", (SessionLevel.ADVANCED, ["es", "vi"])),
        ("introductory", "zh-Hans", (SessionLevel.INTRODUCTORY, ["zh-Hans"])),
        ("", "", (None, [])),
    ):
        apply_sheet(forum, lines_of(forum, ["Opening", level, spoken], header=header), actor=actor, now=MADE_AT)
        opening = session_named("Opening")
        assert (opening.level, opening.interpretation) == kept
        assert lines_of(forum, ["Opening", level, ", ".join(kept[1])], header=header)[0].errors == {}
