"""Made-up rounds of judging with a known truth."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from gtn_events.competition.results.scores import FloatArray, IntArray, Scores


@dataclass(frozen=True)
class Round:
    """Scorecards, and what they were made from."""

    scores: Scores
    quality: FloatArray
    severity: FloatArray


def scores_of(*cards: tuple[int, int, float], entries: int = 0, judges: int = 0) -> Scores:
    """Return scorecards given as (entry, judge, total)."""
    entry, judge, total = zip(*cards, strict=True)
    return Scores(
        np.array(entry),
        np.array(judge),
        np.array(total, dtype=float),
        entries or max(entry) + 1,
        judges or max(judge) + 1,
    )


def judged(
    panels: IntArray,
    judges: int,
    rng: np.random.Generator,
    *,
    quality: FloatArray,
    severity: float = 4.0,
    noise: float = 6.0,
) -> Round:
    """Return a round in which row i of ``panels`` names the judges of entry i."""
    entries = np.repeat(np.arange(len(panels)), panels.shape[1])
    of_judges = rng.normal(0.0, severity, judges)
    totals = 60 + quality[entries] + of_judges[panels.ravel()] + rng.normal(0.0, noise, entries.size)
    return Round(Scores(entries, panels.ravel(), totals, len(panels), judges), quality, of_judges)


def random_panels(entries: int, judges: int, cards: int, rng: np.random.Generator) -> IntArray:
    """Return panels of different judges, drawn at random."""
    return np.argsort(rng.random((entries, judges)), axis=1)[:, :cards]


def routed_panels(quality: FloatArray, judges: int, cards: int, rng: np.random.Generator, *, anchors: int) -> IntArray:
    """Return panels in which strong entries go to certain judges; the last ``anchors`` seats are drawn at random."""
    place = np.argsort(np.argsort(quality)) / quality.size * judges
    distance = np.abs(place[:, np.newaxis] - np.arange(judges)) + rng.normal(0.0, 1.0, (quality.size, judges))
    near = np.argsort(distance, axis=1)
    routed = near[:, : cards - anchors]
    others = np.take_along_axis(
        near[:, cards - anchors :], random_panels(quality.size, judges - cards + anchors, anchors, rng), axis=1
    )
    return np.concatenate([routed, others], axis=1)


def spearman(one: FloatArray, other: FloatArray) -> float:
    """Return the rank correlation (no ties)."""
    return float(np.corrcoef(np.argsort(np.argsort(one)), np.argsort(np.argsort(other)))[0, 1])


@st.composite
def small_rounds(draw: st.DrawFn) -> Scores:
    """Up to 7 entries and 5 judges; entries or judges without scorecards, double ones and several groups occur."""
    entries, judges = draw(st.integers(1, 7)), draw(st.integers(1, 5))
    card = st.tuples(st.integers(0, entries - 1), st.integers(0, judges - 1), st.integers(0, 400).map(lambda n: n / 4))
    return scores_of(*draw(st.lists(card, min_size=1, max_size=25)), entries=entries, judges=judges)
