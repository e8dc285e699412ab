"""What an entrant is told about a decided round: how far, how strong in each criterion, what judges wrote to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256

from ..enums import RoundState
from ..models import Criterion, Entry, RoundEntry, Scorecard
from ..queries.feedback import cards_of_entry, decided_standings

SHORTEST_COMMENT = 30


class Band(StrEnum):
    """In which third of the scale the judges' mean point lies."""

    UPPER = "upper"
    MIDDLE = "middle"
    LOWER = "lower"


@dataclass(frozen=True)
class CriterionBand:
    """One criterion and where the entry stands on its scale; no point is told."""

    label: str
    band: Band


@dataclass(frozen=True)
class RoundFeedback:
    """One decided round as its entrant sees it; comments stand in an order that tells nobody's number."""

    standing: RoundEntry
    bands: Sequence[CriterionBand]
    comments: Sequence[str]


def feedback_of(entry: Entry) -> list[RoundFeedback]:
    """Return what the entrant may read, round after round; nothing of a round that is not decided."""
    return [
        _of_round(row, cards_of_entry(row.round, entry))
        for row in decided_standings(entry)
        if row.round.state is RoundState.DECIDED
    ]


def band_of(criterion: Criterion, points: Sequence[int]) -> Band:
    """Return the third of the scale in which the mean of the points lies."""
    mean = Fraction(sum(points), len(points))
    share = (mean - criterion.lowest) / (criterion.highest - criterion.lowest)
    if share >= Fraction(2, 3):
        return Band.UPPER
    return Band.MIDDLE if share >= Fraction(1, 3) else Band.LOWER


def _of_round(row: RoundEntry, cards: Sequence[Scorecard]) -> RoundFeedback:
    # By a hash of the scorecard: the order of judges or of submission would tell who wrote what.
    mixed = sorted(cards, key=lambda card: sha256(f"{card.sha256} feedback".encode()).digest())
    comments = [card.to_entrant.strip() for card in mixed if len(card.to_entrant.strip()) >= SHORTEST_COMMENT]
    rubric = row.round.rubric
    bands = []
    for criterion in rubric.criteria if rubric else ():
        points = [card.scores[criterion.key] for card in cards if criterion.key in card.scores]
        if points:
            bands.append(CriterionBand(criterion.label, band_of(criterion, points)))
    return RoundFeedback(row, bands, comments)
