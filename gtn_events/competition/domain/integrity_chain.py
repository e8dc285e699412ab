"""The recomputation of every chain of scorecards, for ``gtn-events check``."""

from collections.abc import Iterator
from contextlib import closing

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db

from ..models import Round, Scorecard
from .chain import link_of, verify_chain

BATCH = 1_000


def chain_differences() -> Iterator[str]:
    """Yield one sentence for each round whose chain does not hold, naming the place."""
    for round_ in db.session.scalars(select(Round).options(joinedload(Round.competition)).order_by(Round.id)):
        statement = select(Scorecard).where(Scorecard.round_id == round_.id).order_by(Scorecard.position)
        with closing(db.session.scalars(statement.execution_options(yield_per=BATCH))) as versions:
            broken = verify_chain(map(link_of, versions), head=round_.chain_head, length=round_.chain_length)
        if broken is not None:
            place = f"{round_.competition.slug}, round {round_.number}, scorecard {broken.position}"
            yield f"Chain of {place}: {broken.text}."
