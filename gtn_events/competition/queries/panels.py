"""Reads of the assignment page: the round's entries as a list, and jobs that work on it."""

from collections.abc import Collection

from sqlalchemy import Select, select
from werkzeug.datastructures import MultiDict

from gtn_events.core.db import db
from gtn_events.core.jobs import Job, JobState
from gtn_events.core.listing import Listing

from ..enums import EntryState
from ..models import Competition, Entry, Round, RoundEntry

SORTS = {"title": Entry.sort_title, "reference": Entry.reference}
SHORT, ANCHORED, PLANNED = "short", "anchor", "planned"


def read_panel_listing(path: str, args: "MultiDict[str, str]") -> Listing:
    """Return what the address asks of the list of panels; ``round`` is kept in it."""
    rounds = [value for value in args.getlist("round") if value.isdecimal()]
    return Listing.read(
        path,
        args,
        sorts=SORTS,
        default_sort="title",
        filters={"show": (SHORT, ANCHORED, PLANNED), "round": rounds},
    )


def panels_listed(round_: Round, listing: Listing, *, only: Collection[int] | None) -> Select[Entry]:
    """Select the admitted entries whose panels a listing asks for, not ordered; ``only`` narrows them to some ids."""
    inside = select(RoundEntry.entry_id).where(RoundEntry.round_id == round_.id)
    statement = select(Entry).where(
        Entry.id.in_(inside), Entry.state == EntryState.ADMITTED, listing.searched(Entry.search_text)
    )
    return statement if only is None else statement.where(Entry.id.in_(only))


def chosen_round(competition: Competition, number: int | None) -> Round | None:
    """Return the round with a number; without one the first that is not decided, else the last."""
    statement = select(Round).where(Round.competition_id == competition.id).order_by(Round.number)
    rounds = list(db.session.scalars(statement))
    if number is not None:
        return next((each for each in rounds if each.number == number), None)
    return next((each for each in rounds if each.state in {"planned", "open"}), rounds[-1] if rounds else None)


def running_job(round_: Round, kinds: Collection[str]) -> Job | None:
    """Return a job of these kinds that works on the round or waits to; the newest."""
    statement = (
        select(Job)
        .where(
            Job.kind.in_(kinds),
            Job.scope_kind == round_.scope.kind,
            Job.scope_id == round_.scope.id,
            Job.state.in_([JobState.QUEUED, JobState.RUNNING]),
        )
        .order_by(Job.id.desc())
    )
    return next((job for job in db.session.scalars(statement) if job.params.get("round_id") == round_.id), None)
