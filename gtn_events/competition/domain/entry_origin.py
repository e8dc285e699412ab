"""An entry that reached the final, as something else can grow from it."""

from sqlalchemy import exists, select

from gtn_events.core.db import db
from gtn_events.core.handover import Origin

from ..enums import EntryState, RoundKind, RoundState
from ..models import Entry, Round, RoundEntry


def is_finalist(entry: Entry) -> bool:
    """Say whether an entry stands, and is or was judged in a final that has been opened."""
    reached = exists().where(
        RoundEntry.entry_id == entry.id,
        RoundEntry.round_id == Round.id,
        Round.kind == RoundKind.FINAL,
        Round.state != RoundState.PLANNED,
    )
    return entry.state is EntryState.ADMITTED and bool(db.session.scalar(select(reached)))


def origin_of(entry: Entry) -> Origin:
    """Return what of an entry another form can begin with."""
    return Origin(
        reference=entry.reference,
        title=entry.title,
        summary=entry.summary,
        organisation_name=entry.organisation_name,
        organisation_size=entry.organisation_size,
        founded_in=entry.founded_in,
        economy_code=entry.economy_code,
        website=entry.website,
        languages=list(entry.languages),
        people=[(member.name, member.role) for member in entry.members],
    )
