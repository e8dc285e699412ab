"""The mixed model of scorecards, solved.

The model is ``y_ij = mu + q_i + s_j + e_ij``: ``q`` is fixed (nothing is assumed about the entries), judges' severity
``s`` is random with variance tau2, the noise ``e`` has variance sigma2. Henderson's mixed-model equations give

- ``S = C + (sigma2 / tau2) I`` with ``C`` of `panels`, factorised once by Cholesky;
- ``s = S^-1 r``, ``r_j`` the sum of judge j's deviations from the raw means of the entries;
- ``mu + q = raw mean - A s`` with ``A = D_e^-1 B``;
- ``Var(mu + q) = sigma2 (D_e^-1 + A S^-1 A')``.

Source: C. R. Henderson, "Best linear unbiased estimation and prediction under a selection model", Biometrics 31
(1975) 423-447. All is float64 and, beside the factor, one triangular solution with as many columns as entries.
"""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cholesky, solve_triangular

from .panels import Panels
from .scores import FloatArray, IntArray, none_as_nan
from .variance import Variances

SMALLEST_RATIO = 1e-9


@dataclass(frozen=True, eq=False)
class Fit:
    """The model solved for given variances; what draws and differences are computed from.

    ``values`` are mu + q (NaN without scorecard), ``judge_effects`` how generous each judge is,
    ``judge_errors`` the standard error of that. ``loads`` is ``L^-1 A'`` (judges by entries) and
    ``lower`` is ``L`` of ``S = L L'``; both None when judges count as alike.
    """

    panels: Panels
    noise: float
    values: FloatArray
    judge_effects: FloatArray
    judge_errors: FloatArray
    lower: FloatArray | None
    loads: FloatArray | None

    @property
    def standard_errors(self) -> FloatArray:
        """Of each entry's difference to the mean of its comparable group; NaN without scorecard."""
        groups = self.panels.groups[0]
        own = self.panels.weights
        sizes = np.bincount(groups)
        mean_of_group = np.bincount(groups, weights=own) / none_as_nan(sizes) ** 2
        variance = own * (1.0 - 2.0 / sizes[groups]) + mean_of_group[groups]
        if self.loads is not None:
            variance = variance + _scatter_in_groups(self.loads, groups)
        variance = np.where(self.panels.scores.cards_of_entries > 0, variance, np.nan)
        return np.sqrt(self.noise * np.maximum(variance, 0.0))

    def errors_of_differences(self, entry: int, others: IntArray) -> FloatArray:
        """Return the standard error of ``entry`` minus each of the others; infinite across groups."""
        weights, groups = self.panels.weights, self.panels.groups[0]
        variance = weights[entry] + weights[others]
        if self.loads is not None:
            apart = self.loads[:, others] - self.loads[:, [entry]]
            variance = variance + np.einsum("ji,ji->i", apart, apart)
        errors: FloatArray = np.where(groups[others] == groups[entry], np.sqrt(self.noise * variance), np.inf)
        return errors


def fit_judges(panels: Panels, variances: Variances) -> Fit:
    """Solve the model with random judges for these variances (both positive)."""
    scores = panels.scores
    ratio = max(variances.noise / variances.judges, SMALLEST_RATIO)
    lower = cholesky(panels.laplacian + ratio * np.eye(scores.judge_count), lower=True, check_finite=False)
    deviations = scores.judge_sums(scores.totals - scores.raw_means[scores.entries])
    inverse = solve_triangular(lower, np.eye(scores.judge_count), lower=True, check_finite=False)
    effects = inverse.T @ (inverse @ deviations)
    errors = np.sqrt(variances.noise * np.einsum("kj,kj->j", inverse, inverse))
    loads = inverse @ panels.shares.T
    return Fit(panels, variances.noise, scores.raw_means - panels.shares @ effects, effects, errors, lower, loads)


def fit_alike(panels: Panels, variances: Variances) -> Fit:
    """Return the raw means as a fit: judges as one, all scatter within entries as noise."""
    zeros = np.zeros(panels.scores.judge_count)
    return Fit(panels, variances.noise_if_alike, panels.scores.raw_means, zeros, zeros, None, None)


def _scatter_in_groups(loads: FloatArray, groups: IntArray) -> FloatArray:
    """Return the squared distance of each column to the mean of its group's columns."""
    scatter = np.empty(groups.size)
    for group in np.unique(groups):
        members = groups == group
        apart = loads[:, members] - loads[:, members].mean(axis=1, keepdims=True)
        scatter[members] = np.einsum("ji,ji->i", apart, apart)
    return scatter
