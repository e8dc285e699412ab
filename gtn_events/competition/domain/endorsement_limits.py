"""What a change of the limits does to the places that economies have given already."""

from datetime import datetime

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import Economy

from ..enums import Endorsement
from ..errors import CompetitionRefused
from ..models import Competition
from ..queries.places import EconomyStanding, standings_of
from .endorsement import fill_places
from .locking import lock_competition


def fit_places(competition: Competition, *, actor: Account, now: datetime) -> None:
    """Give places that came free to those in reserve.

    Raises:
        CompetitionRefused: an economy has endorsed or nominated more than it would have places.

    Flushes; the caller commits.
    """
    if not competition.entry_path.asks_economies:
        return
    db.session.flush()
    lock_competition(competition)
    for standing in standings_of(competition):
        _refuse_too_few(standing)
        if standing.entries[Endorsement.RESERVE]:
            fill_places(competition, standing.code, actor=actor, now=now)


def _refuse_too_few(standing: EconomyStanding) -> None:
    given = standing.entries[Endorsement.ENDORSED] + standing.places.promised
    if standing.places.limit is not None and given > standing.places.limit:
        name = db.session.scalars(select(Economy.in_sentence).where(Economy.code == standing.code)).one()
        raise CompetitionRefused(
            f"{given} entries of {name} are endorsed or nominated already, so there have to be as many places.",
            field="economy_limit",
        )
