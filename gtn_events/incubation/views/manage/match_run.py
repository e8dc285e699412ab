"""One run of the match: its figures, who goes where and why not higher, the flows, what stayed empty, the export."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import begin_long_read, db
from gtn_events.core.exports import csv_response, xlsx_response
from gtn_events.core.journal import record
from gtn_events.core.pages import paginate
from gtn_events.core.permissions import Permission, requires
from gtn_events.eligibility.domain.setting import economy_names

from ...enums import RunState
from ...models import Call, MatchOutcome
from ...queries.match import flows_of, runs_of
from ...queries.places import hosts_of_run
from ...queries.run_list import (
    HEADERS,
    counts_of_run,
    intakes_of_call,
    outcomes_listed,
    read_run_listing,
    run_rows,
    wish_counts,
)
from ..flow_pages import flows_shown
from .blueprint import blueprint
from .match import run_or_404


@blueprint.get("/match/<int:number>")
@requires(Permission.CALL_MATCH)
def match_run(call: Call, number: int) -> ResponseReturnValue:
    """Show one run."""
    run = run_or_404(call, number)
    listing = read_run_listing(request.path, request.args)
    counts = counts_of_run(run, listing)
    chosen = listing.one("show")
    total = counts[chosen] if chosen else sum(counts.values())
    page = paginate(outcomes_listed(run, listing), listing, tie=MatchOutcome.id, total=total)
    newest = runs_of(call)[0]
    return render_template(
        "incubation/manage/match_run.html",
        call=call,
        run=run,
        is_newest=run.number == newest.number,
        newest=newest,
        listing=listing,
        counts=counts,
        page=page,
        wishes=wish_counts([each.application_id for each in page.items]),
        intakes=intakes_of_call(run),
        hosts=hosts_of_run(run),
        flows=flows_shown(flows_of(run), economy_names()),
        may_publish=run.state is RunState.PREVIEW and run.number == newest.number,
    )


@blueprint.post("/match/<int:number>/export")
@requires(Permission.CALL_MATCH)
def match_export(call: Call, number: int) -> ResponseReturnValue:
    """Send every pair of a run as a CSV or xlsx file; each export is written to the journal."""
    run = run_or_404(call, number)
    now, changes = clock.now(), {"rows": (None, run.figures["applicants"])}
    record("match exported", call, actor=current_account(), now=now, scope=call.scope, changes=changes)
    db.session.commit()
    begin_long_read()
    name = f"{call.slug}-match-{run.number}"
    if request.form.get("as") == "xlsx":
        return xlsx_response(f"{name}.xlsx", HEADERS, run_rows(run))
    return csv_response(f"{name}.csv", HEADERS, run_rows(run))
