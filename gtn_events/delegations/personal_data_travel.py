"""What funded travel keeps about a person: told in the export, shredded in the erasure."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, update

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.journal import JournalEntry
from gtn_events.core.sealing import live_item, open_file, shred_of

from .domain.travel import AMOUNTS
from .domain.travel_locking import lock_traveller
from .domain.travel_papers import SEALED
from .models import Traveller, TravelPaper


def export_travel(account: Account) -> list[dict[str, Any]]:  # Any: whatever JSON can hold
    """Return every funded journey of a person with its papers, JSON-ready; of files their names."""
    return [
        {
            "forum": each.forum.title,
            "category": each.category.value,
            "state": each.state.value,
            "ended_reason": each.ended_reason,
            "arrives_on": each.arrives_on.isoformat() if each.arrives_on else None,
            "departs_on": each.departs_on.isoformat() if each.departs_on else None,
            "amounts": {name: str(getattr(each, name)) for name in AMOUNTS},
            "papers": [_paper(paper) for paper in each.papers],
        }
        for each in db.session.scalars(_journeys(account))
    ]


def erase_travel(account: Account, now: datetime) -> None:
    """Shred the papers of a person and empty what was written about them; amounts stay as figures."""
    ids = []
    for traveller in db.session.scalars(_journeys(account)).all():
        lock_traveller(traveller)  # a paper that is on its way comes before, and goes with the others
        ids.append(traveller.id)
        traveller.ended_reason = ""
        for paper in traveller.papers:
            shred_of(paper, now=now)
            paper.reason = ""
    about = (JournalEntry.subject_type == Traveller.__tablename__, JournalEntry.subject_id.in_(ids))
    db.session.execute(update(JournalEntry).where(*about).values(reason=None))
    db.session.flush()


def _paper(paper: TravelPaper) -> dict[str, Any]:
    item = live_item(paper, SEALED)
    try:
        name = open_file(item).name if item else None
    except DomainError as error:
        name = error.message
    return {"kind": paper.kind.value, "state": paper.state.value, "reason": paper.reason, "file": name}


def _journeys(account: Account) -> Select[Traveller]:
    return select(Traveller).where(Traveller.account_id == account.id).order_by(Traveller.id)
