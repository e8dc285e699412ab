"""Where seats run out: the short side of a smallest cut, in the pieces that hang together.

By the theorem of Ford and Fulkerson the most seats that can be given equal the smallest cut of
the network. Its short side holds exactly those who cannot all be served, and the arcs that it
cuts add up to the most they can get, even if nobody else got any.
"""

from dataclasses import dataclass, replace

import numpy as np
from ortools.graph.python.max_flow import SimpleMaxFlow
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from .arrays import BoolArray, IntArray, pairs_in
from .network import Arcs, join, pair_arcs, sink_of
from .problem import Problem
from .remaining import Remaining


@dataclass(frozen=True, eq=False)
class Piece:
    """Entries (or judges) that are short together, and the most seats they can get."""

    members: IntArray
    available: int


@dataclass(frozen=True, eq=False)
class _MostSeats:
    """The network of all open pairs between a source and the sink, with a largest flow through it."""

    arcs: Arcs
    source: int
    sink: int
    flow: SimpleMaxFlow


def short_entries(problem: Problem, left: Remaining) -> list[Piece]:
    """Return the entries that judges run out for when each judge gives up to the maximum."""
    most = _most_seats(problem, left, left.demand, left.maximum)
    inside = _inside(most, most.flow.get_source_side_min_cut())
    return _pieces(inside, most.arcs.tail, most.arcs.head, most.arcs.capacity, range(len(left.demand)))


def short_judges(problem: Problem, left: Remaining) -> list[Piece]:
    """Return the judges that entries run out for when each judge is to get the least load."""
    most = _most_seats(problem, left, left.demand, left.minimum)
    inside = _inside(most, most.flow.get_sink_side_min_cut())
    judges = range(len(left.demand), most.sink)
    return _pieces(inside, most.arcs.head, most.arcs.tail, most.arcs.capacity, judges)


def entries_are_capped(problem: Problem, left: Remaining, piece: Piece) -> bool:
    """Say whether these entries could get more seats without the cap on judges of one economy."""
    return _without_cap(problem, left, _only(left.demand, piece.members), left.maximum) > piece.available


def judges_are_capped(problem: Problem, left: Remaining, piece: Piece) -> bool:
    """Say whether these judges could get more seats without the cap on judges of one economy."""
    return _without_cap(problem, left, left.demand, _only(left.minimum, piece.members)) > piece.available


def _most_seats(problem: Problem, left: Remaining, demand: IntArray, load: IntArray) -> _MostSeats:
    opened = left.open & (demand > 0)[:, None] & (load > 0)
    between = pair_arcs(problem, left, pairs_in(opened), np.zeros(problem.shape, dtype=np.int64))
    sink = sink_of(problem)
    source = 1 + max(sink, int(between.head.max(initial=0)))
    entries, judges = np.arange(len(demand)), len(demand) + np.arange(len(load))
    arcs = join(
        between,
        Arcs(np.full_like(entries, source), entries, demand, np.zeros_like(entries)),
        Arcs(judges, np.full_like(judges, sink), load, np.zeros_like(judges)),
    )
    flow = SimpleMaxFlow()
    flow.add_arcs_with_capacity(arcs.tail.astype(np.int32), arcs.head.astype(np.int32), arcs.capacity)
    status = flow.solve(source, sink)
    if status != flow.OPTIMAL:
        raise RuntimeError(f"the cut of an assignment ended as {status}")
    return _MostSeats(arcs, source, sink, flow)


def _inside(most: _MostSeats, nodes: IntArray) -> BoolArray:
    """Return which nodes are on the short side; source and sink apart, which would hold all pieces together."""
    inside = np.zeros(most.source + 1, dtype=np.bool_)
    inside[nodes] = True
    inside[[most.source, most.sink]] = False
    return inside


def _pieces(inside: BoolArray, near: IntArray, far: IntArray, capacity: IntArray, nodes: range) -> list[Piece]:
    """Return the pieces of the short side: members numbered from 0, and the capacity that leaves each.

    Args:
        near: the end of each arc on the short side's hand, and ``far`` the other.
        nodes: the entries, or the judges.
    """
    within, cut = inside[near] & inside[far], inside[near] & ~inside[far]
    size = len(inside)
    links = coo_array((np.ones(within.sum()), (near[within], far[within])), shape=(size, size))
    _, piece_of = connected_components(links, directed=False)
    leaving = np.bincount(piece_of[near[cut]], weights=capacity[cut], minlength=size)
    members = np.flatnonzero(inside[nodes.start : nodes.stop])
    piece = piece_of[nodes.start + members]
    return [Piece(members[piece == number], int(leaving[number])) for number in np.unique(piece)]


def _only(needs: IntArray, members: IntArray) -> IntArray:
    only = np.zeros_like(needs)
    only[members] = needs[members]
    return only


def _without_cap(problem: Problem, left: Remaining, demand: IntArray, load: IntArray) -> int:
    free = replace(left, room=np.full_like(left.room, len(problem.judges)))
    return int(_most_seats(problem, free, demand, load).flow.optimal_flow())
