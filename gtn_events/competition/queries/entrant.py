"""What one person has in one competition: drafts, entries and their versions."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from ..models import Entry, EntryCategory, EntryDraft, EntryMember


def drafts_of(*, competition_id: int, account_id: int) -> Select[EntryDraft]:
    """Select a person's drafts of new entries, the one saved last first."""
    return (
        select(EntryDraft)
        .where(
            EntryDraft.competition_id == competition_id,
            EntryDraft.account_id == account_id,
            EntryDraft.entry_id.is_(None),
        )
        .order_by(EntryDraft.saved_at.desc(), EntryDraft.id.desc())
    )


def draft_of(draft_id: int, *, competition_id: int, account_id: int) -> Select[EntryDraft]:
    """Select one draft of this person, of a new entry or of a change."""
    return select(EntryDraft).where(
        EntryDraft.id == draft_id,
        EntryDraft.competition_id == competition_id,
        EntryDraft.account_id == account_id,
    )


def change_draft_of(entry: Entry) -> Select[EntryDraft]:
    """Select the draft in which an entry is being changed."""
    return select(EntryDraft).where(EntryDraft.entry_id == entry.id)


def entries_of(*, competition_id: int, account_id: int) -> Select[Entry]:
    """Select a person's entries, the newest first."""
    return (
        select(Entry)
        .where(Entry.competition_id == competition_id, Entry.account_id == account_id)
        .options(joinedload(Entry.economy), selectinload(Entry.versions))
        .order_by(Entry.submitted_at.desc(), Entry.id.desc())
    )


def count_entries_of(*, competition_id: int, account_id: int) -> Select[int]:
    """Select how many entries a person has sent."""
    return select(func.count()).where(Entry.competition_id == competition_id, Entry.account_id == account_id)


def entry_of(reference: str, *, competition_id: int, account_id: int) -> Select[Entry]:
    """Select one entry of this person with everything its page shows."""
    return (
        select(Entry)
        .where(
            Entry.reference == reference,
            Entry.competition_id == competition_id,
            Entry.account_id == account_id,
        )
        .options(
            joinedload(Entry.competition),
            joinedload(Entry.economy),
            joinedload(Entry.answer_set),
            selectinload(Entry.versions),
            selectinload(Entry.members).joinedload(EntryMember.economy),
            selectinload(Entry.entry_categories).joinedload(EntryCategory.category),
        )
    )
