"""What the published file of results is made from, each in one query."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, load_only

from gtn_events.core.db import db

from ..enums import AssignmentState
from ..models import Assignment, Entry, EntryVersion, Judge, RankingRow, ResultVersion, Round, RoundEntry, Scorecard

ChainRow = tuple[Scorecard, str, int, str]
"""A version, its entry's reference, its judge's number, and why it does not count, empty if it does."""


def cards_in_chain(round_: Round) -> list[ChainRow]:
    """Return all versions of a round in the order of the chain."""
    statement = (
        select(Scorecard, Entry.reference, Judge.number, Assignment.state)
        .join(Assignment, Assignment.id == Scorecard.assignment_id)
        .join(Entry, Entry.id == Assignment.entry_id)
        .join(Judge, Judge.id == Assignment.judge_id)
        .where(Scorecard.round_id == round_.id)
        .order_by(Scorecard.position)
    )
    return [
        (card, reference, number, _left_out(card, state))
        for card, reference, number, state in db.session.execute(statement)
    ]


def ranked_rows(version: ResultVersion) -> list[RankingRow]:
    """Return the rows of a version, best first, with reference and title of the entries."""
    statement = (
        select(RankingRow)
        .where(RankingRow.result_id == version.id)
        .options(
            joinedload(RankingRow.entry).options(
                load_only(Entry.reference, Entry.title, Entry.state, Entry.economy_code)
            )
        )
        .order_by(RankingRow.rank)
    )
    return list(db.session.scalars(statement))


def entry_hashes(round_: Round) -> dict[str, str]:
    """Return the hash on the newest receipt of each entry of a round, by its reference."""
    newest = (
        select(EntryVersion.entry_id, func.max(EntryVersion.number).label("number"))
        .group_by(EntryVersion.entry_id)
        .subquery()
    )
    statement = (
        select(Entry.reference, EntryVersion.sha256)
        .join(RoundEntry, RoundEntry.entry_id == Entry.id)
        .join(newest, newest.c.entry_id == Entry.id)
        .join(EntryVersion, (EntryVersion.entry_id == Entry.id) & (EntryVersion.number == newest.c.number))
        .where(RoundEntry.round_id == round_.id)
    )
    found = db.session.execute(statement).all()
    return {row.reference: row.sha256 for row in found}


def _left_out(card: Scorecard, state: AssignmentState) -> str:
    if card.excluded_at is not None:
        return "excluded"
    if state is not AssignmentState.SUBMITTED:
        return "seat given up"
    return "superseded" if card.superseded else ""
