"""Lists of placements, of the organiser, a host and an economy: filters, search, counts."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import selectinload

from gtn_events.core.db import db
from gtn_events.core.listing import Listing
from gtn_events.core.text import fold

from ..enums import Light, PlacementState
from ..models import Application, Host, Intake, Placement
from .applications import ListNames
from .placements import whole, with_ends

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

PAGE_SIZE = 50
LATE = "late"
SORTS = {
    "title": Application.sort_title,
    "host": Host.sort_name,
    "economy": Application.economy_code,
    "changed": Placement.state_changed_at,
}
LIVE = (PlacementState.PREPARING, PlacementState.AGREED, PlacementState.RUNNING)
# After an early end, too, something is waited for: the last reports.
WAITING = (*LIVE, PlacementState.ENDED_EARLY)
FIRMS, HOSTS = "firms", "hosts"


def read_listing(path: str, args: "MultiDict[str, str]", names: ListNames) -> Listing:
    """Return what the address asks of the list."""
    return Listing.read(
        path,
        args,
        sorts=SORTS,
        default_sort="title",
        filters={
            "state": [state.value for state in PlacementState],
            "economy": list(names.economies),
            "host": [str(each) for each in names.hosts],
            "light": [LATE, *(light.value for light in Light)],
        },
        size=PAGE_SIZE,
    )


def read_own_listing(path: str, args: "MultiDict[str, str]", *, sides: bool = False) -> Listing:
    """Return what the address asks of the list of a host or an economy, what changed last first.

    Args:
        sides: whether firms and hosts can be told apart, as on an economy's list.
    """
    filters = {"state": [state.value for state in PlacementState], "side": [FIRMS, HOSTS] if sides else []}
    return Listing.read(path, args, sorts=SORTS, default_sort="-changed", filters=filters, size=PAGE_SIZE)


def narrowed(
    within: ColumnElement[bool], listing: Listing, *, only: Collection[int] | None = None, but_state: bool = False
) -> list[ColumnElement[bool]]:
    """Return the conditions of a listing's search and filters.

    Args:
        within: whose list it is; on application, intake or host.
        only: the ids that how it goes and what is late leave over, None for all.
        but_state: leave the states out.
    """
    conditions: list[ColumnElement[bool]] = [within]
    if only is not None:
        conditions.append(Placement.id.in_(only))
    for word in listing.search.split():
        folded = fold(word)
        found = (column.contains(folded, autoescape=True) for column in (Application.search_text, Host.search_text))
        conditions.append(or_(*found))
    if not but_state and (states := listing.chosen("state")):
        conditions.append(Placement.state.in_([PlacementState(state) for state in states]))
    if economies := listing.chosen("economy"):
        conditions.append(or_(Application.economy_code.in_(economies), Host.economy_code.in_(economies)))
    if hosts := listing.chosen("host"):
        conditions.append(Placement.intake_id.in_([int(each) for each in hosts]))
    return conditions


def rows_of(within: ColumnElement[bool], listing: Listing, *, only: Collection[int] | None = None) -> Select[Placement]:
    """Select the placements of the list, narrowed, not ordered, with everything that its rows show."""
    conditions = and_(*narrowed(within, listing, only=only))
    return with_ends().where(conditions).options(*whole(), selectinload(Placement.milestones))


def counts_of(
    within: ColumnElement[bool], listing: Listing, *, only: Collection[int] | None = None
) -> dict[PlacementState, int]:
    """Return how many placements are in each state under the other filters; empty states are left out."""
    statement = (
        select(Placement.state, func.count())
        .join(Placement.application)
        .join(Placement.intake)
        .join(Intake.host)
        .where(*narrowed(within, listing, only=only, but_state=True))
        .group_by(Placement.state)
    )
    found = dict(db.session.execute(statement).all())
    return {state: found[state] for state in PlacementState if state in found}


def total_of(listing: Listing, counts: Mapping[PlacementState, int]) -> int:
    """Return how many the listing matches, from the counts by state."""
    chosen = listing.chosen("state")
    return sum(count for state, count in counts.items() if not chosen or state in chosen)


def has_placements(within: ColumnElement[bool]) -> bool:
    """Say whether a place was ever accepted."""
    joined = select(Placement.id).join(Placement.application).join(Placement.intake).join(Intake.host)
    placed = joined.where(within)
    return bool(db.session.scalar(select(exists(placed))))
