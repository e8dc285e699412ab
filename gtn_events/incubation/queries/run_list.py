"""The list of what a run gave everybody: filters, search, sort; the same rows go into the export."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, String, and_, func, select
from sqlalchemy.orm import contains_eager

from gtn_events.core.db import db
from gtn_events.core.exports import Cell
from gtn_events.core.listing import Column, Listing
from gtn_events.core.text import fold

from ..match_words import higher_lines
from ..models import Application, Host, Intake, MatchOutcome, MatchRun, Wish
from .intakes import intakes_of

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

PLACED, WITHOUT = "placed", "without"
SORTS: dict[str, Column] = {
    "title": Application.sort_title,
    # Empty where nobody is placed, which the column itself cannot be.
    "host": func.nullif(Host.sort_name, "", type_=String()),
    "choice": MatchOutcome.choice,
    "rank": MatchOutcome.rank,
}
HEADERS = (
    "Application",
    "Project",
    "Firm",
    "Economy",
    "Sector",
    "Host",
    "Economy of the host",
    "Its choice",
    "Of choices",
    "Rank at the host",
    "Settled before",
    "Why no higher choice",
)
RowSelect = Select[MatchOutcome]


def read_run_listing(path: str, args: "MultiDict[str, str]") -> Listing:
    """Return what the address asks of the list."""
    return Listing.read(path, args, sorts=SORTS, default_sort="host", filters={"show": [PLACED, WITHOUT]}, size=50)


def outcomes_listed(run: MatchRun, listing: Listing) -> RowSelect:
    """Select what the listing leaves, not ordered, with applications and hosts."""
    return _rows(run).where(*_narrowed(listing), *_shown(listing.one("show")))


def counts_of_run(run: MatchRun, listing: Listing) -> dict[str, int]:
    """Return how many have a place and how many have none, under the search."""
    count = func.count(MatchOutcome.intake_id)
    statement = (
        select(count, func.count() - count)
        .select_from(MatchOutcome)
        .join(Application, Application.id == MatchOutcome.application_id)
        .where(MatchOutcome.run_id == run.id, *_narrowed(listing))
    )
    placed, without = db.session.execute(statement).one()
    return {PLACED: placed, WITHOUT: without}


def outcomes_to_tell(run: MatchRun) -> list[MatchOutcome]:
    """Return what is new for its applicants, with their accounts, by host and title; those with no place come last."""
    statement = (
        _rows(run)
        .where(MatchOutcome.settled.is_(False))
        .options(contains_eager(MatchOutcome.application).joinedload(Application.account))
        .order_by(MatchOutcome.intake_id.is_(None), Host.sort_name, Application.sort_title, Application.id)
    )
    return list(db.session.scalars(statement))


def wish_counts(application_ids: Collection[int]) -> dict[int, int]:
    """Return how many hosts each of these applications named."""
    statement = select(Wish.application_id, func.count()).where(Wish.application_id.in_(application_ids))
    return dict(db.session.execute(statement.group_by(Wish.application_id)).all())


def intakes_of_call(run: MatchRun) -> dict[int, Intake]:
    """Return every host's places of the call, also those taken back, by id."""
    return {each.id: each for each in db.session.scalars(intakes_of(run.call))}


def run_rows(run: MatchRun) -> Iterator[list[Cell]]:
    """Yield one line for each application, for an export."""
    intakes = intakes_of_call(run)
    sectors = {each["key"]: each["label"] for each in run.call.sectors}
    wishes = select(func.count()).where(Wish.application_id == Application.id).correlate(Application).scalar_subquery()
    statement = _rows(run).add_columns(wishes).order_by(Host.sort_name, Application.sort_title, Application.id)
    for outcome, wished in db.session.execute(statement.execution_options(yield_per=500)):
        application, intake = outcome.application, outcome.intake
        yield [
            application.reference,
            application.title,
            application.organisation_name,
            application.economy.short_name,
            sectors.get(application.sector, application.sector),
            intake.host.name if intake else None,
            intake.host.economy.short_name if intake else None,
            outcome.choice,
            wished,
            outcome.rank,
            outcome.settled,
            "; ".join(higher_lines(outcome, intakes)),
        ]


def _rows(run: MatchRun) -> RowSelect:
    return (
        select(MatchOutcome)
        .join(MatchOutcome.application)
        .outerjoin(MatchOutcome.intake)
        .outerjoin(Intake.host)
        .where(MatchOutcome.run_id == run.id)
        .options(
            contains_eager(MatchOutcome.application).joinedload(Application.economy),
            contains_eager(MatchOutcome.intake).contains_eager(Intake.host).joinedload(Host.economy),
        )
    )


def _narrowed(listing: Listing) -> list[ColumnElement[bool]]:
    words = listing.search.split()
    return [and_(*(Application.search_text.contains(fold(word), autoescape=True) for word in words))] if words else []


def _shown(show: str) -> list[ColumnElement[Any]]:  # Any: SQL conditions
    if show == PLACED:
        return [MatchOutcome.intake_id.is_not(None)]
    return [MatchOutcome.intake_id.is_(None)] if show == WITHOUT else []
