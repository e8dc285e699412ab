"""Every conflict is found, once, and nothing else."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from gtn_events.forum.conflicts import Conflict, Period, Planned, Surroundings, conflicts_among
from gtn_events.forum.enums import ConflictKind

DAY = date(2027, 6, 3)
NINE = datetime(2027, 6, 3, 9, tzinfo=UTC)
OPEN = Surroundings(zone=ZoneInfo("UTC"), first_day=DAY, last_day=DAY + timedelta(days=1))


def planned(number: int, starts: int, minutes: int, **values: object) -> Planned:
    """A session that starts so many minutes after nine."""
    begins = NINE + timedelta(minutes=starts)
    return Planned(number, begins, begins + timedelta(minutes=minutes), **values)  # type: ignore[arg-type]  # fields of a session


def found(*sessions: Planned, around: Surroundings = OPEN) -> list[Conflict]:
    return list(conflicts_among(sessions, around))


def test_one_ends_when_the_next_begins_in_one_room_and_with_one_speaker() -> None:
    one, other = (planned(n, 30 * n, 30, room_id=1, people=frozenset({7})) for n in range(2))
    assert found(one, other) == []


def test_room_and_speakers_taken_twice() -> None:
    long = planned(1, 0, 90, room_id=1, people=frozenset({7, 8}))
    short = planned(2, 15, 15, room_id=1, people=frozenset({8, 9}))
    later = planned(3, 60, 60, room_id=1, people=frozenset({7, 9}))
    assert found(later, short, long) == [
        Conflict(ConflictKind.ROOM, 1, 2, 1),
        Conflict(ConflictKind.SPEAKER, 1, 2, 8),
        Conflict(ConflictKind.ROOM, 1, 3, 1),
        Conflict(ConflictKind.SPEAKER, 1, 3, 7),
    ]


def test_room_that_seats_fewer_than_are_expected() -> None:
    around = Surroundings(OPEN.zone, DAY, DAY, seats={1: 60})
    full, over = planned(1, 0, 30, room_id=1, expected=60), planned(2, 30, 30, room_id=1, expected=61)
    assert found(full, over, planned(3, 0, 9, expected=900), around=around) == [
        Conflict(ConflictKind.ROOM_SMALL, 2, subject_id=1)
    ]


def test_times_outside_the_hours_or_the_days_of_the_venue() -> None:
    around = Surroundings(ZoneInfo("Asia/Ho_Chi_Minh"), DAY, DAY, hours={DAY: (time(16), time(18))})
    fits, before, after = planned(1, 0, 120), planned(2, -1, 30), planned(3, 100, 21)
    other_day = planned(4, 16 * 60, 30)
    assert [each.session_id for each in found(fits, before, after, other_day, around=around)] == [2, 3, 4]


def test_day_without_hours_is_open_all_day() -> None:
    assert found(planned(1, -9 * 60, 24 * 60)) == []


def test_session_into_the_next_day_is_outside_hours_that_end_at_night() -> None:
    around = Surroundings(OPEN.zone, DAY, DAY, hours={DAY: (time(8), time(23))})
    assert [each.kind for each in found(planned(1, 13 * 60, 4 * 60), around=around)] == [ConflictKind.OUTSIDE]


def test_side_events_are_in_the_way_of_plenaries_only() -> None:
    around = Surroundings(OPEN.zone, DAY, DAY, side_events=[Period(5, NINE, NINE + timedelta(hours=2))])
    plenary = planned(1, 60, 30, is_plenary=True)
    after = planned(3, 120, 30, is_plenary=True)
    assert found(plenary, planned(2, 60, 30), after, planned(4, 70, 60, is_plenary=True), around=around) == [
        Conflict(ConflictKind.SIDE_EVENT, 1, subject_id=5),
        Conflict(ConflictKind.SIDE_EVENT, 4, subject_id=5),
    ]


def test_closed_rooms_and_speakers_who_cannot_come() -> None:
    ten = NINE + timedelta(hours=1)
    around = Surroundings(
        OPEN.zone, DAY, DAY, away=[Period(5, NINE, ten, room_id=1), Period(6, NINE, ten, speaker_id=7)]
    )
    sessions = (planned(1, 30, 60, room_id=1), planned(2, 0, 5, people=frozenset({7})), planned(3, 60, 5, room_id=1))
    assert sorted((each.kind, each.session_id, each.subject_id) for each in found(*sessions, around=around)) == [
        (ConflictKind.AWAY, 1, 5),
        (ConflictKind.AWAY, 2, 6),
        (ConflictKind.ROOM, 1, 1),
    ]


sessions_of_a_day = st.lists(
    st.builds(
        planned,
        st.integers(1, 10**6),
        st.integers(0, 60),
        st.integers(1, 40),
        room_id=st.none() | st.integers(1, 3),
        people=st.frozensets(st.integers(1, 4), max_size=3),
    ),
    max_size=12,
    unique_by=lambda each: each.id,
)


@given(sessions_of_a_day)
def test_sweep_finds_what_comparing_every_pair_finds(sessions: list[Planned]) -> None:
    expected: Counter[tuple[ConflictKind, frozenset[int], int]] = Counter()
    for one, other in combinations(sessions, 2):
        if one.starts_at < other.ends_at and other.starts_at < one.ends_at:
            pair = frozenset({one.id, other.id})
            if one.room_id is not None and one.room_id == other.room_id:
                expected[ConflictKind.ROOM, pair, one.room_id] += 1
            for person in one.people & other.people:
                expected[ConflictKind.SPEAKER, pair, person] += 1
    assert expected == Counter(
        (each.kind, frozenset({each.session_id, each.other_id or 0}), each.subject_id) for each in found(*sessions)
    )
