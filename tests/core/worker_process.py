"""A worker of its own process for the kill test: short leases, a quick sweep, one kind of job.

``python -m tests.core.worker_process [SECONDS BETWEEN SWEEPS [SECONDS OF A LEASE]]`` with the ``GTN_...``
variables of the application under test.
"""

import sys
from datetime import timedelta

from gtn_events.app import create_app
from gtn_events.core import worker
from gtn_events.core.db import db
from gtn_events.core.jobs import JobRun, job_handler, run, running
from gtn_events.core.outbox import delivery, enqueue_mail
from tests.core.samples import ROSA, sample_templates

ITEMS = 40


@job_handler("announce")
def announce(job: JobRun) -> None:
    """Write one mail an item, safe to repeat: the key of each mail is its own."""
    job.set_total(ITEMS)
    for number in range(ITEMS):
        job.check_cancelled()
        key = f"job:{job.params['name']}:{number}"
        enqueue_mail(key, "sample/hello", to=ROSA, context={"forum": key}, now=job.now())
        db.session.commit()
        job.advance()


def main() -> None:
    """Work until killed."""
    sweep, lease = (*sys.argv[1:], *("0.3", "2")[len(sys.argv) - 1 :])
    run.LEASE = running.LEASE = delivery.LEASE = timedelta(seconds=float(lease))
    run.BEAT_SECONDS = 0.2
    worker.SWEEP_SECONDS = float(sweep)
    app = create_app()
    with sample_templates(app):
        worker.run_worker(app, threads=3)


if __name__ == "__main__":
    main()
