"""The list of applications: filter, search, sort, choose."""

from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from gtn_events.core import clock
from gtn_events.core.listing import Listing
from gtn_events.core.pages import paginate
from gtn_events.core.permissions import Permission, requires

from ...enums import ApplicationState
from ...models import Application, Call
from ...queries.applications import (
    ListRow,
    counts_of,
    has_applications,
    list_names,
    read_listing,
    rows_of,
    total_of,
)
from .blueprint import blueprint


@dataclass(frozen=True)
class StateChip:
    """One state to narrow the list to, with how many it holds."""

    state: ApplicationState
    count: int
    url: str
    chosen: bool


@blueprint.get("/applications")
@requires(Permission.CALL_APPLICATIONS_SEE)
def applications(call: Call) -> ResponseReturnValue:
    """Show one page of the list as the address asks for it."""
    names = list_names(call)
    listing = read_listing(request.path, request.args, names)
    counts = counts_of(call, listing)
    page = paginate(rows_of(call, listing), listing, tie=Application.id, total=total_of(listing, counts))
    return render_template(
        "incubation/manage/applications.html",
        call=call,
        listing=listing,
        names=names,
        page=page,
        rows=[ListRow(*item) for item in page.items],
        chips=_chips(listing, counts),
        total=sum(counts.values()),
        ever=bool(counts) or has_applications(call),
        now=clock.now(),
    )


def _chips(listing: Listing, counts: dict[ApplicationState, int]) -> list[StateChip]:
    chosen = listing.chosen("state")
    return [
        StateChip(state, count, listing.filter_url("state", state.value), state.value in chosen)
        for state, count in counts.items()
    ]
