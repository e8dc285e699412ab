"""Whom a list of prizes goes to by its rule, so that a prize that goes to somebody else can be seen.

Prizes are given in the order of the list. A grand prize goes to the highest entry of the last decided round that has
won none so far, a category prize to the highest such entry of its category. What else there is, the jury gives freely.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ..enums import AwardKind
from .cut import Candidate


@dataclass(frozen=True)
class Prize:
    """A prize on the list; ``category`` is empty for one without."""

    kind: AwardKind
    category: str = ""

    @property
    def has_rule(self) -> bool:
        """True when the ranking says who wins it."""
        return self.kind is AwardKind.GRAND or (self.kind is AwardKind.CATEGORY and bool(self.category))


def winners_by_rule(prizes: Sequence[Prize], ranking: Sequence[Candidate]) -> list[str | None]:
    """Return the key of each prize's winner by rule; None where the jury is free or no entry is left.

    Args:
        prizes: all of the list, in its order, given or not.
        ranking: the live entries of the last decided round, best first.
    """
    found: list[str | None] = []
    for prize in prizes:
        fitting = (
            each.key
            for each in ranking
            if each.key not in found and (prize.kind is AwardKind.GRAND or prize.category in each.categories)
        )
        found.append(next(fitting, None) if prize.has_rule else None)
    return found
