"""Simulating a design in the background: hundreds of rounds of thousands of entries take seconds."""

from typing import Any

from werkzeug.utils import import_string

from gtn_events.core.db import db, snapshot
from gtn_events.core.jobs import JobRun, job_handler
from gtn_events.core.permissions import Permission

from .domain.simulating import keep_answer
from .models import Simulation

SIMULATION = "competition-simulation"


@job_handler(SIMULATION, permission=Permission.COMPETITION_JUDGES_MANAGE)
def simulate(job: JobRun) -> None:
    """Compute what to expect of one design; nothing is left to do when it was taken away meanwhile."""
    # Imported only here: the arithmetic would take the web processes a third of their memory.
    answer_of = import_string("gtn_events.competition.results.simulation:answer_of")
    job.set_total(1)
    with snapshot():
        simulation = db.session.get(Simulation, job.params["simulation_id"])
        design = _design(simulation) if simulation else None
    if design is not None:
        answer = answer_of(seed=job.params["simulation_id"], **design)
        job.check_cancelled()
        if (simulation := db.session.get(Simulation, job.params["simulation_id"])) is not None:
            keep_answer(simulation, answer, now=job.now())
    job.advance()


def _design(simulation: Simulation) -> dict[str, Any]:  # Any: what a plan takes
    whole = {name: getattr(simulation, name) for name in ("entries", "judges", "cards", "shortlist")}
    return whole | {name: float(getattr(simulation, name)) for name in ("quality", "noise", "severity")}
