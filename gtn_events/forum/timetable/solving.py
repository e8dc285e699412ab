"""Proposes a timetable with OR-Tools CP-SAT: as many sessions as can be placed, then the best places for them.

One literal says that a session is in a room at a time; every hard rule is "at most one of these".
A greedy timetable is the first solution, so that there is always one. Only workers and commands
load this module.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence

from ortools.sat.python import cp_model

from .costs import PLACED, POPULAR_TOGETHER, cost_of, popular_from
from .places import Board, Place, placement
from .problem import Proposal, Task, ToPlace, Unplaced
from .reasons import why_not

# Work, not seconds: the same task gives the same proposal on a busy machine.
MOST_WORK = 3.0
MOST_LITERALS = 100_000
WORKERS = 8

Chosen = dict[int, Place]
Places = list[list[Place]]
Literals = list[list[cp_model.IntVar]]
Pair = tuple[int, Place, cp_model.IntVar]


def propose(task: Task, *, most_work: float = MOST_WORK, check: Callable[[], None] = lambda: None) -> Proposal:
    """Return a timetable that breaks no hard rule, with the reason for each session that is left out.

    Args:
        most_work: how long the solver goes on, in its deterministic seconds.
        check: is called between the steps; what it raises ends the work.
    """
    places = [Board(task).places(session) for session in task.sessions]
    first = _greedy(task, places, {})
    check()
    tried = _thinned(places)
    chosen, is_best = _solved(task, tried, first, most_work)
    check()
    chosen = _greedy(task, places, chosen)
    board = _board_with(task, chosen)
    found = (why_not(board, each) for number, each in enumerate(task.sessions) if number not in chosen)
    unplaced: list[Unplaced] = [each for each in found if each is not None]
    placed = [placement(task.sessions[number], place) for number, place in chosen.items()]
    placed.sort(key=lambda each: (each.starts_at, task.rooms.index(each.room_id), each.session_id))
    return Proposal(placed, unplaced, is_best and tried == places)


def _greedy(task: Task, places: Places, chosen: Chosen) -> Chosen:
    """Return what is chosen with the others in the first of their places that are free, the hard ones first."""
    board, filled = _board_with(task, chosen), dict(chosen)
    left = [number for number in range(len(places)) if number not in chosen]
    for number in sorted(left, key=lambda each: (not task.sessions[each].is_plenary, len(places[each]))):
        session = task.sessions[number]
        free = (place for place in places[number] if not board.broken(session, place))
        best = min(free, key=lambda place: (cost_of(task, session, place), place.starts_at), default=None)
        if best is not None:
            board.take(session, best)
            filled[number] = best
    return filled


def _board_with(task: Task, chosen: Chosen) -> Board:
    board = Board(task)
    for number, place in chosen.items():
        board.take(task.sessions[number], place)
    return board


def _thinned(places: Places) -> Places:
    """Return the places, evenly fewer of each session where all together are more than the solver can bear."""
    total = sum(map(len, places))
    every = -(-total // MOST_LITERALS) or 1
    return [each[number % every :: every] for number, each in enumerate(places)]


def _solved(task: Task, places: Places, first: Chosen, most_work: float) -> tuple[Chosen, bool]:
    model = cp_model.CpModel()
    literals = [[model.new_bool_var("") for _ in each] for each in places]
    pairs = [
        (number, place, literal)
        for number, (options, own) in enumerate(zip(places, literals, strict=True))
        for place, literal in zip(options, own, strict=True)
    ]
    for each in literals:
        model.add_at_most_one(each)
    for number, place, literal in pairs:
        model.add_hint(literal, first.get(number) == place)
    _keep_rules(model, task, places, literals)
    gains = [(literal, PLACED - cost_of(task, task.sessions[number], place)) for number, place, literal in pairs]
    gains += [(beside, -POPULAR_TOGETHER) for beside in _popular_together(model, task, pairs, first)]
    model.maximize(cp_model.LinearExpr.weighted_sum([each for each, _ in gains], [gain for _, gain in gains]))
    solver = _solver(most_work)
    state = solver.solve(model)
    if state not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return first, False
    return {
        number: place for number, place, literal in pairs if solver.boolean_value(literal)
    }, state == cp_model.OPTIMAL


def _solver(most_work: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.num_workers = WORKERS
    parameters.interleave_search = True
    parameters.max_deterministic_time = most_work
    parameters.random_seed = 1
    # Looking for hidden structure would take most of the work, and finds what the model says already.
    parameters.cp_model_probing_level = 0
    parameters.symmetry_level = 0
    parameters.merge_at_most_one_work_limit = 0
    return solver


def _keep_rules(model: cp_model.CpModel, task: Task, places: Places, literals: Literals) -> None:
    """Let a room, a speaker and a track that is kept apart have one session in each cell; a plenary has them all."""
    rooms: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
    others: dict[tuple[str, int, int], list[cp_model.IntVar]] = defaultdict(list)
    for session, options, own in zip(task.sessions, places, literals, strict=True):
        for place, literal in zip(options, own, strict=True):
            for cell in place.cells:
                for room_id in task.rooms if session.is_plenary else (place.room_id,):
                    rooms[room_id, cell].append(literal)
                for key in _shared(task, session):
                    others[*key, cell].append(literal)
    for together in (*rooms.values(), *others.values()):
        if len(together) > 1:
            model.add_at_most_one(together)


def _shared(task: Task, session: ToPlace) -> Sequence[tuple[str, int]]:
    people = [("speaker", person) for person in sorted(session.people)]
    return [*people, ("track", session.track_id)] if session.track_id in task.apart else people


def _popular_together(
    model: cp_model.CpModel, task: Task, pairs: Sequence[Pair], first: Chosen
) -> list[cp_model.IntVar]:
    """Return for each cell how many popular sessions run beside a first one."""
    least = popular_from(task)
    popular = {
        number for number, each in enumerate(task.sessions) if least is not None and (each.expected or 0) >= least
    }
    running: dict[int, list[Pair]] = defaultdict(list)
    for number, place, literal in pairs:
        if number in popular:
            for cell in place.cells:
                running[cell].append((number, place, literal))
    settled = _popular_settled(task, least)
    beside = []
    for cell, own in running.items():
        there = sum(cell in cells for cells in settled)
        over = model.new_int_var(0, len(own) + there, "")
        model.add(over >= sum(literal for _, _, literal in own) + there - 1)
        model.add_hint(over, max(sum(first.get(number) == place for number, place, _ in own) + there - 1, 0))
        beside.append(over)
    return beside


def _popular_settled(task: Task, least: int | None) -> list[range]:
    grid = Board(task).grid
    planned = (each.planned for each in task.settled)
    return [
        grid.cells(each.starts_at, each.ends_at)
        for each in planned
        if least is not None and (each.expected or 0) >= least
    ]
