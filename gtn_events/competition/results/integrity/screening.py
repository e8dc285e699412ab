"""One pattern looked for in all judges at once, and which of them stand out when that is taken into account."""

from dataclasses import dataclass

import numpy as np

from ..scores import FloatArray, IntArray
from .findings import Finding, Pattern

# At most this part of the findings of one pattern is expected to be chance.
FALSE_DISCOVERIES = 0.05


@dataclass(frozen=True, eq=False)
class Screening:
    """One pattern for all judges, arrays by index of the judge; NaN where there was too little to say."""

    pattern: Pattern
    values: FloatArray
    usual: float
    standard_errors: FloatArray
    cards: IntArray
    p: FloatArray

    def findings(self, *, rate: float = FALSE_DISCOVERIES) -> tuple[Finding, ...]:
        """Return the judges whose adjusted p is at most ``rate``, the clearest first."""
        adjusted = adjusted_p(self.p)
        found = np.flatnonzero(adjusted <= rate)
        return tuple(self._finding(int(judge), adjusted) for judge in found[np.argsort(self.p[found], kind="stable")])

    def _finding(self, judge: int, adjusted: FloatArray) -> Finding:
        return Finding(
            pattern=self.pattern,
            judge=judge,
            value=float(self.values[judge]),
            usual=self.usual,
            standard_error=float(self.standard_errors[judge]),
            cards=int(self.cards[judge]),
            p=float(self.p[judge]),
            adjusted_p=float(adjusted[judge]),
        )


def adjusted_p(p: FloatArray) -> FloatArray:
    """Return p-values adjusted for their number; NaN stays NaN and does not count.

    Source: Y. Benjamini, Y. Hochberg, "Controlling the false discovery rate", J. R. Statist. Soc. B 57 (1995) 289-300.
    """
    adjusted = np.full(p.shape, np.nan)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(-p[known], kind="stable")]
    factors = known.size / np.arange(known.size, 0, -1)
    adjusted[order] = np.minimum(np.minimum.accumulate(p[order] * factors), 1.0)
    return adjusted
