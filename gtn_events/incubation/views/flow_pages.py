"""Who goes from which economy to which, as the pages draw it: a ring with chords, a table, a matrix."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..queries.match import Flow, by_economy


@dataclass(frozen=True)
class FlowsShown:
    """Flows with the names of their economies, in protocol order.

    ``ring`` and ``chords`` are what ``core.plots.ring_svg`` takes; ``matrix`` has a row for each economy
    that firms leave, with a number for each of ``hosts``.
    """

    flows: Sequence[Flow]
    names: Mapping[str, str]
    ring: list[tuple[str, str, int]]
    chords: list[tuple[str, str, int]]
    hosts: list[str]
    matrix: list[tuple[str, list[int], int]]

    @property
    def firms(self) -> int:
        """How many are placed."""
        return sum(each.firms for each in self.flows)


def flows_shown(flows: Sequence[Flow], names: Mapping[str, str]) -> FlowsShown:
    """Return what the pages need of the flows; ``names`` are the economies in protocol order."""
    sums = by_economy(flows)
    counts = {(each.home, each.host): each.firms for each in flows}
    homes = [code for code in names if any(each.home == code for each in flows)]
    hosts = [code for code in names if any(each.host == code for each in flows)]
    rows = [(code, [counts.get((code, host), 0) for host in hosts]) for code in homes]
    return FlowsShown(
        flows=flows,
        names=names,
        ring=[(code, name, sums[code]) for code, name in names.items()],
        chords=[(each.home, each.host, each.firms) for each in flows],
        hosts=hosts,
        matrix=[(code, cells, sum(cells)) for code, cells in rows],
    )
