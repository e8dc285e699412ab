"""How proposed sessions stand by the scores of the committee, as one reader may know it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import stdev

from gtn_events.accounts.models import Account

from .models import SessionProposal, SessionReview

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Standing:
    """One proposal with its mean, spread (standard deviation of the reviews, from two on) and number of reviews.

    ``hidden`` says that the reader does not know mean and spread yet; then both are None.
    """

    proposal: SessionProposal
    reviews: int
    mean: Decimal | None
    spread: Decimal | None
    hidden: bool = False


def standings(proposals: Iterable[SessionProposal], *, reader: Account) -> list[Standing]:
    """Return the proposals by their mean, the highest first; what is hidden or not scored comes last, as it came in."""
    found = [_standing(each, hidden=is_blind(each, reader)) for each in proposals]
    return sorted(found, key=lambda each: each.mean if each.mean is not None else Decimal(0), reverse=True)


def is_blind(proposal: SessionProposal, reader: Account) -> bool:
    """Say whether a reader may not know what was scored.

    Members of the committee know it after their own review, or once it is decided; whoever has an interest never does.
    """
    if proposal.concerns(reader):
        return True
    if all(each.account_id != reader.id for each in proposal.call.members):
        return False
    return proposal.state.is_undecided and all(each.account_id != reader.id for each in proposal.reviews)


def mean_of(review: SessionReview) -> Decimal:
    """Return the mean of one member's scores, not rounded."""
    return Decimal(sum(each.score for each in review.scores)) / len(review.scores)


def _standing(proposal: SessionProposal, *, hidden: bool) -> Standing:
    means = [mean_of(each) for each in proposal.reviews if each.scores]
    if hidden or not means:
        return Standing(proposal, len(means), None, None, hidden)
    mean = (sum(means, Decimal(0)) / len(means)).quantize(HUNDREDTH)
    return Standing(proposal, len(means), mean, stdev(means).quantize(HUNDREDTH) if len(means) > 1 else None)
