"""The judging reduced to its judges: what the linear model needs of who judged what.

The model of a scorecard is ``y_ij = mu + q_i + s_j + e_ij``. Its normal equations hold one row for each
entry and one for each judge. The block of the entries is diagonal, so they are eliminated (absorbed:
Henderson, "Applications of Linear Models in Animal Breeding", 1984, chapters 3 and 5), which leaves as many
equations as there are judges: ``C = D_j - B' D_e^-1 B`` with ``B`` the counts of scorecards of entry i by
judge j and ``D`` its row and column sums. ``C`` is the Laplacian of the graph of judges who share entries.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from .graph import groups_of
from .scores import FloatArray, IntArray, Scores, sums_by


@dataclass(frozen=True, eq=False)
class Panels:
    """Shares of the judges in the panel of each entry, and what follows from them."""

    scores: Scores

    @cached_property
    def groups(self) -> tuple[IntArray, IntArray]:
        """Numbers of the comparable group of each entry and each judge."""
        return groups_of(self.scores)

    @cached_property
    def weights(self) -> FloatArray:
        """1 / number of scorecards of each entry; 0 for an entry without one."""
        cards = self.scores.cards_of_entries
        return np.where(cards > 0, 1.0 / np.maximum(cards, 1), 0.0)

    @cached_property
    def shares(self) -> FloatArray:
        """``D_e^-1 B``, entries by judges: the part each judge has in an entry's raw mean. Rows add to 1 or 0."""
        scores = self.scores
        cells = scores.entries * scores.judge_count + scores.judges
        size = scores.entry_count * scores.judge_count
        counts = sums_by(cells, self.weights[scores.entries], size)
        return counts.reshape(scores.entry_count, scores.judge_count)

    @cached_property
    def laplacian(self) -> FloatArray:
        """``C``, judges by judges: what the scorecards say about differences between judges."""
        rooted = self.shares * np.sqrt(self.scores.cards_of_entries)[:, np.newaxis]
        laplacian: FloatArray = -(rooted.T @ rooted)
        laplacian[np.diag_indices_from(laplacian)] += self.scores.cards_of_judges
        return laplacian

    @cached_property
    def active_judges(self) -> IntArray:
        """Indexes of the judges with at least one scorecard."""
        return np.flatnonzero(self.scores.cards_of_judges)

    @property
    def freedom(self) -> tuple[int, int]:
        """Degrees of freedom of the judges (after the entries) and of the residual."""
        judge_groups = self.groups[1][self.active_judges]
        judges = int(self.active_judges.size - np.unique(judge_groups).size)
        scored = int(np.count_nonzero(self.scores.cards_of_entries))
        return judges, int(self.scores.totals.size) - scored - judges

    def fixed_judge_effects(self, deviations: FloatArray) -> FloatArray:
        """Return judge effects as if judges were fixed, adding to 0 in each group; 0 for judges without scorecards.

        Args:
            deviations: for each judge the sum over their scorecards of total - raw mean of the entry.
        """
        effects = np.zeros(self.scores.judge_count)
        active = self.active_judges
        if active.size:
            groups = self.groups[1][active]
            same = groups[:, np.newaxis] == groups
            # The mean of each group, added, makes C regular and changes no solution that adds to 0.
            regular = self.laplacian[np.ix_(active, active)] + same / same.sum(axis=1)
            effects[active] = cho_solve(cho_factor(regular, lower=True), deviations[active])
        return effects
