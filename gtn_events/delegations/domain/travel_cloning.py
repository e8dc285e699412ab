"""Rules of funded travel that a new edition takes over from the earlier one."""

from datetime import timedelta

from gtn_events.core.db import db
from gtn_events.forum.models import Forum

from ..models import TravelCeiling, TravelSettings
from ..queries.travel import ceilings_of, travel_settings


def take_travel_rules(source: Forum, forum: Forum, days: int) -> None:
    """Give a new edition the rules and ceilings of the earlier one, with the day for papers moved. Flushes."""
    rules = travel_settings(source)
    if rules is None:
        return
    copy = TravelSettings(
        forum_id=forum.id,
        ceiling=rules.ceiling,
        currency=rules.currency,
        daily_rate=rules.daily_rate,
        papers=list(rules.papers),
        due_on=rules.due_on + timedelta(days=days) if rules.due_on else None,
    )
    ceilings = ceilings_of(source)
    db.session.add(copy)
    db.session.add_all(
        TravelCeiling(forum_id=forum.id, economy_code=code, places=places) for code, places in ceilings.items()
    )
    db.session.flush()
