"""The organiser's list of entries: what it asks, shows and counts; and one entry with everything."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.datastructures import MultiDict

from gtn_events.core.db import db
from gtn_events.core.economies import economies_in_order
from gtn_events.core.listing import Listing
from gtn_events.core.text import fold
from gtn_events.questionnaire.models import Answer, AnswerSet

from ..enums import Endorsement, EntryState
from ..models import Competition, CompetitionCategory, Entry, EntryCategory, EntryMember, EntryVersion

SORTS = {"title": Entry.sort_title, "sent": Entry.submitted_at, "changed": Entry.state_changed_at}
PAGE_SIZE = 25
BATCH = 1_000
RowSelect = Select[*tuple[Any, ...]]  # Any: columns of many types; ListRow names them


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of the list, read as columns: the page never builds whole entries."""

    id: int
    reference: str
    title: str
    organisation_name: str
    organisation_size: str
    founded_in: int | None
    economy_code: str
    account_id: int
    answer_set_id: int
    state: EntryState
    submitted_at: datetime
    state_changed_at: datetime
    extended_until: datetime | None
    endorsement: Endorsement


ROW_COLUMNS = (
    Entry.id,
    Entry.reference,
    Entry.title,
    Entry.organisation_name,
    Entry.organisation_size,
    Entry.founded_in,
    Entry.economy_code,
    Entry.account_id,
    Entry.answer_set_id,
    Entry.state,
    Entry.submitted_at,
    Entry.state_changed_at,
    Entry.extended_until,
    Entry.endorsement,
)


@dataclass(frozen=True)
class ListNames:
    """The words behind the codes of a list, read once a page."""

    categories: Mapping[int, str]
    economies: Mapping[str, str]


def list_names(competition: Competition) -> ListNames:
    """Return the names of the competition's categories and of the economies, in their orders."""
    categories = (
        select(CompetitionCategory.id, CompetitionCategory.label)
        .where(CompetitionCategory.competition_id == competition.id)
        .order_by(CompetitionCategory.position, CompetitionCategory.id)
    )
    return ListNames(
        categories=dict(db.session.execute(categories).all()),
        economies={each.code: each.short_name for each in economies_in_order()},
    )


def read_listing(path: str, args: "MultiDict[str, str]", names: ListNames) -> Listing:
    """Return what the address asks of the list."""
    return Listing.read(
        path,
        args,
        sorts=SORTS,
        default_sort="title",
        filters={
            "state": [state.value for state in EntryState],
            "category": [str(each) for each in names.categories],
            "economy": list(names.economies),
            "endorsement": [each.value for each in Endorsement],
        },
        size=PAGE_SIZE,
    )


def narrowed(competition: Competition, listing: Listing, *, but_state: bool = False) -> list[ColumnElement[bool]]:
    """Return the conditions of a listing's search and filters; ``but_state`` leaves the states out."""
    conditions: list[ColumnElement[bool]] = [Entry.competition_id == competition.id]
    if listing.search:
        words = listing.search.split()
        conditions.append(and_(*(Entry.search_text.contains(fold(word), autoescape=True) for word in words)))
    if not but_state and (states := listing.chosen("state")):
        conditions.append(Entry.state.in_([EntryState(state) for state in states]))
    if endorsements := listing.chosen("endorsement"):
        conditions.append(Entry.endorsement.in_([Endorsement(each) for each in endorsements]))
    if economies := listing.chosen("economy"):
        conditions.append(Entry.economy_code.in_(economies))
    if categories := listing.chosen("category"):
        chosen = EntryCategory.category_id.in_([int(each) for each in categories])
        conditions.append(exists().where(EntryCategory.entry_id == Entry.id, chosen))
    return conditions


def rows_of(competition: Competition, listing: Listing) -> RowSelect:
    """Select the list's columns, narrowed, not ordered; each row makes a ``ListRow``."""
    return select(*ROW_COLUMNS).where(*narrowed(competition, listing))


def counts_of(competition: Competition, listing: Listing) -> dict[EntryState, int]:
    """Return how many entries are in each state under the other filters; empty states are left out."""
    statement = (
        select(Entry.state, func.count()).where(*narrowed(competition, listing, but_state=True)).group_by(Entry.state)
    )
    found = dict(db.session.execute(statement).all())
    return {state: found[state] for state in EntryState if state in found}


def total_of(listing: Listing, counts: Mapping[EntryState, int]) -> int:
    """Return how many the listing matches, from the counts by state."""
    chosen = listing.chosen("state")
    return sum(count for state, count in counts.items() if not chosen or state in chosen)


def has_entries(competition: Competition) -> bool:
    """Say whether anything was ever sent."""
    return bool(db.session.scalar(select(exists().where(Entry.competition_id == competition.id))))


def categories_of(entry_ids: Collection[int]) -> Mapping[int, list[int]]:
    """Return the ids of the categories in which each entry stands, in their order."""
    statement = (
        select(EntryCategory.entry_id, EntryCategory.category_id)
        .join(CompetitionCategory, CompetitionCategory.id == EntryCategory.category_id)
        .where(EntryCategory.entry_id.in_(entry_ids))
        .order_by(CompetitionCategory.position, CompetitionCategory.id)
    )
    found: defaultdict[int, list[int]] = defaultdict(list)
    for entry_id, category_id in db.session.execute(statement):
        found[entry_id].append(category_id)
    return found


def overrides_of(entry_ids: Collection[int]) -> dict[int, dict[str, Any]]:  # Any: see Entry
    """Return which rules each of these entries may break; a list cannot page over rows that hold JSON."""
    statement = select(Entry.id, Entry.eligibility_override).where(Entry.id.in_(entry_ids))
    return dict(db.session.execute(statement).all())


def ids_of(competition: Competition, listing: Listing) -> list[int]:
    """Return the ids of everything the listing matches, what was sent first first."""
    statement = select(Entry.id).where(*narrowed(competition, listing)).order_by(Entry.submitted_at, Entry.id)
    return list(db.session.scalars(statement))


def entries_among(competition: Competition, ids: Iterable[int]) -> Iterator[Entry]:
    """Yield this competition's entries among the ids with their accounts, in the order of the ids."""
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), BATCH):
        part = wanted[start : start + BATCH]
        statement = (
            select(Entry)
            .where(Entry.competition_id == competition.id, Entry.id.in_(part))
            .options(joinedload(Entry.account))
        )
        found = {entry.id: entry for entry in db.session.scalars(statement)}
        yield from (found[each] for each in part if each in found)


def entry_of(competition: Competition, reference: str) -> Select[Entry]:
    """Select one entry of this competition by its number, with everything that its page shows."""
    return (
        select(Entry)
        .where(Entry.competition_id == competition.id, Entry.reference == reference)
        .options(
            joinedload(Entry.account),
            joinedload(Entry.economy),
            joinedload(Entry.answer_set).joinedload(AnswerSet.version),
            selectinload(Entry.members).joinedload(EntryMember.economy),
            selectinload(Entry.entry_categories).joinedload(EntryCategory.category),
            selectinload(Entry.versions).joinedload(EntryVersion.declaration_text),
        )
    )


def file_of(entry: Entry, upload_id: int) -> Select[int | None]:
    """Select the id of a file that one of the entry's answers holds now."""
    return select(Answer.upload_id).where(Answer.answer_set_id == entry.answer_set_id, Answer.upload_id == upload_id)
