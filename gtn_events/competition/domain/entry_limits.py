"""How many live entries one economy may have."""

from gtn_events.core.db import db
from gtn_events.core.economies import Economy

from ..enums import EntryPath
from ..errors import EntryRefused
from ..models import Competition, Nomination
from ..queries.figures import limit_of
from ..queries.places import places_of
from .locking import lock_competition


def require_room(competition: Competition, economy_code: str, *, nomination: Nomination | None = None) -> None:
    """Refuse one more live entry of an economy that has as many as it may; others wait until the transaction ends.

    Where economies endorse, any number may enter: the limit is on what they endorse.

    Args:
        nomination: the place that was kept for this very entry.

    Raises:
        EntryRefused: with the economy and its limit in words.
    """
    limit = limit_of(competition, economy_code)
    if limit is None or competition.entry_path is EntryPath.ENDORSED:
        return
    lock_competition(competition)
    places = places_of(competition, economy_code)
    if places.used - (1 if nomination else 0) < limit:
        return
    name = db.session.get_one(Economy, economy_code).in_sentence
    if places.promised:
        raise EntryRefused(f"Every place of {name} is taken or kept for a firm that it nominated ({limit}).")
    raise EntryRefused(f"There are {limit} entries of {name} already, and no more are taken.")
