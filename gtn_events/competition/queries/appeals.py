"""Reads of appeals: the organiser's list, one of them, those of an entry, and who took part in what is appealed."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload
from werkzeug.datastructures import MultiDict

from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.core.listing import Listing

from ..enums import AppealState, AssignmentState
from ..models import Amendment, Appeal, Assignment, Competition, Conflict, Entry, Judge, Round, Scorecard
from .judging import FORBIDDING

SORTS = {"sent": Appeal.sent_at, "entry": Entry.sort_title, "changed": Appeal.state_changed_at}
SHOWN = tuple(state for state in AppealState if state is not AppealState.DRAFT)
WAITING = (AppealState.RECEIVED, AppealState.ASSIGNED)
UPHELD = tuple(state for state in AppealState if state.is_upheld)
DECIDED_BY = ("round decided", "decision revised", "entry promoted")
FOUND_INELIGIBLE = "entry found not eligible"


def appeals_of_entry(entry: Entry) -> list[Appeal]:
    """Return the appeals of an entry, drafts and withdrawn ones too, the newest first."""
    statement = (
        select(Appeal)
        .where(Appeal.entry_id == entry.id)
        .options(joinedload(Appeal.round), joinedload(Appeal.upload))
        .order_by(Appeal.id.desc())
    )
    return list(db.session.scalars(statement))


def live_appeal(entry: Entry, subject: str) -> Appeal | None:
    """Return the one appeal of an entry against a decision that was not withdrawn."""
    found: Appeal | None = db.session.scalar(
        select(Appeal).where(
            Appeal.entry_id == entry.id, Appeal.subject == subject, Appeal.state != AppealState.WITHDRAWN
        )
    )
    return found


def read_appeal_listing(path: str, args: "MultiDict[str, str]") -> Listing:
    """Return what the address asks of the list of appeals."""
    return Listing.read(
        path, args, sorts=SORTS, default_sort="sent", filters={"state": [state.value for state in SHOWN]}
    )


def appeals_listed(competition: Competition, listing: Listing) -> Select[Appeal]:
    """Select the appeals that a listing asks for, with entry, round and decider, not ordered."""
    statement = _sent(competition).where(listing.searched(Entry.search_text))
    if states := listing.chosen("state"):
        statement = statement.where(Appeal.state.in_([AppealState(each) for each in states]))
    return statement


def appeal_of(competition: Competition, appeal_id: int) -> Select[Appeal]:
    """Select one appeal of this competition that was sent."""
    return _sent(competition).where(Appeal.id == appeal_id)


def appeal_counts(competition: Competition) -> dict[AppealState, int]:
    """Return how many appeals are in each state; empty states and drafts are left out."""
    statement = (
        select(Appeal.state, func.count())
        .where(Appeal.competition_id == competition.id, Appeal.state.in_(SHOWN))
        .group_by(Appeal.state)
    )
    found = dict(db.session.execute(statement).all())
    return {state: found[state] for state in SHOWN if state in found}


def open_corrections(competition: Competition) -> list[Appeal]:
    """Return the upheld appeals about rounds for which nobody has said yet that all is put right."""
    statement = select(Appeal).where(
        Appeal.competition_id == competition.id,
        Appeal.round_id.is_not(None),
        Appeal.state.in_(UPHELD),
        Appeal.carried_out_at.is_(None),
    )
    return list(db.session.scalars(statement))


def amendments_of(competition: Competition) -> Sequence[Amendment]:
    """Return the corrections of published results in their order."""
    statement = select(Amendment).where(Amendment.competition_id == competition.id).order_by(Amendment.number)
    return db.session.scalars(statement).all()


def cards_about(appeal: Appeal) -> list[tuple[Judge, Scorecard]]:
    """Return the newest scorecards of the entry in the round that is appealed, excluded ones too."""
    statement = (
        select(Judge, Scorecard)
        .join(Assignment, Assignment.judge_id == Judge.id)
        .join(Scorecard, Scorecard.assignment_id == Assignment.id)
        .where(
            Assignment.round_id == appeal.round_id,
            Assignment.entry_id == appeal.entry_id,
            Assignment.state == AssignmentState.SUBMITTED,
            Scorecard.superseded.is_(False),
        )
        .order_by(Judge.number)
    )
    return [(judge, card) for judge, card in db.session.execute(statement)]


def took_part(appeal: Appeal) -> dict[int, str]:
    """Return the accounts that may not decide an appeal, each with the reason in a sentence."""
    seats = (
        select(Judge.account_id)
        .join(Assignment, Assignment.judge_id == Judge.id)
        .where(Assignment.entry_id == appeal.entry_id, Assignment.state != AssignmentState.PLANNED)
    )
    tied = (
        select(Judge.account_id)
        .join(Conflict, Conflict.judge_id == Judge.id)
        .where(Conflict.entry_id == appeal.entry_id, Conflict.state.in_(FORBIDDING))
    )
    found = dict.fromkeys(_actors(appeal), "They took the decision that is appealed.")
    found |= dict.fromkeys(_excluders(appeal), "They excluded a scorecard of this entry.")
    found |= dict.fromkeys(db.session.scalars(tied), "They have a conflict of interest with this entry.")
    found |= dict.fromkeys(db.session.scalars(seats), "They judged this entry.")
    return found | {appeal.entry.account_id: "It is their own entry."}


def _actors(appeal: Appeal) -> list[int]:
    about = (appeal.round, DECIDED_BY) if appeal.round else (appeal.entry, (FOUND_INELIGIBLE,))
    statement = select(JournalEntry.actor_id).where(
        JournalEntry.subject_type == about[0].__tablename__,
        JournalEntry.subject_id == about[0].id,
        JournalEntry.action.in_(about[1]),
        JournalEntry.actor_id.is_not(None),
    )
    return list(db.session.scalars(statement))


def _excluders(appeal: Appeal) -> list[int]:
    statement = (
        select(Scorecard.excluded_by_id, Scorecard.exclusion_confirmed_by_id)
        .join(Assignment, Assignment.id == Scorecard.assignment_id)
        .where(Assignment.entry_id == appeal.entry_id, Scorecard.round_id == appeal.round_id)
    )
    return [each for row in db.session.execute(statement) for each in row if each is not None]


def _sent(competition: Competition) -> Select[Appeal]:
    return (
        select(Appeal)
        .join(Appeal.entry)
        .outerjoin(Round, Round.id == Appeal.round_id)
        .where(Appeal.competition_id == competition.id, Appeal.state.in_(SHOWN))
        .options(
            contains_eager(Appeal.entry).options(joinedload(Entry.account), joinedload(Entry.economy)),
            contains_eager(Appeal.round),
            joinedload(Appeal.decider),
            joinedload(Appeal.upload),
        )
    )
