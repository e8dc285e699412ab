"""Reads of judges: the list, one of them, and what they hold."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload
from werkzeug.datastructures import MultiDict

from gtn_events.core.db import db
from gtn_events.core.economies import economies_in_order
from gtn_events.core.listing import Listing

from ..enums import AssignmentState, ConflictState, JudgeState
from ..models import Assignment, Competition, Conflict, Entry, Judge, Round

SORTS = {"number": Judge.number, "name": Judge.sort_name}


@dataclass(frozen=True)
class SeatCounts:
    """What a judge holds in one round."""

    round: Round
    seats: int
    submitted: int


def read_judge_listing(path: str, args: "MultiDict[str, str]") -> Listing:
    """Return what the address asks of the list of judges."""
    filters = {
        "state": [state.value for state in JudgeState],
        "economy": [each.code for each in economies_in_order()],
    }
    return Listing.read(path, args, sorts=SORTS, default_sort="number", filters=filters, size=50)


def judges_listed(competition: Competition, listing: Listing) -> Select[Judge]:
    """Select the judges that a listing asks for, not ordered."""
    statement = select(Judge).where(Judge.competition_id == competition.id, listing.searched(Judge.search_text))
    if states := listing.chosen("state"):
        statement = statement.where(Judge.state.in_([JudgeState(each) for each in states]))
    if economies := listing.chosen("economy"):
        statement = statement.where(Judge.economy_code.in_(economies))
    return statement.options(joinedload(Judge.economy))


def judge_of(competition: Competition, number: int) -> Select[Judge]:
    """Select one judge of this competition by their number."""
    return select(Judge).where(Judge.competition_id == competition.id, Judge.number == number)


def judge_counts(competition: Competition) -> dict[JudgeState, int]:
    """Return how many judges are in each state; empty states are left out."""
    statement = select(Judge.state, func.count()).where(Judge.competition_id == competition.id).group_by(Judge.state)
    found = dict(db.session.execute(statement).all())
    return {state: found[state] for state in JudgeState if state in found}


def conflict_counts(judge_ids: Collection[int]) -> dict[int, int]:
    """Return how many entries each judge must not see, by the judge's id."""
    statement = (
        select(Conflict.judge_id, func.count(Conflict.entry_id.distinct()))
        .where(Conflict.judge_id.in_(judge_ids), Conflict.state != ConflictState.DISMISSED)
        .group_by(Conflict.judge_id)
    )
    return dict(db.session.execute(statement).all())


def load_counts(judge_ids: Collection[int]) -> dict[int, int]:
    """Return how many seats each judge holds in all rounds, by the judge's id."""
    seats = [state for state in AssignmentState if state.is_seat]
    statement = (
        select(Assignment.judge_id, func.count())
        .where(Assignment.judge_id.in_(judge_ids), Assignment.state.in_(seats))
        .group_by(Assignment.judge_id)
    )
    return dict(db.session.execute(statement).all())


def seats_by_round(judge: Judge) -> list[SeatCounts]:
    """Return what a judge holds in each round, in the order of the rounds."""
    statement = (
        select(Round, Assignment.state, func.count())
        .join(Assignment, Assignment.round_id == Round.id)
        .where(Assignment.judge_id == judge.id)
        .group_by(Round.id, Assignment.state)
        .order_by(Round.number)
    )
    found: dict[Round, list[int]] = {}
    for round_, state, count in db.session.execute(statement):
        counts = found.setdefault(round_, [0, 0])
        counts[0] += count if state.is_seat else 0
        counts[1] += count if state is AssignmentState.SUBMITTED else 0
    return [SeatCounts(round_, *counts) for round_, counts in found.items()]


def conflicts_of_judge(judge: Judge) -> list[Conflict]:
    """Return a judge's conflicts with their entries, those that hold first."""
    statement = (
        select(Conflict)
        .join(Entry, Entry.id == Conflict.entry_id)
        .where(Conflict.judge_id == judge.id)
        .order_by(Conflict.state == ConflictState.DISMISSED, Entry.sort_title)
        .options(joinedload(Conflict.entry))
    )
    return list(db.session.scalars(statement))


def entries_by_id(ids: Collection[int]) -> dict[int, Entry]:
    """Return entries by their ids."""
    return {each.id: each for each in db.session.scalars(select(Entry).where(Entry.id.in_(ids)))}


def economy_names() -> dict[str, str]:
    """Return the short names of the economies by their codes."""
    return {each.code: each.short_name for each in economies_in_order()}
