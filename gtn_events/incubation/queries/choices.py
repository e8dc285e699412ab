"""One applicant's wishes after a match: what became of each, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..enums import OfferState
from ..matching import Reason
from ..models import Application, Intake, MatchOutcome, MatchRun, Offer
from .match import published_run, ranks_taken


@dataclass(frozen=True)
class Choice:
    """One wish. ``reason`` says why it was not possible, None for the one that was and those below.

    ``rank`` is the applicant's place in the host's order; ``taken`` the places of those that the host got.
    """

    position: int
    intake: Intake
    got: bool
    reason: Reason | None
    rank: int | None
    taken: Sequence[int]


def run_behind(application: Application, offer: Offer | None) -> MatchRun | None:
    """Return the run that explains where an applicant stands: the one of the offer, or the one that stands."""
    if offer is not None and offer.run is not None and offer.state is not OfferState.WITHDRAWN:
        return offer.run
    return published_run(application.call)


def choices_of(application: Application, outcome: MatchOutcome | None) -> list[Choice]:
    """Return an applicant's wishes in order, with what a run made of each; ``wishes`` are loaded with their hosts."""
    higher = {each["intake"]: each for each in outcome.higher} if outcome else {}
    got = outcome.intake_id if outcome else None
    taken = ranks_taken(outcome.run, list(higher)) if outcome else {}
    return [
        Choice(
            position=wish.position,
            intake=wish.intake,
            got=wish.intake_id == got,
            reason=Reason(higher[wish.intake_id]["reason"]) if wish.intake_id in higher else None,
            rank=_rank(outcome, wish.intake_id),
            taken=taken.get(wish.intake_id, ()),
        )
        for wish in application.wishes
    ]


def _rank(outcome: MatchOutcome | None, intake_id: int) -> int | None:
    if outcome is None:
        return None
    if outcome.intake_id == intake_id:
        return outcome.rank
    rank: int | None = next((each["rank"] for each in outcome.higher if each["intake"] == intake_id), None)
    return rank
