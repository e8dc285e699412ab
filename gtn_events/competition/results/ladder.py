"""Ties broken by a published ladder, each step logged.

A step gives every entry of a tied group a key and splits the group by it; what is still tied goes on to the next
step (it does not begin again). The last step, the lot, always splits, so the result is a total order. Nothing
depends on the order in which entries are passed in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from .ladder_steps import Contender, Rung, Step, best_of_judges, figure_of, shown
from .lot import lot

PUBLISHED = (Step.HEAD_TO_HEAD, Step.CRITERION, Step.FIRST_PLACES, Step.CHAIR)


@dataclass(frozen=True)
class Ladder:
    """The ladder of one round.

    Args:
        seed: what the lot is drawn with; its commitment was published before.
        criteria: keys of the criteria, heaviest first; CRITERION takes one after the other.
        chair: keys of entries in the order of the chair's recorded vote; entries not named come after.
        steps: the steps between the total and the lot, in order.
    """

    seed: str
    criteria: tuple[str, ...] = ()
    chair: tuple[str, ...] = ()
    steps: tuple[Step, ...] = PUBLISHED

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """All steps, criteria unfolded, from the total to the lot."""
        between = [
            Rung(step, criterion)
            for step in self.steps
            for criterion in (self.criteria if step is Step.CRITERION else ("",))
        ]
        return (Rung(Step.TOTAL), *between, Rung(Step.LOT))


@dataclass(frozen=True)
class LadderStep:
    """One step taken on one tied group: each entry's figure, and the groups it left, best first."""

    rung: Rung
    tied: tuple[str, ...]
    figures: Mapping[str, str]
    groups: tuple[tuple[str, ...], ...]

    @property
    def decided(self) -> bool:
        return len(self.groups) > 1


@dataclass(frozen=True)
class Place:
    """The place of one entry; ``decided_by`` is the step that put it below the one above (None for the first)."""

    rank: int
    key: str
    decided_by: Rung | None


@dataclass(frozen=True)
class Order:
    """The total order with everything that was done to get it."""

    places: tuple[Place, ...]
    log: tuple[LadderStep, ...]


@dataclass
class _Climb:
    contenders: Mapping[str, Contender]
    ladder: Ladder
    best: Mapping[str, int]
    log: list[LadderStep] = field(default_factory=list)

    def order(self, tied: Sequence[str], rungs: Sequence[Rung], above: Rung | None) -> list[tuple[str, Rung | None]]:
        if len(tied) == 1:
            return [(tied[0], above)]
        groups = self.split(tied, rungs[0])
        result: list[tuple[str, Rung | None]] = []
        for group in groups:
            result += self.order(group, rungs[1:], rungs[0] if result else above)
        return result

    def split(self, tied: Sequence[str], rung: Rung) -> tuple[tuple[str, ...], ...]:
        """Return the groups that the step leaves, and write it down, unless it is the total of entries not tied."""
        if rung.step is Step.LOT:
            lots = {key: lot(self.ladder.seed, key) for key in tied}
            drawn: tuple[tuple[str, ...], ...] = tuple((key,) for key in sorted(tied, key=lambda key: (lots[key], key)))
            self.log.append(LadderStep(rung, tuple(tied), lots, drawn))
            return drawn
        members = [self.contenders[key] for key in tied]
        figures = figure_of(rung, members, chair=self.ladder.chair, best=self.best)
        ordered = sorted(tied, key=lambda key: (-figures[key], key))
        groups = tuple(tuple(group) for _, group in groupby(ordered, key=figures.__getitem__))
        if rung.step is Step.TOTAL:
            self.log += [_tie(rung, group, self.contenders) for group in groups if len(group) > 1]
        else:
            self.log.append(LadderStep(rung, tuple(tied), {key: shown(figures[key]) for key in tied}, groups))
        return groups


def place_all(contenders: Sequence[Contender], ladder: Ladder) -> Order:
    """Return the total order of the entries, ties broken by the ladder.

    Raises:
        ValueError: two entries have the same key.
    """
    by_key = {contender.key: contender for contender in contenders}
    if len(by_key) != len(contenders):
        raise ValueError("two entries have the same key")
    climb = _Climb(by_key, ladder, best_of_judges(contenders))
    ordered = climb.order(sorted(by_key), ladder.rungs, None) if by_key else []
    places = tuple(Place(rank, key, above) for rank, (key, above) in enumerate(ordered, start=1))
    return Order(places, tuple(climb.log))


def _tie(rung: Rung, group: tuple[str, ...], contenders: Mapping[str, Contender]) -> LadderStep:
    return LadderStep(rung, group, {key: str(contenders[key].total) for key in group}, (group,))
