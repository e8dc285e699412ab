"""CPU of a proposal of a timetable: 120 sessions, 6 rooms, 2 days; no server, no database.

``python bench/timetable.py [--sessions 120]``.
"""

import argparse
import random
import resource
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time

import instance as _instance  # noqa: F401  # finds the package from the bench's folder
from gtn_events.forum.conflicts import Period, Planned, Surroundings, conflicts_among
from gtn_events.forum.timetable import Proposal, Settled, Task, ToPlace
from gtn_events.forum.timetable.solving import propose

FIRST, SECOND = date(2027, 6, 3), date(2027, 6, 4)
SEATS = {1: 420, 2: 200, 3: 120, 4: 80, 5: 60, 6: 60}
TARGET = 30


def main() -> None:
    parser = argparse.ArgumentParser(description="CPU of a proposal of a timetable.")
    parser.add_argument("--sessions", type=int, default=120)
    task = task_of(parser.parse_args().sessions)
    begun, began = _cpu(), time.monotonic()
    proposal = propose(task)
    cpu, wall = _cpu() - begun, time.monotonic() - began
    print(f"{len(task.sessions)} sessions, {len(task.rooms)} rooms, 2 days: {cpu:.1f} s CPU, {wall:.1f} s")
    print(f"  target {TARGET} s CPU: {'met' if cpu <= TARGET else 'MISSED'}")
    best = "as good as can be" if proposal.is_best else "not proved to be the best"
    print(f"  {len(proposal.placements)} placed, {len(proposal.unplaced)} not, {best}")
    print(f"  {broken(task, proposal)} hard rules broken")


def task_of(count: int) -> Task:
    """Return sessions of 30 to 60 minutes with one or two speakers, lunches, two plenaries and times away."""
    chance = random.Random(1)
    sessions = [
        ToPlace(
            number,
            chance.choice((30, 30, 45, 60)),
            frozenset(chance.sample(range(150), chance.choice((1, 1, 2)))),
            chance.choice((20, 40, 55, 75, 110, 180)),
            track_id=number % 8,
        )
        for number in range(count)
    ]
    settled = [_for_all(1000, FIRST, 9, 60), _for_all(1001, SECOND, 16, 60)]
    settled += [_for_all(1010 + number, day, 12, 60) for number, day in enumerate((FIRST, SECOND))]
    away = [Period(1, _at(FIRST, 9), _at(FIRST, 13), room_id=5), Period(2, _at(SECOND, 14), _at(SECOND, 18), room_id=4)]
    away += [Period(10 + each, _at(FIRST, 8), _at(FIRST, 20), speaker_id=each) for each in range(0, 150, 10)]
    hours = {day: (clock_time(9), clock_time(18)) for day in (FIRST, SECOND)}
    around = Surroundings(UTC, FIRST, SECOND, SEATS, hours, away=away)
    return Task(sessions=sessions, settled=settled, rooms=list(SEATS), around=around, apart=frozenset({1, 2}))


def broken(task: Task, proposal: Proposal) -> int:
    """Return how many conflicts the finder of the programme sees."""
    of = {each.id: each for each in task.sessions}
    placed = [
        Planned(
            each.session_id,
            each.starts_at,
            each.starts_at + timedelta(minutes=each.minutes),
            each.room_id,
            of[each.session_id].people,
            of[each.session_id].expected,
        )
        for each in proposal.placements
    ]
    return sum(1 for _ in conflicts_among([*placed, *(each.planned for each in task.settled)], task.around))


def _for_all(number: int, day: date, hour: int, minutes: int) -> Settled:
    starts_at = _at(day, hour)
    return Settled(Planned(number, starts_at, starts_at + timedelta(minutes=minutes)), is_for_all=True)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, clock_time(hour), UTC)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
