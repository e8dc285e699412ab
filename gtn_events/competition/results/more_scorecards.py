"""Where more scorecards would help most: the entries of which nobody knows on which side of the cut they are."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from .calibration import Calibration
from .scores import FloatArray

# Gauss-Hermite points for the mean over what a further scorecard may say.
NODES, NODE_WEIGHTS = np.polynomial.hermite_e.hermegauss(21)

# In points; what is known better than this is known.
SMALLEST_ERROR = 1e-9


@dataclass(frozen=True)
class Advice:
    """Ask for so many more scorecards of this entry.

    ``chance`` is that of being above the cut as things stand; ``gain`` is how much of the uncertainty
    ``chance * (1 - chance)`` these scorecards are expected to take away.
    """

    entry: int
    scorecards: int
    chance: float
    gain: float


@dataclass(frozen=True)
class Further:
    """The doubt at the cut, and one scorecard after the other with what each is expected to take away of it.

    ``doubt`` is the sum of ``chance * (1 - chance)`` over all entries; ``steps`` are entry and gain.
    """

    doubt: float
    steps: tuple[tuple[int, float], ...]


def further_scorecards(calibration: Calibration, *, places: int, scorecards: int) -> Further | None:
    """Return where to spend a number of further scorecards one by one; None where nothing can be said.

    Each goes where the expected drop of the uncertainty at the cut is greatest, given those already spent. The
    cut lies half-way between the last entry that is in and the first that is out. A further scorecard has the
    noise of one and the uncertainty of an average judge. Nothing can be said when all are in, or there are no
    standard errors.
    """
    order = calibration.order
    errors = calibration.standard_errors
    if not 0 < places < order.size or not np.isfinite(errors[order]).all():
        return None
    margin = _margin(calibration, places)
    fit = calibration.fit
    noise = fit.noise + float(np.mean(fit.judge_errors[fit.panels.active_judges] ** 2))
    doubt = float(_doubt(margin[order], np.square(errors[order])).sum())
    return Further(doubt, tuple(_spend(margin, np.square(errors), noise, scorecards)))


def more_scorecards(calibration: Calibration, *, places: int, scorecards: int) -> tuple[Advice, ...]:
    """Return where to spend a number of further scorecards, the most useful first; see `further_scorecards`."""
    further = further_scorecards(calibration, places=places, scorecards=scorecards)
    if further is None:
        return ()
    spent: Counter[int] = Counter()
    gained: dict[int, float] = {}
    for entry, gain in further.steps:
        spent[entry] += 1
        gained[entry] = gained.get(entry, 0.0) + gain
    chance = ndtr(_margin(calibration, places) / np.maximum(calibration.standard_errors, SMALLEST_ERROR))
    advice = [Advice(entry, count, float(chance[entry]), gained[entry]) for entry, count in spent.items()]
    return tuple(sorted(advice, key=lambda each: (-each.gain, each.entry)))


def _margin(calibration: Calibration, places: int) -> FloatArray:
    """Return how far each entry lies above the cut."""
    values, order = calibration.values, calibration.order
    margin: FloatArray = values - (values[order[places - 1]] + values[order[places]]) / 2
    return margin


def _spend(margin: FloatArray, variances: FloatArray, noise: float, count: int) -> Iterator[tuple[int, float]]:
    left = variances.copy()
    gains = np.nan_to_num(_gain(margin, left, noise), nan=0.0)
    for _ in range(count):
        entry = int(np.argmax(gains))
        if gains[entry] <= 0:
            return
        yield entry, float(gains[entry])
        left[entry] = _after(left[entry], noise)
        gains[entry] = _gain(margin[[entry]], left[[entry]], noise)[0]


def _gain(margin: FloatArray, variances: FloatArray, noise: float) -> FloatArray:
    """Return the expected drop of p (1 - p) by one scorecard.

    The value moves by a normal step of variance ``v - v'`` and is known with variance ``v'`` afterwards.
    """
    after = _after(variances, noise)
    steps = np.sqrt(variances - after)[:, np.newaxis] * NODES
    expected = _doubt(margin[:, np.newaxis] + steps, after[:, np.newaxis]) @ NODE_WEIGHTS / NODE_WEIGHTS.sum()
    return _doubt(margin, variances) - expected


def _doubt(margin: FloatArray, variances: FloatArray) -> FloatArray:
    chance = ndtr(margin / np.sqrt(np.maximum(variances, SMALLEST_ERROR**2)))
    return chance * (1 - chance)


def _after(variances: FloatArray, noise: float) -> FloatArray:
    return variances * noise / np.maximum(variances + noise, SMALLEST_ERROR**2)
