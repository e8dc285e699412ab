"""The list of applications: filter, search, sort, choose."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from gtn_events.core import clock
from gtn_events.core.pages import paginate
from gtn_events.core.permissions import Permission, requires
from gtn_events.eligibility.domain.exceptions import unmet

from ...domain.application_rules import findings_of_many
from ...models import Application, Call
from ...queries.applications import (
    ListRow,
    counts_of,
    has_applications,
    list_names,
    overrides_of,
    read_listing,
    rows_of,
    total_of,
)
from .blueprint import blueprint


@blueprint.get("/applications")
@requires(Permission.CALL_APPLICATIONS_SEE)
def applications(call: Call) -> ResponseReturnValue:
    """Show one page of the list as the address asks for it."""
    names = list_names(call)
    listing = read_listing(request.path, request.args, names)
    counts = counts_of(call, listing)
    page = paginate(rows_of(call, listing), listing, tie=Application.id, total=total_of(listing, counts))
    rows = [ListRow(*item) for item in page.items]
    findings, overrides = findings_of_many(call, rows), overrides_of([row.id for row in rows])
    return render_template(
        "incubation/manage/applications.html",
        call=call,
        listing=listing,
        names=names,
        page=page,
        rows=rows,
        broken={row.id: unmet(findings[row.id], overrides[row.id]) for row in rows},
        counts=counts,
        total=sum(counts.values()),
        ever=bool(counts) or has_applications(call),
        now=clock.now(),
    )
