"""The whole way from scorecards to a ranking with its uncertainty, the same for the job and for a verifier."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from typing import Any

import numpy as np

from .audience import Audience, Combined, combine
from .calibration import Calibration
from .ladder import Ladder, Order, place_all
from .ladder_steps import Contender, Rung, Step
from .methods import outcome
from .more_scorecards import further_scorecards
from .notices import Notice, NoticeCode, ResultsRefused
from .outcome import Outcome
from .ranking_records import Card, Ranked, RankingTask, digest_of
from .rounding import published
from .scores import IntArray, Scores
from .uncertainty import RankUncertainty, rank_uncertainty, tie_groups

MOST_LOGGED_STEPS = 500
MOST_FURTHER = 30


@dataclass(frozen=True)
class ComputedRanking:
    """The rows, best first, and what was found out about the whole (JSON-ready)."""

    rows: tuple[Ranked, ...]
    facts: Mapping[str, Any]


def compute_ranking(task: RankingTask) -> ComputedRanking:
    """Return the ranking that a round's frozen method makes of its scorecards.

    Calibration corrects for who judged only when the F-test says that judges differ. Where an audience's votes
    count, the total is what jury and audience give together. Nothing depends on the order of the scorecards.

    Raises:
        ResultsRefused: there is no scorecard, or the method needs a complete jury and the jury is not.
    """
    return _Computation(task).ranking


@dataclass(frozen=True)
class _Computation:
    task: RankingTask

    @property
    def ranking(self) -> ComputedRanking:
        rows = tuple(self._row(index, place) for place, index in enumerate(self.order_of_indexes))
        return ComputedRanking(rows, self._facts())

    @cached_property
    def cards(self) -> list[Card]:
        if not self.task.cards:
            raise ResultsRefused(Notice(NoticeCode.NOTHING_SCORED))
        return sorted(self.task.cards, key=lambda card: (card.entry, card.judge))

    @cached_property
    def judges(self) -> list[int]:
        return sorted({card.judge for card in self.cards})

    @cached_property
    def scores(self) -> Scores:
        entries = {key: index for index, key in enumerate(self.task.entries)}
        judges = {number: index for index, number in enumerate(self.judges)}
        return Scores(
            np.array([entries[card.entry] for card in self.cards], dtype=np.int64),
            np.array([judges[card.judge] for card in self.cards], dtype=np.int64),
            np.array([float(self.task.added.total(card.entry, card.total)) for card in self.cards], dtype=np.float64),
            len(entries),
            len(judges),
        )

    @cached_property
    def outcome(self) -> Outcome:
        return outcome(self.task.method, self.scores)

    @cached_property
    def combined(self) -> Mapping[str, Combined]:
        """The parts of jury and audience; empty where the jury alone decides."""
        if self.task.audience is None:
            return {}
        scored = {card.entry for card in self.cards}
        values = zip(self.task.entries, self.outcome.values, strict=True)
        totals = {key: published(value) for key, value in values if key in scored}
        return combine(totals, self.task.method, self.task.audience)

    def total(self, index: int) -> Decimal:
        """Return the total that ranks an entry."""
        parts = self.combined.get(self.task.entries[index])
        return parts.total if parts else published(self.outcome.values[index])

    @cached_property
    def order(self) -> Order:
        cards: dict[str, dict[str, Decimal]] = {}
        points: dict[str, dict[str, list[Decimal]]] = {}
        for card in self.cards:
            cards.setdefault(card.entry, {})[str(card.judge)] = card.total
            for key, point in card.points.items():
                points.setdefault(card.entry, {}).setdefault(key, []).append(Decimal(point))
        contenders = [
            Contender(key, self.total(index), cards[key], points[key])
            for index, key in enumerate(self.task.entries)
            if key in cards
        ]
        ladder = Ladder(self.task.seed, self.task.criteria, self.task.chair, self.task.steps)
        return place_all(contenders, ladder)

    @cached_property
    def order_of_indexes(self) -> IntArray:
        index = {key: number for number, key in enumerate(self.task.entries)}
        return np.array([index[place.key] for place in self.order.places], dtype=np.int64)

    @cached_property
    def uncertainty(self) -> RankUncertainty | None:
        fitted = self.outcome
        # What is known of the spread of judges says nothing about a total in which the audience's votes count, too.
        if self.combined or not isinstance(fitted, Calibration) or not np.isfinite(fitted.standard_errors).any():
            return None
        # The same seed gives the same draws, so that everybody can repeat the intervals.
        start = int.from_bytes(sha256(f"{self.task.seed}\ndraws".encode()).digest()[:8], "big")
        rng = np.random.default_rng(start)
        return rank_uncertainty(fitted.fit, self.order_of_indexes, rng, first=self.task.places or 1)

    @cached_property
    def groups(self) -> IntArray:
        fitted = self.outcome
        if self.uncertainty is not None and isinstance(fitted, Calibration):
            return tie_groups(fitted.fit, self.order_of_indexes)
        totals = [self.total(index) for index in self.order_of_indexes]
        starts = [place > 0 and total != totals[place - 1] for place, total in enumerate(totals)]
        return np.cumsum(np.array(starts, dtype=np.int64))

    @cached_property
    def raw_ranks(self) -> IntArray:
        means = np.array([published(mean) if cards else Decimal(-1) for mean, cards in self._raw()], dtype=object)
        ordered = sorted(means, reverse=True)
        first: dict[Decimal, int] = {}
        for rank, mean in enumerate(ordered, start=1):
            first.setdefault(mean, rank)
        return np.array([first[mean] for mean in means], dtype=np.int64)

    def _raw(self) -> list[tuple[float, int]]:
        fitted = self.outcome
        return [(float(m), int(c)) for m, c in zip(fitted.raw_means, fitted.scorecards, strict=True)]

    def _row(self, index: int, place: int) -> Ranked:
        fitted, spread = self.outcome, self.uncertainty
        error, decided = fitted.standard_errors[index], self.order.places[place].decided_by
        return Ranked(
            key=self.task.entries[index],
            rank=place + 1,
            raw_rank=int(self.raw_ranks[index]),
            raw_mean=published(fitted.raw_means[index]),
            total=self.total(index),
            standard_error=published(error) if np.isfinite(error) and not self.combined else None,
            scorecards=int(fitted.scorecards[index]),
            interval_low=int(spread.lowest[place]) if spread else None,
            interval_high=int(spread.highest[place]) if spread else None,
            chance=round(float(spread.chance[place]), 4) if spread and self.task.places else None,
            tie_group=int(self.groups[place]),
            decided_by=words_of_rung(decided),
        )

    def _facts(self) -> dict[str, Any]:
        fitted = self.outcome
        notices = (*fitted.notices, *self.task.added.notices)
        facts: dict[str, Any] = {
            "notices": [{"code": each.code.value, "figures": _rounded(each.figures)} for each in notices],
            "scorecards": len(self.cards),
            "cards_sha256": digest_of(self.cards, self.task.added),
            "judges": len(self.judges),
            "places": self.task.places,
            "chair": list(self.task.chair),
            "steps": [step.value for step in self.task.steps],
            "ties": self._ties(),
            "corrected": isinstance(fitted, Calibration) and fitted.judges_corrected,
        }
        if isinstance(fitted, Calibration):
            facts["severity"] = self._severity(fitted)
            facts["spread"] = _spread(fitted)
            facts["further"] = self._further(fitted)
        if self.task.audience is not None:
            facts["audience"] = self._audience(self.task.audience)
        return facts

    def _audience(self, audience: Audience) -> dict[str, Any]:
        parts = self.combined.items()
        return {
            "weight": audience.weight,
            "points": audience.points.value,
            "votes": {key: audience.votes.get(key, 0) for key in self.task.entries},
            "parts": {key: {"jury": str(each.jury), "audience": str(each.audience)} for key, each in parts},
        }

    def _further(self, fitted: Calibration) -> dict[str, Any]:
        places = self.task.places or 0
        further = further_scorecards(fitted, places=places, scorecards=MOST_FURTHER)
        if further is None:
            return {}
        steps = [{"entry": self.task.entries[entry], "gain": f"{gain:.6f}"} for entry, gain in further.steps]
        return {"doubt": f"{further.doubt:.6f}", "steps": steps}

    def _severity(self, fitted: Calibration) -> list[dict[str, Any]]:
        if not fitted.judges_corrected:
            return []
        cards = self.scores.cards_of_judges
        figures = zip(self.judges, fitted.fit.judge_effects, fitted.fit.judge_errors, cards, strict=True)
        return [
            {"judge": number, "points": _text(effect), "error": _text(error), "scorecards": int(count)}
            for number, effect, error, count in figures
        ]

    def _ties(self) -> list[dict[str, Any]]:
        return [
            {
                "step": words_of_rung(step.rung),
                "tied": list(step.tied),
                "figures": dict(step.figures),
                "groups": [list(group) for group in step.groups],
            }
            for step in self.order.log[:MOST_LOGGED_STEPS]
        ]


def words_of_rung(rung: Rung | None) -> str:
    """Return ``head-to-head`` or ``criterion:impact``; empty for the total, which needs no ladder."""
    if rung is None or rung.step is Step.TOTAL:
        return ""
    return f"{rung.step.value}:{rung.criterion}" if rung.criterion else rung.step.value


def _spread(fitted: Calibration) -> dict[str, str]:
    """Return by how many points entries, scorecards of one entry and judges differ (standard deviations)."""
    variances, errors = fitted.variances, fitted.standard_errors
    values = fitted.values[np.isfinite(fitted.values)]
    if values.size < 2 or not np.isfinite([variances.noise, variances.judges]).all():
        return {}
    quality = float(values.var(ddof=1)) - float(np.nanmean(np.square(errors)))
    found = {"quality": quality, "noise": variances.noise, "severity": variances.judges}
    return {name: _text(max(variance, 0.0) ** 0.5) for name, variance in found.items()}


def _text(value: float) -> str:
    return str(published(value))


def _rounded(figures: Mapping[str, int | float | str]) -> dict[str, int | str]:
    """Return figures without floats, whose digits would depend on who writes them."""
    return {key: _text(value) if isinstance(value, float) else value for key, value in figures.items()}
