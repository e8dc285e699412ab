"""All patterns of one round at once, as plain values for the integrity officer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Any

import numpy as np

from ..calibration import calibrate
from ..ranking_records import ReviewCard
from ..scores import FloatArray, Scores
from .criteria import halo, straight_lining
from .economies import economy_matrix
from .findings import Finding
from .home import home_economy, home_effect
from .levels import agreement, drift, severity


@dataclass(frozen=True)
class Reviewed:
    """What should be looked at, JSON-ready without floats; ``home`` and ``economies`` are of all judges together."""

    findings: list[dict[str, Any]]
    home: dict[str, Any]
    economies: list[dict[str, Any]]


def review(cards: Sequence[ReviewCard], scales: Mapping[str, tuple[int, int]]) -> Reviewed:
    """Return the patterns that stand out among the judges of one round.

    Args:
        cards: the scorecards that count; the order does not matter.
        scales: lowest and highest point of each criterion, by its key.
    """
    ordered = sorted(cards, key=lambda card: (card.entry, card.judge))
    scores, judges = _scores(ordered)
    fit = calibrate(scores).fit
    levels, moments = _levels(ordered, scales), np.array([card.moment for card in ordered])
    at_home = np.array([_at_home(card) for card in ordered])
    screenings = [severity(fit), agreement(fit), drift(fit, moments), home_economy(scores, at_home)]
    whole = ~np.isnan(levels).any(axis=1)
    screenings.append(straight_lining(levels, scores.judges, scores.judge_count))
    screenings.append(halo(levels[whole], scores.judges[whole], scores.judge_count))
    found = [finding for screening in screenings for finding in screening.findings()]
    effect = home_effect(scores, at_home)
    home = {"cards": effect.home_cards, "effect": _text(effect.effect), "error": _text(effect.standard_error)}
    matrix = economy_matrix(scores, [card.judge_economy for card in ordered], [card.entry_economy for card in ordered])
    return Reviewed([_plain(each, judges) for each in found], home, matrix)


def _scores(cards: Sequence[ReviewCard]) -> tuple[Scores, list[int]]:
    entries = {key: index for index, key in enumerate(sorted({card.entry for card in cards}))}
    judges = sorted({card.judge for card in cards})
    places = {number: index for index, number in enumerate(judges)}
    return (
        Scores(
            np.array([entries[card.entry] for card in cards], dtype=np.int64),
            np.array([places[card.judge] for card in cards], dtype=np.int64),
            np.array([float(card.total) for card in cards]),
            len(entries),
            len(judges),
        ),
        judges,
    )


def _levels(cards: Sequence[ReviewCard], scales: Mapping[str, tuple[int, int]]) -> FloatArray:
    rows = [
        [
            (card.points[key] - lowest) / (highest - lowest) if key in card.points else np.nan
            for key, (lowest, highest) in scales.items()
        ]
        for card in cards
    ]
    return np.array(rows, dtype=np.float64)


def _at_home(card: ReviewCard) -> float:
    if not card.judge_economy or not card.entry_economy:
        return np.nan
    return float(card.judge_economy == card.entry_economy)


def _plain(finding: Finding, judges: Sequence[int]) -> dict[str, Any]:
    return {
        "pattern": finding.pattern.value,
        "judge": judges[finding.judge],
        "cards": finding.cards,
        "value": _text(finding.value, 4),
        "usual": _text(finding.usual, 4),
        "p": _text(finding.adjusted_p, 4),
    }


def _text(value: float, digits: int = 2) -> str | None:
    return str(Decimal(repr(round(float(value), digits)))) if isfinite(value) else None
