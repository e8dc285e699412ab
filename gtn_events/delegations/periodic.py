"""What delegations do by the clock: links of nominees that end."""

from datetime import datetime

from gtn_events.core.db import db
from gtn_events.core.jobs import periodic

from .domain.nominee_links import expire_links


@periodic(seconds=600)
def end_old_links(now: datetime) -> None:
    """End the links whose time is over, so that the desk says so."""
    expire_links(now=now)
    db.session.commit()
