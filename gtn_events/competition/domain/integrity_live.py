"""The recount of live finals: frozen votes against the ballots, and ballots against their rule."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db

from ..models import Ballot, LiveFinal, LiveSlot


def ballot_differences() -> Iterator[str]:
    """Yield a sentence for each live final whose frozen votes are not its ballots, or whose ballots break its rule."""
    for final in db.session.scalars(select(LiveFinal).options(joinedload(LiveFinal.round)).order_by(LiveFinal.id)):
        ballots = db.session.scalars(select(Ballot.choices).where(Ballot.final_id == final.id)).all()
        counted, known = Counter(each for ballot in ballots for each in ballot), _references(final)
        if final.ballots is not None and final.ballots != len(ballots):
            yield f"{final.round.title} was frozen with {final.ballots} ballots, but {len(ballots)} are there."
        for reference, votes in final.votes.items():
            if counted[known.get(reference, 0)] != votes:
                said = f"{reference} was frozen with {votes} votes that are not those of the ballots."
                yield f"{final.round.title}: {said}"
        wrong = sum(not 0 < len(set(ballot)) == len(ballot) <= final.votes_per_badge for ballot in ballots)
        if wrong or not set(counted) <= set(known.values()):
            yield f"{final.round.title} has ballots that its rule does not allow."


def _references(final: LiveFinal) -> dict[str, int]:
    slots = select(LiveSlot).where(LiveSlot.final_id == final.id).options(joinedload(LiveSlot.entry))
    return {slot.entry.reference: slot.entry_id for slot in db.session.scalars(slots)}
