"""The match of a call: what is still missing, the runs made so far, making another, and what changed between two."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.jobs import enqueue_job
from gtn_events.core.permissions import Permission, requires

from ...domain.match_runs import check_ready
from ...domain.match_steps import readiness_of
from ...models import Call, MatchRun
from ...queries.match import MATCH_JOB, moved_between, run_numbered, running_match, runs_of
from ...queries.places import places_of
from .blueprint import blueprint


@blueprint.get("/match")
@requires(Permission.CALL_MATCH)
def match(call: Call) -> ResponseReturnValue:
    """Show what stands before a match, and every run as a version."""
    places = places_of(call)
    return render_template(
        "incubation/manage/match.html",
        call=call,
        readiness=readiness_of(call, now=clock.now()),
        runs=runs_of(call),
        job=running_match(call),
        free=sum(each.free for each in places),
        now=clock.now(),
    )


@blueprint.post("/match")
@requires(Permission.CALL_MATCH)
def match_make(call: Call) -> ResponseReturnValue:
    """Let a worker match the market as it stands, once at a time, and show how far it is."""
    now = clock.now()
    check_ready(call, now=now)
    job = running_match(call)
    if job is None:
        job = enqueue_job(
            MATCH_JOB,
            title=_("Match %(call)s", call=call.title),
            params={"call_id": call.id},
            actor=current_account(),
            now=now,
            scope=call.scope,
            back=(_("Match"), url_for(".match", call=call)),
        )
        db.session.commit()
    return redirect(url_for("jobs.show", job_id=job.id))


@blueprint.get("/match/<int:number>/changes")
@requires(Permission.CALL_MATCH)
def match_changes(call: Call, number: int) -> ResponseReturnValue:
    """Show who is sent elsewhere by a run than by an earlier one; the one before it unless the address says."""
    run = run_or_404(call, number)
    earlier = [each for each in runs_of(call) if each.number < run.number]
    before = _before(earlier, request.args.get("from", 0, type=int))
    return render_template(
        "incubation/manage/match_changes.html",
        call=call,
        run=run,
        before=before,
        earlier=earlier,
        moved=moved_between(before, run) if before else [],
    )


def run_or_404(call: Call, number: int) -> MatchRun:
    """Return a run of the call by its number, or answer 404."""
    return run_numbered(call, number) or abort(404)


def _before(earlier: list[MatchRun], number: int) -> MatchRun | None:
    return next((each for each in earlier if each.number == number), earlier[0] if earlier else None)
