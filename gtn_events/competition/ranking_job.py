"""Computing a ranking in the background: draws for thousands of entries take seconds."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from werkzeug.utils import import_string

from gtn_events.accounts.models import Account
from gtn_events.core.db import db, snapshot
from gtn_events.core.exports import csv_chunks
from gtn_events.core.jobs import JobRun, job_handler
from gtn_events.core.permissions import Permission

from .domain.ranking import Computed, keep_result, ranking_task, review_task
from .models import Round, Scorecard
from .queries.ranking import latest_version
from .results.ranking_records import Ranked

RANKING = "competition-ranking"
EFFECT = "competition-exclusion-effect"
HEADERS = ("entry", "rank with", "total with", "rank without", "total without")


@job_handler(RANKING, permission=Permission.COMPETITION_RESULTS_SEE)
def make_ranking(job: JobRun) -> None:
    """Compute the ranking of one round and keep it as a version."""
    # Imported only here: the arithmetic would take the web processes a third of their memory.
    rank_and_review = import_string("gtn_events.competition.results.reviewed:rank_and_review")
    job.set_total(1)
    # As a reader: nobody waits for a lock while the totals are drawn.
    with snapshot():
        round_ = db.session.get_one(Round, job.params["round_id"])
        task = ranking_task(round_, chair=job.params.get("chair", ()))
        cards, scales = review_task(round_)
        head, length = round_.chain_head, round_.chain_length
    ranking = rank_and_review(task, cards, scales)
    job.check_cancelled()
    computed = Computed(ranking.rows, ranking.facts, head, length)
    actor = db.session.get(Account, job.owner_id) if job.owner_id is not None else None
    round_ = db.session.get_one(Round, job.params["round_id"])
    reason, appeal_id = job.params.get("reason", ""), job.params.get("appeal_id")
    keep_result(round_, computed, reason=reason, actor=actor, now=job.now(), appeal_id=appeal_id)
    job.advance()


@job_handler(EFFECT, permission=Permission.COMPETITION_INTEGRITY_SEE)
def make_effect(job: JobRun) -> None:
    """Write down the ranking of a round with and without one scorecard; nothing is kept but the file."""
    compute = import_string("gtn_events.competition.results.ranking:compute_ranking")
    job.set_total(2)
    with snapshot():
        card = db.session.get_one(Scorecard, job.params["scorecard_id"])
        version = latest_version(card.round)
        chair = version.facts["chair"] if version else []
        tasks = [ranking_task(card.round, chair=chair, without=ids) for ids in ([], [card.id])]
        name = f"round-{card.round.number}-without-scorecard-{card.position}.csv"
    rankings = []
    for task in tasks:
        job.check_cancelled()
        rankings.append({row.key: row for row in compute(task).rows})
        job.advance()
    with tempfile.NamedTemporaryFile(suffix=".csv", delete=False) as file:
        file.writelines(csv_chunks(HEADERS, _beside(*rankings)))
    job.save_result(name, "text/csv", Path(file.name))


def _beside(whole: Mapping[str, Ranked], without: Mapping[str, Ranked]) -> Iterator[list[str | int]]:
    for key, row in whole.items():
        other = without.get(key)
        yield [key, row.rank, str(row.total), *([other.rank, str(other.total)] if other else ["", ""])]
