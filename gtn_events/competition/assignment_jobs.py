"""Assigning judges in the background. The solver is loaded when a job runs, never by a web process."""

from werkzeug.utils import import_string

from gtn_events.accounts.models import Account
from gtn_events.core.db import db, snapshot
from gtn_events.core.jobs import JobRun, job_handler
from gtn_events.core.permissions import Permission

from .domain.conflicts import derive_conflicts
from .domain.panel_facts import panel_facts, require_both_sides
from .domain.plan import apply_plan, require_assignable, write_plan
from .models import Round

ASSIGNMENT = "competition-assignment"
WHAT_IF = "competition-what-if"
PLANNING = "gtn_events.competition.domain.planning"


@job_handler(ASSIGNMENT, permission=Permission.COMPETITION_JUDGES_MANAGE)
def assign_round(job: JobRun) -> None:
    """Look for conflicts, compute the panels of a round and keep them; a second run gives the same."""
    job.set_total(1)
    round_ = db.session.get_one(Round, job.params["round_id"])
    actor = db.session.get(Account, job.owner_id) if job.owner_id is not None else None
    require_assignable(round_)
    derive_conflicts(round_.competition, actor=actor, now=job.now())
    db.session.commit()
    job.check_cancelled()
    # As a reader: solving takes seconds, in which a writer would keep everybody else from writing.
    with snapshot():
        facts = panel_facts(round_)
    require_both_sides(facts)
    planned = import_string(f"{PLANNING}:plan_panels")(facts, seed=job.params["round_id"], now=job.now())
    job.check_cancelled()
    apply_plan(round_, planned.seats, planned.plan, actor=actor, now=job.now())
    job.advance()


@job_handler(WHAT_IF, permission=Permission.COMPETITION_JUDGES_MANAGE)
def try_departure(job: JobRun) -> None:
    """Compute what would be if a judge left, and keep the answer beside the plan; nothing else changes."""
    job.set_total(1)
    with snapshot():
        round_ = db.session.get_one(Round, job.params["round_id"])
        facts, plan = panel_facts(round_), dict(round_.plan)
    judge_id = job.params["judge_id"]
    if judge_id in facts.judges:
        departure = import_string(f"{PLANNING}:departure_of")
        plan["what_if"] = departure(facts, judge_id, seed=job.params["round_id"], now=job.now())
        write_plan(round_, plan)
    job.advance()
