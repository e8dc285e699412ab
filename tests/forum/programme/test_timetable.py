"""A proposed timetable breaks no hard rule, places as many as can be, and says why others have no place."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gtn_events.forum.conflicts import Period, Planned, Surroundings, conflicts_among
from gtn_events.forum.timetable import Board, Proposal, Rule, Settled, Task, ToPlace
from gtn_events.forum.timetable.places import Place
from gtn_events.forum.timetable.solving import propose

DAY = date(2027, 6, 3)
NINE = datetime(2027, 6, 3, 9, tzinfo=UTC)
HALL, ROOM = 1, 2


def at(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


def task(*sessions: ToPlace, hours: int = 2, rooms: tuple[int, ...] = (HALL, ROOM), **values: object) -> Task:
    """A day from nine for so many hours, in a hall of 100 seats and a room of 20."""
    away = values.pop("away", ())
    side_events = values.pop("side_events", ())
    around = Surroundings(UTC, DAY, DAY, seats={HALL: 100, ROOM: 20}, away=away, side_events=side_events)  # type: ignore[arg-type]  # periods
    settings_of = {"step": 30, "latest": time(9 + hours), **values}
    return Task(sessions=sessions, rooms=rooms, around=around, **settings_of)  # type: ignore[arg-type]  # fields of a task


def settled(number: int, starts: int, minutes: int, *, for_all: bool = False, **values: object) -> Settled:
    track_id = values.pop("track_id", None)
    planned = Planned(number, at(starts), at(starts + minutes), **values)  # type: ignore[arg-type]  # fields of a session
    return Settled(planned, track_id, for_all)  # type: ignore[arg-type]  # a number


def as_planned(asked: Task, proposal: Proposal) -> list[tuple[Planned, ToPlace]]:
    of = {each.id: each for each in asked.sessions}
    found = []
    for each in proposal.placements:
        own = of[each.session_id]
        ends_at = each.starts_at + timedelta(minutes=own.minutes)
        planned = Planned(
            own.id, each.starts_at, ends_at, each.room_id, own.people, own.expected, is_plenary=own.is_plenary
        )
        found.append((planned, own))
    return found


def overlap(one: Planned, other: Planned) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def check_hard_rules(asked: Task, proposal: Proposal) -> None:
    """Hold a proposal against the finder of conflicts, and against the two rules that it does not know."""
    placed = as_planned(asked, proposal)
    own_ids = {planned.id for planned, _ in placed}
    fixed = [each.planned for each in asked.settled]
    found = conflicts_among([*fixed, *(planned for planned, _ in placed)], asked.around)
    assert [each for each in found if {each.session_id, each.other_id} & own_ids] == []
    others = [(each.planned, each.track_id, each.is_for_all) for each in asked.settled]
    for number, (planned, own) in enumerate(placed):
        before = [(each, of.track_id, of.is_plenary) for each, of in placed[:number]]
        for other, track_id, is_for_all in (*others, *before):
            if overlap(planned, other):
                assert not is_for_all
                assert not own.is_plenary
                assert track_id not in asked.apart or track_id != own.track_id
    assert len(own_ids) + len({each.session_id for each in proposal.unplaced}) == len(asked.sessions)


numbers = st.integers(1, 3)
sessions_to_place = st.lists(
    st.tuples(
        st.sampled_from((20, 30, 60)),
        st.frozensets(numbers, max_size=2),
        st.none() | st.sampled_from((10, 50, 500)),
        st.sampled_from((False, False, True)),
        st.none() | numbers,
    ),
    max_size=5,
).map(lambda rows: [ToPlace(number, *row) for number, row in enumerate(rows, 1)])
settled_sessions = st.lists(
    st.builds(
        settled,
        st.integers(100, 10**6),
        st.integers(-30, 130),
        st.integers(5, 60),
        for_all=st.sampled_from((False, False, True)),
        room_id=st.none() | st.sampled_from((HALL, ROOM)),
        people=st.frozensets(numbers, max_size=2),
        track_id=st.none() | numbers,
    ),
    max_size=3,
    unique_by=lambda each: each.planned.id,
)
periods = st.lists(
    st.builds(
        lambda starts, minutes, owner: Period(7, at(starts), at(starts + minutes), *owner),
        st.integers(-30, 130),
        st.integers(5, 60),
        st.sampled_from(((HALL, None), (ROOM, None), (None, 1), (None, 2))),
    ),
    max_size=3,
)


@settings(max_examples=60, deadline=None)
@given(sessions_to_place, settled_sessions, periods, st.frozensets(numbers, max_size=2))
def test_no_hard_rule_is_broken(
    sessions: list[ToPlace], fixed: list[Settled], away: list[Period], apart: frozenset[int]
) -> None:
    asked = task(*sessions, settled=fixed, away=away, apart=apart)
    check_hard_rules(asked, propose(asked))


def ways(asked: Task) -> Iterator[int]:
    """Yield how many sessions each way of placing them places, trying them all."""
    options: list[list[Place | None]] = [[None, *Board(asked).places(each)] for each in asked.sessions]
    for chosen in product(*options):
        board = Board(asked)
        for session, place in zip(asked.sessions, chosen, strict=True):
            if place is not None:
                if board.broken(session, place):
                    break
                board.take(session, place)
        else:
            yield sum(place is not None for place in chosen)


@settings(max_examples=25, deadline=None)
@given(sessions_to_place.map(lambda each: each[:3]), settled_sessions, st.frozensets(numbers, max_size=2))
def test_as_many_are_placed_as_trying_every_way_places(
    sessions: list[ToPlace], fixed: list[Settled], apart: frozenset[int]
) -> None:
    asked = task(*sessions, settled=fixed, apart=apart)
    proposal = propose(asked)
    assert (len(proposal.placements), proposal.is_best) == (max(ways(asked)), True)


def test_same_task_has_the_same_proposal() -> None:
    asked = task(*(ToPlace(number, 30, frozenset({number % 3})) for number in range(9)), hours=4)
    assert propose(asked) == propose(asked)


def test_popular_sessions_come_at_different_times() -> None:
    sessions = [ToPlace(1, 60, expected=18), ToPlace(2, 60, expected=18), ToPlace(3, 60, expected=5)]
    proposal = propose(task(*sessions, ToPlace(4, 60, expected=5)))
    starts = {each.session_id: each.starts_at for each in proposal.placements}
    assert (len(starts), starts[1] == starts[2]) == (4, False)


def test_only_grid_times_within_the_hours_by_the_clock_of_the_venue() -> None:
    zone = ZoneInfo("Asia/Kathmandu")
    around = Surroundings(zone, DAY, DAY, hours={DAY: (time(8, 50), time(10, 10))})
    asked = Task(sessions=[ToPlace(1, 30), ToPlace(2, 30), ToPlace(3, 30)], rooms=[HALL], around=around, step=30)
    starts = [each.starts_at.astimezone(zone).time() for each in propose(asked).placements]
    assert starts == [time(9), time(9, 30)]


LONG_BREAK = (settled(100, 0, 120, for_all=True),)
CASES = {
    "longer than the day": (task(ToPlace(1, 150)), Rule.LENGTH, None),
    "more people than any room seats": (task(ToPlace(1, 30, expected=101)), Rule.SEATS, None),
    "only breaks are left": (task(ToPlace(1, 30), settled=LONG_BREAK), Rule.CLOSED, None),
    "the rooms are closed": (
        task(ToPlace(1, 30), rooms=(HALL,), away=[Period(7, at(0), at(120), room_id=HALL)]),
        Rule.ROOM_AWAY,
        None,
    ),
    "a speaker cannot come": (
        task(ToPlace(1, 30, frozenset({4})), away=[Period(7, at(0), at(120), speaker_id=4)]),
        Rule.SPEAKER_AWAY,
        4,
    ),
    "a side event is during the plenary": (
        task(ToPlace(1, 60, is_plenary=True), side_events=[Period(7, at(20), at(100))]),
        Rule.SIDE_EVENT,
        None,
    ),
    "the rooms are taken": (
        task(ToPlace(1, 60), settled=[settled(100, 0, 120, room_id=HALL), settled(101, 0, 120, room_id=ROOM)]),
        Rule.ROOM,
        None,
    ),
    "the only large room is taken": (
        task(ToPlace(1, 60, expected=50), settled=[settled(100, 0, 120, room_id=HALL)]),
        Rule.SEATS,
        None,
    ),
    "a speaker is in another session": (
        task(ToPlace(1, 60, frozenset({4})), settled=[settled(100, 0, 120, room_id=HALL, people=frozenset({4}))]),
        Rule.SPEAKER,
        4,
    ),
    "the track runs already": (
        task(
            ToPlace(1, 60, track_id=3),
            settled=[settled(100, 0, 120, room_id=HALL, track_id=3)],
            apart=frozenset({3}),
        ),
        Rule.TRACK,
        3,
    ),
}


@pytest.mark.parametrize(("asked", "rule", "subject_id"), CASES.values(), ids=CASES.keys())
def test_reason_names_the_rule_that_binds(asked: Task, rule: Rule, subject_id: int | None) -> None:
    assert [(each.rule, each.subject_id) for each in propose(asked).unplaced] == [(rule, subject_id)]
