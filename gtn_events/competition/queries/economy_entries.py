"""What the coordinators of an economy read: the entries of that economy and of no other, and whom it nominated."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import joinedload, selectinload

from gtn_events.core.db import db
from gtn_events.core.exports import Cell
from gtn_events.questionnaire.models import AnswerSet

from ..enums import Endorsement, NominationState
from ..models import Competition, Entry, EntryCategory, EntryMember, EntryVersion, Nomination
from .figures import LIVE

# Endorsed ones in their order first, then what has to be decided, then what is declined; what is out stands last.
_FIRST = case(
    (Entry.state.not_in(LIVE), 3),
    (Entry.endorsement == Endorsement.WAITING, 1),
    (Entry.endorsement == Endorsement.DECLINED, 2),
    else_=0,
)
HEADERS = ("Number", "Economy", "Title", "Summary", "Firm", "Categories", "State", "Endorsement", "Place", "Reason")


def entries_of_economy(competition: Competition, codes: Collection[str]) -> Select[Entry]:
    """Select the entries of these economies, in their order, with what a list shows."""
    return (
        _entries(competition, codes)
        .options(selectinload(Entry.entry_categories).joinedload(EntryCategory.category))
        .order_by(_FIRST, Entry.preference, Entry.submitted_at, Entry.id)
    )


def entry_of_economy(competition: Competition, codes: Collection[str], reference: str) -> Select[Entry]:
    """Select one entry of these economies by its number, with everything that its page shows."""
    return (
        _entries(competition, codes)
        .where(Entry.reference == reference)
        .options(
            joinedload(Entry.account),
            joinedload(Entry.economy),
            joinedload(Entry.answer_set).joinedload(AnswerSet.version),
            selectinload(Entry.members).joinedload(EntryMember.economy),
            selectinload(Entry.entry_categories).joinedload(EntryCategory.category),
        )
    )


def nominations_of_economy(competition: Competition, codes: Collection[str]) -> Select[Nomination]:
    """Select whom these economies nominated, the newest last; what was taken back is left out."""
    return (
        select(Nomination)
        .where(
            Nomination.competition_id == competition.id,
            Nomination.economy_code.in_(codes),
            Nomination.state != NominationState.WITHDRAWN,
        )
        .options(joinedload(Nomination.economy), joinedload(Nomination.entry))
        .order_by(Nomination.id)
    )


def changed_since(entries: Collection[Entry]) -> set[int]:
    """Return the ids of the entries of which another version was sent after their economy decided."""
    newest = (
        select(EntryVersion.entry_id, func.max(EntryVersion.sent_at).label("sent_at"))
        .where(EntryVersion.entry_id.in_([entry.id for entry in entries]))
        .group_by(EntryVersion.entry_id)
        .subquery()
    )
    statement = select(Entry.id).join(newest, newest.c.entry_id == Entry.id)
    return set(db.session.scalars(statement.where(newest.c.sent_at > Entry.endorsement_at)))


def by_economy(entries: Collection[Entry]) -> dict[str, list[Entry]]:
    """Return entries by the code of their economy."""
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.economy_code].append(entry)
    return found


def export_rows(competition: Competition, names: dict[str, str]) -> Iterator[list[Cell]]:
    """Yield one line for each entry of these economies.

    Args:
        names: code to name of the economies.
    """
    for entry in db.session.scalars(entries_of_economy(competition, names.keys())):
        yield [
            entry.reference,
            names[entry.economy_code],
            entry.title,
            entry.summary,
            entry.organisation_name,
            "; ".join(each.category.label for each in entry.entry_categories),
            entry.state.label,
            entry.endorsement.label,
            entry.preference,
            entry.endorsement_reason,
        ]


def _entries(competition: Competition, codes: Collection[str]) -> Select[Entry]:
    return select(Entry).where(Entry.competition_id == competition.id, Entry.economy_code.in_(codes))
