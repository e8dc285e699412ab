"""Criteria with weights that add up to 100, and groups of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from .notices import Notice, NoticeCode, ResultsRefused

WHOLE = Decimal(100)


@dataclass(frozen=True)
class Criterion:
    """One question with its scale; ``weight`` is its part of the 100 points."""

    key: str
    weight: Decimal
    maximum: Decimal
    minimum: Decimal = Decimal(0)

    @property
    def leaves(self) -> Iterator["Criterion"]:
        """The criterion itself."""
        yield self


@dataclass(frozen=True)
class CriteriaGroup:
    """Sub-criteria under one heading; their weights add up to the group's."""

    key: str
    weight: Decimal
    criteria: tuple[Criterion, ...]

    @property
    def leaves(self) -> Iterator[Criterion]:
        """The sub-criteria, which are what a judge scores."""
        yield from self.criteria


@dataclass(frozen=True)
class Rubric:
    """The criteria of one round, perhaps of one category.

    Raises:
        ResultsRefused: weights do not add up, a weight or scale is not positive, or a key comes twice.
    """

    parts: tuple[Criterion | CriteriaGroup, ...]

    def __post_init__(self) -> None:
        _check_sum("", WHOLE, self.parts)
        for part in self.parts:
            if isinstance(part, CriteriaGroup):
                _check_sum(part.key, part.weight, part.criteria)
        seen: set[str] = set()
        for leaf in self.leaves:
            if leaf.key in seen or leaf.weight <= 0 or leaf.maximum <= max(leaf.minimum, Decimal(0)):
                raise ResultsRefused(Notice(NoticeCode.CRITERION_WRONG, {"criterion": leaf.key}))
            seen.add(leaf.key)

    @property
    def leaves(self) -> tuple[Criterion, ...]:
        """Everything a judge scores, in order."""
        return tuple(leaf for part in self.parts for leaf in part.leaves)

    @property
    def heaviest_first(self) -> tuple[str, ...]:
        """Keys of the criteria and groups by weight, equal weights in the order of the rubric."""
        return tuple(part.key for part in sorted(self.parts, key=lambda part: -part.weight))


def _check_sum(key: str, whole: Decimal, parts: tuple[Criterion | CriteriaGroup, ...]) -> None:
    weights = sum((part.weight for part in parts), Decimal(0))
    if weights != whole:
        figures = {"group": key, "weights": str(weights), "whole": str(whole)}
        raise ResultsRefused(Notice(NoticeCode.WEIGHTS_WRONG, figures))
