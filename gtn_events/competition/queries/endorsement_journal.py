"""What happened to the endorsement of an entry, and nothing else that its journal holds."""

from sqlalchemy import Select

from gtn_events.core.journal import JournalEntry, entries_about

from ..models import Entry

ACTIONS = ("endorsement changed", "entry sent", "entry changed")


def endorsement_entries(entry: Entry) -> Select[JournalEntry]:
    """Select what an entry's coordinators may read of its journal, the newest first."""
    return entries_about(entry, limit=20).where(JournalEntry.action.in_(ACTIONS))
