"""How much of the scatter is noise, how much is judges, and whether judges differ at all."""

from dataclasses import dataclass

import numpy as np
from scipy.special import fdtrc

from .panels import Panels

SIGNIFICANCE = 0.05
# Totals that agree to this part of their size differ by rounding only; below it, noise counts as this much.
SMALLEST_NOISE = 1e-12


@dataclass(frozen=True)
class JudgeTest:
    """F-test of "all judges are equally strict", entries and judges both taken as fixed."""

    f: float
    judge_freedom: int
    residual_freedom: int
    p: float

    @property
    def judges_differ(self) -> bool:
        """True when equal judges would show such a difference in fewer than 5 of 100 rounds."""
        return self.p < SIGNIFICANCE


@dataclass(frozen=True)
class Variances:
    """Variance of the noise (sigma2) and of judges' severity (tau2), and the test of the judges.

    ``noise_if_alike`` is the variance within entries when judges are taken as one: what a scorecard's
    total scatters around its entry's raw mean. ``test`` is None, and variances are NaN, where the
    scorecards are too few to tell.
    """

    noise: float
    judges: float
    noise_if_alike: float
    test: JudgeTest | None


def henderson_three(panels: Panels) -> Variances:
    """Estimate the variance components by Henderson's method III (fitting constants).

    With entries fixed and judges random, the reduction in sum of squares by judges after entries has the
    expectation ``(rank) sigma2 + tr(C) tau2``, the residual of both fitted has ``(N - n - rank) sigma2``.
    Source: C. R. Henderson, "Estimation of variance and covariance components", Biometrics 9 (1953) 226-252;
    Searle, Casella, McCulloch, "Variance Components" (1992), section 5.5. A negative tau2 becomes 0.
    """
    scores = panels.scores
    deviations = scores.totals - scores.raw_means[scores.entries]
    within = float(deviations @ deviations)
    judge_freedom, residual_freedom = panels.freedom
    alike = within / (judge_freedom + residual_freedom) if judge_freedom + residual_freedom else np.nan
    if not judge_freedom or not residual_freedom:
        return Variances(np.nan, np.nan, alike, None)
    of_judges = scores.judge_sums(deviations)
    reduction = float(of_judges @ panels.fixed_judge_effects(of_judges))
    least = SMALLEST_NOISE * (1.0 + float(scores.totals @ scores.totals) / scores.totals.size)
    noise = max((within - reduction) / residual_freedom, least)
    judges = max((reduction - judge_freedom * noise) / float(np.trace(panels.laplacian)), 0.0)
    f = reduction / judge_freedom / noise
    p = float(fdtrc(judge_freedom, residual_freedom, f))
    return Variances(noise, judges, alike, JudgeTest(f, judge_freedom, residual_freedom, p))
