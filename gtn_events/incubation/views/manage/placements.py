"""The organiser's list of placements: how each goes, what it waits for, what is late; and the list as a file."""

from urllib.parse import parse_qsl

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.exports import csv_response, xlsx_response
from gtn_events.core.journal import record
from gtn_events.core.listing import Listing
from gtn_events.core.pages import paginate
from gtn_events.core.permissions import Permission, requires

from ...domain.placement_export import HEADERS, export_rows
from ...domain.placement_rows import ids_that_go, rows_for
from ...enums import Light
from ...models import Application, Call, Placement
from ...queries.applications import list_names
from ...queries.placement_list import LATE, counts_of, has_placements, read_listing, rows_of, total_of
from .blueprint import blueprint


@blueprint.get("/placements")
@requires(Permission.CALL_PLACEMENTS_MANAGE)
def placements(call: Call) -> ResponseReturnValue:
    """Show one page of the list as the address asks for it."""
    names, now = list_names(call), clock.now()
    listing = read_listing(request.path, request.args, names)
    only = _only(call, listing)
    within = Application.call_id == call.id
    counts = counts_of(within, listing, only=only)
    page = paginate(rows_of(within, listing, only=only), listing, tie=Placement.id, total=total_of(listing, counts))
    return render_template(
        "incubation/manage/placements.html",
        call=call,
        listing=listing,
        names=names,
        page=page,
        rows=rows_for(page.items, now=now),
        counts=counts,
        total=sum(counts.values()),
        lights=list(Light),
        late=len(ids_that_go(call, [LATE], now=now)),
        ever=bool(counts) or has_placements(within),
    )


@blueprint.post("/placements/export")
@requires(Permission.CALL_PLACEMENTS_MANAGE)
def placements_export(call: Call) -> ResponseReturnValue:
    """Send what the list shows as a file; each export is written to the journal."""
    args: MultiDict[str, str] = MultiDict(parse_qsl(request.form.get("list", "")))
    listing, now = read_listing("", args, list_names(call)), clock.now()
    chosen = rows_of(Application.call_id == call.id, listing, only=_only(call, listing))
    statement = chosen.order_by(Application.sort_title, Placement.id)
    rows = list(export_rows(rows_for(db.session.scalars(statement), now=now)))
    changes = {"rows": (None, len(rows))}
    record("list exported", call, actor=current_account(), now=now, scope=call.scope, changes=changes)
    name = f"{call.slug}-placements"
    db.session.commit()
    if request.form.get("format") == "xlsx":
        return xlsx_response(f"{name}.xlsx", HEADERS, rows)
    return csv_response(f"{name}.csv", HEADERS, rows)


def _only(call: Call, listing: Listing) -> set[int] | None:
    chosen = listing.chosen("light")
    return ids_that_go(call, chosen, now=clock.now()) if chosen else None
