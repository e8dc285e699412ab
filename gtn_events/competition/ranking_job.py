"""Computing a ranking in the background: draws for thousands of entries take seconds."""

from werkzeug.utils import import_string

from gtn_events.accounts.models import Account
from gtn_events.core.db import db, snapshot
from gtn_events.core.jobs import JobRun, job_handler
from gtn_events.core.permissions import Permission

from .domain.ranking import Computed, keep_result, ranking_task
from .models import Round

RANKING = "competition-ranking"


@job_handler(RANKING, permission=Permission.COMPETITION_RESULTS_SEE)
def make_ranking(job: JobRun) -> None:
    """Compute the ranking of one round and keep it as a version."""
    # Imported only here: the arithmetic would take the web processes a third of their memory.
    compute = import_string("gtn_events.competition.results.ranking:compute_ranking")
    job.set_total(1)
    # As a reader: nobody waits for a lock while the totals are drawn.
    with snapshot():
        round_ = db.session.get_one(Round, job.params["round_id"])
        task = ranking_task(round_, chair=job.params.get("chair", ()))
        head, length = round_.chain_head, round_.chain_length
    ranking = compute(task)
    job.check_cancelled()
    computed = Computed(ranking.rows, ranking.facts, head, length)
    actor = db.session.get(Account, job.owner_id) if job.owner_id is not None else None
    round_ = db.session.get_one(Round, job.params["round_id"])
    keep_result(round_, computed, reason=job.params.get("reason", ""), actor=actor, now=job.now())
    job.advance()
