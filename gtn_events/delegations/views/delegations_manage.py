"""The delegations to a forum as its organisers read them: all in one table, and each on a page of its own.

The scope of these addresses is the forum. The desk's own addresses stay with the economy's
coordinators, and nothing here acts for an economy.
"""

from collections.abc import Iterable, Iterator
from datetime import tzinfo

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from gtn_events.accounts.queries.coordinators import coordinators_of
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.exports import Cell, csv_response, xlsx_response
from gtn_events.core.pages import paginate
from gtn_events.core.permissions import Permission, requires
from gtn_events.forum.models import Forum, Registration
from gtn_events.forum.queries.allotments import holder_names
from gtn_events.forum.queries.exchanges import exchanges_of
from gtn_events.forum.queries.standings import next_return, standings
from gtn_events.forum.views.loading import load_organised_forum

from ..enums import NominationState
from ..models import Delegation
from ..queries import people
from ..queries.delegations import Line, lines_of, read_listing
from ..queries.nominations import nominations_of

blueprint = Blueprint("delegations_manage", __name__, url_prefix="/forums/<forum>/manage/delegations")
load_organised_forum(blueprint)

HEADERS = (
    "Economy",
    "Coordinators",
    "Places kept",
    "Kept and free",
    "With a place",
    "Waiting",
    "To answer",
    "Answer due",
    *(f"Nominations: {state.label.lower()}" for state in NominationState),
)


@blueprint.get("")
@requires(Permission.FORUM_REGISTRATIONS_SEE)
def index(forum: Forum) -> ResponseReturnValue:
    """Show the economies as the address asks for them."""
    listing = read_listing(request.path, request.args)
    lines = lines_of(forum, listing)
    return render_template("delegations/manage/index.html", forum=forum, listing=listing, lines=lines, now=clock.now())


@blueprint.get("/export")
@requires(Permission.FORUM_REGISTRATIONS_SEE)
def export(forum: Forum) -> ResponseReturnValue:
    """Send the table as a file, narrowed and ordered as the address says."""
    kind = "xlsx" if request.args.get("format") == "xlsx" else "csv"
    send = xlsx_response if kind == "xlsx" else csv_response
    lines = lines_of(forum, read_listing("", request.args))
    return send(f"{forum.slug}-delegations.{kind}", HEADERS, list(_cells(lines, forum.zone)))


@blueprint.get("/<economy>")
@requires(Permission.FORUM_REGISTRATIONS_SEE)
def show(forum: Forum, economy: str) -> ResponseReturnValue:
    """Show the delegation of one economy, to be read only."""
    delegation = Delegation(forum, db.session.get(Economy, economy) or abort(404))
    places = standings(forum, delegation.code)
    categories = {each.category.id: each.category.label for each in places}
    listing = people.read_listing(request.path, request.args, categories)
    counts = people.counts_by_state(delegation, listing)
    chosen = listing.chosen("state")
    total = sum(count for state, count in counts.items() if not chosen or state in chosen)
    page = paginate(people.rows_of(delegation, listing), listing, tie=Registration.id, total=total)
    pending, due_at = people.waiting_for_economy(delegation)
    return render_template(
        "delegations/manage/show.html",
        forum=forum,
        delegation=delegation,
        coordinators=coordinators_of([delegation.code]).get(delegation.code, []),
        pending=pending,
        due_at=due_at,
        places=places,
        returns_at=next_return(places),
        categories=categories,
        listing=listing,
        counts=counts,
        total=sum(counts.values()),
        page=page,
        people=[people.Person(*item) for item in page.items],
        nominations=nominations_of(delegation),
        exchanges=exchanges_of(forum, [delegation.code]),
        names=holder_names(),
        now=clock.now(),
    )


def _cells(lines: Iterable[Line], zone: tzinfo) -> Iterator[list[Cell]]:
    for line in lines:
        yield [
            line.economy.short_name,
            "; ".join(each.display_name for each in line.coordinators),
            line.kept,
            line.free,
            line.seated,
            line.waiting,
            line.pending,
            line.due_at.astimezone(zone).replace(tzinfo=None) if line.due_at else None,
            *(line.nominations.get(state, 0) for state in NominationState),
        ]
