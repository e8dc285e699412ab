"""A finding: which pattern, whose, how far from the others, how sure; and the sentence that asks for a look."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gtn_events.core.marking import N_


class Pattern(StrEnum):
    """What was looked at."""

    SEVERITY = "severity"
    AGREEMENT = "agreement"
    STRAIGHT_LINING = "straight-lining"
    HALO = "halo"
    DRIFT = "drift"
    HOME_ECONOMY = "home-economy"


SENTENCES: Mapping[Pattern, str] = {
    Pattern.SEVERITY: N_(
        "Please review: this judge scores %(value)+.1f points from the panel. "
        "A strict or generous judge is not a bad one; calibration corrects for it."
    ),
    Pattern.AGREEMENT: N_(
        "Please review: the order of this judge's totals agrees with the other judges' at %(value).2f "
        "(usual in this round: %(usual).2f)."
    ),
    Pattern.STRAIGHT_LINING: N_(
        "Please review: %(share).0f %% of this judge's scorecards have the same level for every "
        "criterion (usual in this round: %(usual_share).0f %%)."
    ),
    Pattern.HALO: N_(
        "Please review: this judge's criteria go together at %(value).2f "
        "(usual in this round: %(usual).2f); the criteria may have been scored as one."
    ),
    Pattern.DRIFT: N_(
        "Please review: this judge's totals changed by %(value)+.1f points "
        "from their first to their last scorecard, with the entries' quality taken out."
    ),
    Pattern.HOME_ECONOMY: N_(
        "Please review: this judge gives entries of their own economy %(value)+.1f points "
        "more than others do, next to their other entries (all judges of this round: %(usual)+.1f)."
    ),
}


@dataclass(frozen=True)
class Finding:
    """One judge's figure that stands out; to be reviewed by the integrity officer, who knows the reasons.

    Args:
        pattern: what was looked at.
        judge: index of the judge.
        value: the judge's figure (points, correlation or share).
        usual: the same figure for the judges of the round.
        standard_error: of ``value``; NaN where the test needs none.
        cards: on how many scorecards it rests.
        p: chance of such a figure, or one further out, if the judge were like the others.
        adjusted_p: the same, adjusted for the number of judges looked at.
    """

    pattern: Pattern
    judge: int
    value: float
    usual: float
    standard_error: float
    cards: int
    p: float
    adjusted_p: float

    @property
    def text(self) -> str:
        """The sentence in English; a words module translates ``SENTENCES[pattern]`` and fills in `figures`."""
        return SENTENCES[self.pattern] % self.figures

    @property
    def figures(self) -> Mapping[str, float]:
        """What the sentence names."""
        share = {"share": 100 * self.value, "usual_share": 100 * self.usual}
        return {"value": self.value, "usual": self.usual, **share}
