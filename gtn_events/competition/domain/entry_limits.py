"""How many live entries one economy may have."""

from sqlalchemy import func, select

from gtn_events.core.db import db
from gtn_events.core.economies import Economy

from ..errors import EntryRefused
from ..models import Competition, Entry
from ..queries.figures import LIVE, limit_of
from .locking import lock_competition


def require_room(competition: Competition, economy_code: str) -> None:
    """Refuse one more live entry of an economy that has as many as it may; others wait until the transaction ends.

    Raises:
        EntryRefused: with the economy and its limit in words.
    """
    limit = limit_of(competition, economy_code)
    if limit is None:
        return
    lock_competition(competition)
    live = select(func.count()).where(
        Entry.competition_id == competition.id, Entry.economy_code == economy_code, Entry.state.in_(LIVE)
    )
    if (db.session.scalar(live) or 0) >= limit:
        name = db.session.get_one(Economy, economy_code).in_sentence
        raise EntryRefused(f"There are {limit} entries of {name} already, and no more are taken.")
