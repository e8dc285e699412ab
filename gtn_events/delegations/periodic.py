"""What delegations do by the clock: links of nominees that end, sheets that nobody took."""

from datetime import datetime

from gtn_events.core.db import db
from gtn_events.core.jobs import periodic

from .domain.nominee_links import expire_links
from .domain.sheet_keeping import forget_old_sheets


@periodic(seconds=600)
def end_old_links(now: datetime) -> None:
    """End the links whose time is over, so that the desk says so."""
    expire_links(now=now)
    db.session.commit()


@periodic(seconds=3600)
def delete_old_sheets(now: datetime) -> None:
    """Delete the spreadsheets that nobody took within a week: they name people."""
    forget_old_sheets(now=now)
    db.session.commit()
