"""Places that are offered for a session are in conflict with nothing, and none that is free is kept back."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from gtn_events.forum.conflicts import Period, Planned, Surroundings, conflicts_among
from gtn_events.forum.fitting_places import Fit, places_that_fit

DAY = date(2027, 6, 3)
NINE = datetime(2027, 6, 3, 9, tzinfo=UTC)
ROOMS = (1, 2, 3)
OPEN = Surroundings(ZoneInfo("UTC"), DAY, DAY, seats={1: 20, 2: 60, 3: 400}, hours={DAY: (time(9), time(12))})


def at(minute: int) -> datetime:
    return NINE + timedelta(minutes=minute)


def planned(number: int, starts: int, minutes: int, **values: object) -> Planned:
    return Planned(number, at(starts), at(starts + minutes), **values)  # type: ignore[arg-type]  # fields of a session


def fits(session: Planned, others: list[Planned], around: Surroundings = OPEN, *, most: int = 99) -> list[Fit]:
    return places_that_fit(session, others, around, rooms=ROOMS, days=[DAY], most=most)


minutes = st.integers(0, 36).map(lambda number: 5 * number)
others = st.lists(
    st.builds(
        lambda start, length, room, people: (start, length, room, people),
        minutes,
        st.sampled_from([15, 30, 60]),
        st.sampled_from([None, *ROOMS]),
        st.frozensets(st.integers(1, 4), max_size=2),
    ),
    max_size=8,
)
away = st.lists(st.tuples(minutes, st.booleans(), st.integers(1, 4)), max_size=3)


@given(drawn=others, gone=away, length=st.sampled_from([15, 45, 90]), expected=st.sampled_from([None, 10, 60, 500]))
def test_offered_places_are_those_without_a_conflict(
    drawn: list[tuple[int, int, int | None, frozenset[int]]],
    gone: list[tuple[int, bool, int]],
    length: int,
    expected: int | None,
) -> None:
    there = [planned(n, start, long, room_id=room, people=who) for n, (start, long, room, who) in enumerate(drawn, 1)]
    periods = [
        Period(n, at(start), at(start + 30), **{"room_id" if is_room else "speaker_id": subject})
        for n, (start, is_room, subject) in enumerate(gone, 1)
    ]
    around = Surroundings(OPEN.zone, DAY, DAY, seats=OPEN.seats, hours=OPEN.hours, away=periods)
    session = planned(100, 0, length, people=frozenset({1}), expected=expected)
    offered = fits(session, there, around)
    free = {
        Fit(at(start), room)
        for room in ROOMS
        for start in range(0, 3 * 60, 5)
        if not any(
            100 in (each.session_id, each.other_id)
            for each in conflicts_among(
                [*there, planned(100, start, length, room_id=room, people=frozenset({1}), expected=expected)], around
            )
        )
    }
    assert set(offered) <= free
    # One for each gap: whatever is free is later in a gap that is offered.
    assert {room for room in ROOMS if any(each.room_id == room for each in free)} == {each.room_id for each in offered}
    assert all(any(each.room_id == one.room_id and each.starts_at <= one.starts_at for each in offered) for one in free)


def test_nearest_place_and_fitting_room_come_first() -> None:
    session = planned(9, 60, 30, room_id=1, people=frozenset({1}), expected=15)
    taken = planned(1, 60, 30, room_id=1)
    found = fits(session, [taken])
    assert found[0] == Fit(at(90), 1)
    assert [each.room_id for each in found][-1] == 3


def test_place_where_it_is_is_not_offered_and_breaks_stay_free() -> None:
    session = planned(9, 0, 60, room_id=1)
    found = places_that_fit(session, [], OPEN, rooms=[1], days=[DAY], breaks=[(at(60), at(90))], most=9)
    assert found == [Fit(at(90), 1)]


def test_day_without_hours_is_offered_from_nine_to_six() -> None:
    found = places_that_fit(
        planned(9, 0, 9 * 60, room_id=None), [], Surroundings(OPEN.zone, DAY, DAY), rooms=[1], days=[DAY], most=9
    )
    assert found == [Fit(NINE, 1)]
