"""Where a session stands in the day grid."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gtn_events.core.templating import PACKAGE
from gtn_events.forum.conference_day import conference_day
from gtn_events.forum.enums import SessionKind
from gtn_events.forum.queries.programme import RoomFacts, SessionFacts, SideEventFacts
from gtn_events.forum.slot_classes import end_class, slot_stylesheet, start_class
from gtn_events.forum.views.programme.grid import DayGrid, lay_out_day

JAKARTA = ZoneInfo("Asia/Jakarta")
LIMA = ZoneInfo("America/Lima")
DAY = date(2013, 6, 5)
ROOMS = (RoomFacts(1, "Hall A", 420, ""), RoomFacts(2, "Room 201", 60, ""), RoomFacts(3, "Garden", None, ""))
CSS = PACKAGE / "static" / "css" / "pages"


def session(start: str, minutes: int, *, room: int | None = 0, kind: SessionKind = SessionKind.SESSION) -> SessionFacts:
    hour, minute = map(int, start.split(":"))
    local = datetime(2013, 6, 5, tzinfo=JAKARTA) + timedelta(hours=hour, minutes=minute)
    return SessionFacts(
        id=1,
        code="ABC",
        title=f"At {start}",
        subtitle="",
        kind=kind,
        language="",
        track=None,
        room=None if room is None else ROOMS[room],
        slot_guid="g",
        starts_at=local.astimezone(UTC),
        minutes=minutes,
        day=DAY,
        local=local,
        local_end=local + timedelta(minutes=minutes),
        parts=(),
    )


def lay_out(*sessions: SessionFacts, side_events: tuple[SideEventFacts, ...] = ()) -> DayGrid:
    return lay_out_day(DAY, sessions, side_events, rooms=ROOMS, zone=JAKARTA, reader=LIMA)


def test_start_and_end_are_classes_of_five_minutes() -> None:
    (entry,) = lay_out(session("09:02", 71)).entries

    assert entry.classes.split()[:2] == ["a-0900", "z-1015"]


def test_rooms_without_sessions_are_left_out() -> None:
    grid = lay_out(session("09:00", 60), session("09:00", 60, room=2))

    assert [(column.name, column.classes) for column in grid.columns] == [("Hall A", "c-1 s-1"), ("Garden", "c-2 s-1")]
    assert grid.classes == "cols-2 from-0900 rows-usual has-reader"


def test_sessions_at_the_same_time_in_one_room_stand_side_by_side() -> None:
    grid = lay_out(session("09:00", 60), session("09:30", 60), session("10:00", 30))

    assert [column.classes for column in grid.columns] == ["c-1 s-2"]
    assert [entry.classes.split()[3] for entry in grid.entries] == ["c-1", "c-2", "c-1"]


def test_plenary_spans_the_grid_only_when_nothing_else_is_on() -> None:
    plenary = session("09:00", 60, kind=SessionKind.PLENARY)

    assert lay_out(plenary).entries[0].classes.split()[3] == "wide"
    assert lay_out(plenary, session("09:30", 60, room=1)).entries[0].classes.split()[3] == "c-1"


def test_hour_lines_show_both_times() -> None:
    hours = lay_out(session("08:30", 60)).hours

    assert [(hour.row_class, hour.venue, hour.reader) for hour in hours] == [("a-0900", "09:00", "21:00")]


def test_first_session_of_each_start_time_carries_the_times_of_the_list() -> None:
    entries = lay_out(session("09:00", 60), session("09:00", 60, room=1), session("10:00", 60)).entries

    assert [(entry.head_venue, entry.head_reader) for entry in entries] == [
        ("09:00", "21:00"),
        ("", ""),
        ("10:00", "22:00"),
    ]


def test_session_past_midnight_stands_below_the_evening() -> None:
    (entry,) = lay_out(session("25:30", 45)).entries

    assert entry.classes.split()[:2] == ["a-2530", "z-2615"]
    assert (entry.begins, entry.ends) == ("01:30", "02:15")


def test_small_hours_belong_to_the_day_before() -> None:
    assert conference_day(datetime(2013, 6, 5, 20, 59, tzinfo=UTC), JAKARTA) == date(2013, 6, 5)
    assert conference_day(datetime(2013, 6, 5, 21, 0, tzinfo=UTC), JAKARTA) == date(2013, 6, 6)


def test_day_with_a_clock_change_keeps_wall_clock_starts() -> None:
    zone = ZoneInfo("Europe/Brussels")
    day = date(2026, 10, 24)
    start = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 02:30, before the clocks go back
    facts = session("09:00", 90)
    late = SessionFacts(
        **{name: getattr(facts, name) for name in facts.__slots__}
        | {"starts_at": start, "local": start.astimezone(zone), "day": day}
    )

    (entry,) = lay_out_day(day, [late], [], rooms=ROOMS, zone=zone, reader=None).entries

    assert (entry.classes.split()[0], entry.begins, entry.ends) == ("a-2630", "02:30", "03:00")


def test_side_event_stands_in_the_room_of_its_name() -> None:
    event = SideEventFacts(
        id=1,
        slug="clinic",
        title="Clinic",
        room_name="room 201",
        starts_at=datetime(2013, 6, 5, 7, 0, tzinfo=UTC),
        ends_at=datetime(2013, 6, 5, 8, 30, tzinfo=UTC),
        free=3,
        host="Indonesia",
    )
    grid = lay_out(session("14:00", 60), side_events=(event,))

    assert [column.name for column in grid.columns] == ["Hall A", "Room 201"]
    assert grid.entries[1].classes == "a-1400 z-1530 track-0 c-2 is-side-event"


def test_times_beyond_the_day_stay_within_the_grid() -> None:
    assert (start_class(0), end_class(3000)) == ("a-0400", "z-2800")


def test_stylesheet_is_the_generated_one() -> None:
    assert (CSS / "programme-slots.css").read_text("utf-8") == slot_stylesheet()


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _colours(*files: Path) -> list[dict[str, str]]:
    """Return the custom properties of the light theme, then of the dark one."""
    themes: list[dict[str, str]] = [{}, {}]
    for file in files:
        theme = 0
        for line in file.read_text("utf-8").splitlines():
            if "data-bs-theme" in line or "prefers-color-scheme" in line:
                theme = 0 if '="light"]' in line and ":not" not in line else 1
            name, found, value = line.strip().partition(": #")
            if found and name.startswith("--"):
                themes[theme][name] = f"#{value.rstrip(';')}"
    return themes


@pytest.mark.parametrize("theme", [0, 1])
def test_track_colours_pass_contrast_on_their_ground(theme: int) -> None:
    colours = _colours(CSS.parent / "tokens.css", CSS / "programme.css")[theme]
    names = ["policy", "finance", "energy", "incubation", "everyone", "5", "6", "7", "8"]

    ratios = {name: _contrast(colours[f"--track-{name}"], colours[f"--track-{name}-tint"]) for name in names}
    inks = {name: _contrast(colours["--ink"], colours[f"--track-{name}-tint"]) for name in names}

    assert {name: ratio for name, ratio in (ratios | inks).items() if ratio < 4.5} == {}
