"""Before launch: with so many judges and scorecards, how often is the best entry first, how right is the shortlist?"""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from scipy.linalg import eigh

from .panels import Panels
from .scores import FloatArray, Scores

RUNS = 400


@dataclass(frozen=True)
class Plan:
    """What the organiser types; the spreads are standard deviations in points of the total.

    Args:
        entries: how many entries.
        judges: how many judges.
        cards: scorecards for each entry, at most ``judges``.
        shortlist: k, how many go on.
        quality: how much entries truly differ.
        noise: how much two scorecards of one entry differ beside severity.
        severity: how much judges differ in being strict.
    """

    entries: int
    judges: int
    cards: int
    shortlist: int
    quality: float
    noise: float
    severity: float

    def __post_init__(self) -> None:
        if not (1 <= self.cards <= self.judges and 1 <= self.shortlist <= self.entries):
            raise ValueError("cards must be 1 to judges, the shortlist 1 to entries")


@dataclass(frozen=True)
class Forecast:
    """Chances and shares from 0 to 1, for calibrated totals and for raw means.

    ``best_wins``: the truly best entry is first. ``best_listed``: it is on the shortlist.
    ``list_right``: the part of the shortlist that truly belongs there.
    """

    best_wins: float
    best_listed: float
    list_right: float

    @property
    def texts(self) -> dict[str, str]:
        """The same without floats, whose digits would depend on who writes them."""
        return {name: f"{value:.4f}" for name, value in asdict(self).items()}


def forecast(plan: Plan, rng: np.random.Generator, *, runs: int = RUNS) -> tuple[Forecast, Forecast]:
    """Return what to expect of calibrated totals, and of raw means, over simulated rounds.

    Panels are drawn once, balanced and connected (see `balanced_panels`); qualities, severities and noise
    anew in every run, all normal. Calibration knows the true variances.
    """
    panels = Panels(balanced_panels(plan, rng))
    truth = rng.normal(0.0, plan.quality, (plan.entries, runs))
    mean_noise = rng.normal(0.0, plan.noise / np.sqrt(plan.cards), (plan.entries, runs))
    severity, estimated = _severities(plan, panels, rng, runs)
    raw = truth + mean_noise + severity
    return _rightness(truth, raw - estimated, plan.shortlist), _rightness(truth, raw, plan.shortlist)


def answer_of(*, seed: int, **plan: Any) -> dict[str, dict[str, str]]:  # Any: the fields of a plan
    """Return what to expect of ``calibrated`` totals and of ``raw`` means, JSON-ready; the same for the same seed."""
    calibrated, raw = forecast(Plan(**plan), np.random.default_rng(seed))
    return {"calibrated": calibrated.texts, "raw": raw.texts}


def balanced_panels(plan: Plan, rng: np.random.Generator) -> Scores:
    """Return panels in which loads differ by at most a few scorecards and neighbours share judges; totals are 0.

    Entry i gets the judges i + d of a circle, d running over ``cards`` different steps, of which 0 and 1 are two:
    so no judge comes twice, and with two scorecards or more all panels hang together.
    """
    steps = np.concatenate([np.arange(min(plan.cards, 2)), 2 + rng.permutation(max(plan.judges - 2, 0))])[: plan.cards]
    judges = (rng.permutation(plan.entries)[:, np.newaxis] + steps) % plan.judges
    entries = np.repeat(np.arange(plan.entries), plan.cards)
    return Scores(entries, judges.ravel().astype(np.int64), np.zeros(entries.size), plan.entries, plan.judges)


def _severities(plan: Plan, panels: Panels, rng: np.random.Generator, runs: int) -> tuple[FloatArray, FloatArray]:
    """Return what severity does to each raw mean, and what calibration takes out of it again.

    In the eigenvectors of C the equations of the judges fall apart, ``(c + sigma2 / tau2) s_hat = c s + sigma
    sqrt(c) z``, with z independent of the noise of the raw means: so no single scorecard has to be drawn.
    """
    c, vectors = eigh(panels.laplacian)
    c = np.maximum(c, 0.0)[:, np.newaxis]
    true = rng.normal(0.0, plan.severity, (c.size, runs))
    seen = c * true + plan.noise * np.sqrt(c) * rng.standard_normal((c.size, runs))
    certainty = plan.severity**2 * c + plan.noise**2
    estimated = np.divide(plan.severity**2 * seen, certainty, out=np.zeros_like(seen), where=certainty > 0)
    turned = panels.shares @ vectors
    return turned @ true, turned @ estimated


def _rightness(truth: FloatArray, found: FloatArray, shortlist: int) -> Forecast:
    best, runs = truth.argmax(axis=0), np.arange(truth.shape[1])
    listed = found >= _bar(found, shortlist)
    return Forecast(
        best_wins=float((found.argmax(axis=0) == best).mean()),
        best_listed=float(listed[best, runs].mean()),
        list_right=float((listed & (truth >= _bar(truth, shortlist))).sum(axis=0).mean() / shortlist),
    )


def _bar(values: FloatArray, place: int) -> FloatArray:
    """Return the value at this place in every run."""
    at = len(values) - place
    bar: FloatArray = np.partition(values, at, axis=0)[at]
    return bar
