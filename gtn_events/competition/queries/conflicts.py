"""Reads of conflicts of interest: the organiser's list, and one of them."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager
from werkzeug.datastructures import MultiDict

from gtn_events.core.db import db
from gtn_events.core.listing import Listing

from ..enums import ConflictSource, ConflictState
from ..models import Competition, Conflict, Entry, Judge

SORTS = {"judge": Judge.sort_name, "entry": Entry.sort_title, "noted": Conflict.noted_at}


def read_conflict_listing(path: str, args: "MultiDict[str, str]") -> Listing:
    """Return what the address asks of the list of conflicts."""
    filters = {
        "state": [state.value for state in ConflictState],
        "source": [source.value for source in ConflictSource],
    }
    return Listing.read(path, args, sorts=SORTS, default_sort="judge", filters=filters)


def conflicts_listed(competition: Competition, listing: Listing) -> Select[Conflict]:
    """Select the conflicts that a listing asks for with judge and entry, not ordered."""
    statement = _all_of(competition).where(listing.searched(Judge.search_text, Entry.search_text))
    if states := listing.chosen("state"):
        statement = statement.where(Conflict.state.in_([ConflictState(each) for each in states]))
    if sources := listing.chosen("source"):
        statement = statement.where(Conflict.source.in_([ConflictSource(each) for each in sources]))
    return statement


def conflict_of(competition: Competition, conflict_id: int) -> Select[Conflict]:
    """Select one conflict of this competition."""
    return _all_of(competition).where(Conflict.id == conflict_id)


def counts_by_state(competition: Competition) -> dict[ConflictState, int]:
    """Return how many conflicts are in each state; empty states are left out."""
    statement = (
        select(Conflict.state, func.count())
        .join(Judge, Judge.id == Conflict.judge_id)
        .where(Judge.competition_id == competition.id)
        .group_by(Conflict.state)
    )
    found = dict(db.session.execute(statement).all())
    return {state: found[state] for state in ConflictState if state in found}


def entry_of(competition: Competition, reference: str) -> Select[Entry]:
    """Select one entry of this competition by its number, in any letter case."""
    return select(Entry).where(Entry.competition_id == competition.id, Entry.reference == reference.strip().upper())


def _all_of(competition: Competition) -> Select[Conflict]:
    return (
        select(Conflict)
        .join(Conflict.judge)
        .join(Conflict.entry)
        .where(Judge.competition_id == competition.id)
        .options(contains_eager(Conflict.judge), contains_eager(Conflict.entry))
    )
