"""What goes into a ranking and what comes out of it, as plain values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from ..enums import Method
from .added import NOTHING_ADDED, Added
from .audience import Audience
from .ladder import PUBLISHED
from .ladder_steps import Step


@dataclass(frozen=True)
class Card:
    """One current scorecard: the entry's reference, the judge's number, the weighted total, the points."""

    entry: str
    judge: int
    total: Decimal
    points: Mapping[str, int]


@dataclass(frozen=True)
class ReviewCard(Card):
    """A scorecard with what its review needs: seconds since any moment, and both economies (empty if unknown)."""

    moment: float
    judge_economy: str
    entry_economy: str


def digest_of(cards: Iterable[Card], added: Added = NOTHING_ADDED) -> str:
    """Return a SHA-256 that is the same as long as the same scorecards count and the same totals are added."""
    lines = sorted(f"{card.entry} {card.judge} {card.total:f}" for card in cards)
    lines += sorted(f"{entry} {points:f}" for entry, points in added.points.items())
    return sha256("\n".join(lines).encode()).hexdigest()


@dataclass(frozen=True)
class RankingTask:
    """What a ranking is made from.

    Args:
        method: frozen before the round opened.
        entries: references of all entries of the round, sorted.
        cards: current scorecards that are not excluded, in any order.
        criteria: keys of the criteria, heaviest first.
        seed: the round's lot seed; the draws behind the rank intervals begin with it, too.
        chair: references in the order of the chair's recorded vote.
        places: k, how many go on; None when the rule names no number.
        steps: what breaks a tie, between the total and the lot.
        audience: the votes of a live final, when they count.
        added: what the total of an earlier round brings.
    """

    method: Method
    entries: Sequence[str]
    cards: Sequence[Card]
    criteria: tuple[str, ...]
    seed: str
    chair: tuple[str, ...] = ()
    places: int | None = None
    steps: tuple[Step, ...] = PUBLISHED
    audience: Audience | None = None
    added: Added = NOTHING_ADDED


@dataclass(frozen=True)
class Ranked:
    """One entry's place; ``decided_by`` is the step of the tie ladder that put it below the one above."""

    key: str
    rank: int
    raw_rank: int
    raw_mean: Decimal
    total: Decimal
    standard_error: Decimal | None
    scorecards: int
    interval_low: int | None
    interval_high: int | None
    chance: float | None
    tie_group: int
    decided_by: str
