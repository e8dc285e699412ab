"""Who goes on to the next round, and why: first n, a threshold, per category or economy, at most k of one, reserves.

A pure function of the ranking, so a rule can be tried on it before it is applied.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple


class Reason(StrEnum):
    """Why an entry is in, in reserve or out."""

    PLACE = "place"
    CATEGORY_PLACE = "category-place"
    ECONOMY_PLACE = "economy-place"
    ABOVE_THRESHOLD = "above-threshold"
    RESERVE = "reserve"
    RESERVE_OF_ECONOMY = "reserve-of-economy"
    BELOW_THRESHOLD = "below-threshold"
    ECONOMY_FULL = "economy-full"
    PLACES_FULL = "places-full"
    CATEGORY_FULL = "category-full"

    @property
    def is_in(self) -> bool:
        return self in _IN

    @property
    def names_economy(self) -> bool:
        """True when the detail of a verdict is an economy."""
        return self in (Reason.ECONOMY_PLACE, Reason.ECONOMY_FULL, Reason.RESERVE_OF_ECONOMY)


_IN = frozenset({Reason.PLACE, Reason.CATEGORY_PLACE, Reason.ECONOMY_PLACE, Reason.ABOVE_THRESHOLD})


@dataclass(frozen=True)
class CutRule:
    """What the published rule of a round says; what is left out does not limit.

    Args:
        places: how many go on in all.
        threshold: the least total.
        category_places: how many go on in each category; then only entries of these categories go on.
        economy_places: how many go on of each economy; reserves are then counted in each economy.
        per_economy: at most so many of one economy.
        economy_limits: other limits for certain economies, by code (the host may have more).
        reserves: how many stand on the reserve list.
    """

    places: int | None = None
    threshold: Decimal | None = None
    category_places: Mapping[str, int] = field(default_factory=dict)
    economy_places: int | None = None
    per_economy: int | None = None
    economy_limits: Mapping[str, int] = field(default_factory=dict)
    reserves: int = 0


class Candidate(NamedTuple):
    """One entry of the ranking; ``categories`` in the order in which it may take a place."""

    key: str
    total: Decimal
    economy: str = ""
    categories: tuple[str, ...] = ()


class Verdict(NamedTuple):
    """What the cut says about one entry.

    ``detail`` is the category whose place it takes or the economy that is full; ``number`` the count of the
    place or reserve, or the limit that was reached.
    """

    key: str
    reason: Reason
    detail: str = ""
    number: int = 0


def rule_from(published: Mapping[str, Any], categories: Sequence[str]) -> CutRule:  # Any: JSON
    """Return the rule that a round publishes.

    Args:
        published: what ``Round.cut`` and the file of results hold.
        categories: the keys of the competition's categories.
    """
    top, threshold = published.get("top"), published.get("threshold")
    in_each = bool(published.get("per_category") or published.get("per_economy"))
    return CutRule(
        places=None if in_each else top,
        threshold=Decimal(str(threshold)) if threshold not in (None, "") else None,
        category_places=dict.fromkeys(categories, top) if top and published.get("per_category") else {},
        economy_places=top if published.get("per_economy") else None,
        per_economy=published.get("at_most_per_economy"),
        reserves=published.get("reserve") or 0,
    )


def cut(ranking: Sequence[Candidate], rule: CutRule) -> tuple[Verdict, ...]:
    """Return a verdict for each entry of a ranking, best first.

    Entries are taken from the top; one that meets a full economy is passed over and the next one is looked at.
    An entry of several categories takes one place, in the first of its categories that has one. Reserves are the
    best that failed for want of a place and whose economy still had room; if somebody withdraws, cut the ranking
    without them again: that also gives their economy its place back.
    """
    return tuple(_verdicts(ranking, rule))


def _verdicts(ranking: Sequence[Candidate], rule: CutRule) -> Iterator[Verdict]:
    taken, economies, categories, reserves = 0, Counter[str](), Counter[str](), Counter[str]()
    for candidate in ranking:
        verdict = _place(candidate, rule, taken, economies, categories)
        if verdict.reason.is_in:
            taken += 1
            economies[candidate.economy] += 1
            categories[verdict.detail] += 1
        elif reserve := _reserve(verdict, rule):
            whose = verdict.detail if reserve is Reason.RESERVE_OF_ECONOMY else ""
            if reserves[whose] < rule.reserves:
                reserves[whose] += 1
                verdict = Verdict(candidate.key, reserve, verdict.detail, reserves[whose])
        yield verdict


def _reserve(verdict: Verdict, rule: CutRule) -> Reason | None:
    """Return which reserve list an entry may stand on that found no place."""
    if verdict.reason in (Reason.PLACES_FULL, Reason.CATEGORY_FULL):
        return Reason.RESERVE
    return Reason.RESERVE_OF_ECONOMY if rule.economy_places and verdict.reason is Reason.ECONOMY_FULL else None


def _place(
    candidate: Candidate, rule: CutRule, taken: int, economies: Mapping[str, int], categories: Mapping[str, int]
) -> Verdict:
    key, economy = candidate.key, candidate.economy
    if rule.threshold is not None and candidate.total < rule.threshold:
        return Verdict(key, Reason.BELOW_THRESHOLD)
    limit = rule.economy_limits.get(economy, rule.per_economy)
    if limit is not None and economy and economies.get(economy, 0) >= limit:
        return Verdict(key, Reason.ECONOMY_FULL, economy, limit)
    if rule.economy_places is not None:
        return _economy_place(candidate, rule.economy_places, economies)
    if rule.places is not None and taken >= rule.places:
        return Verdict(key, Reason.PLACES_FULL, number=rule.places)
    if rule.category_places:
        return _category_place(candidate, rule.category_places, categories)
    return Verdict(key, Reason.ABOVE_THRESHOLD if rule.places is None else Reason.PLACE, number=taken + 1)


def _economy_place(candidate: Candidate, places: int, taken: Mapping[str, int]) -> Verdict:
    economy = candidate.economy
    if taken.get(economy, 0) >= places:
        return Verdict(candidate.key, Reason.ECONOMY_FULL, economy, places)
    return Verdict(candidate.key, Reason.ECONOMY_PLACE, economy, taken.get(economy, 0) + 1)


def _category_place(candidate: Candidate, places: Mapping[str, int], taken: Mapping[str, int]) -> Verdict:
    for category in candidate.categories:
        if taken.get(category, 0) < places.get(category, 0):
            return Verdict(candidate.key, Reason.CATEGORY_PLACE, category, taken.get(category, 0) + 1)
    return Verdict(candidate.key, Reason.CATEGORY_FULL, ", ".join(candidate.categories))
