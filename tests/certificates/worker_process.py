"""A worker of its own process for the kill test: one batch of certificates, printed by processes of their own.

``python -m tests.certificates.worker_process COUNT`` with the ``GTN_...`` variables of the application under test.
"""

import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from gtn_events.app import create_app
from gtn_events.certificates.batch import register_batch_source
from gtn_events.certificates.domain import IssueRequest
from gtn_events.core import clock
from gtn_events.core.jobs import run, run_due_jobs, running

from .examples import issue_request

SOURCE = "kill test"


def requests_of(params: dict[str, Any]) -> Iterator[IssueRequest]:
    """Give every subject a certificate."""
    for subject in range(1, params["count"] + 1):
        yield issue_request(subject, family_name=f"Wattanakul {subject}")


def main() -> None:
    """Do what is due, once."""
    run.LEASE = running.LEASE = timedelta(seconds=1)
    run.BEAT_SECONDS = 0.1
    app = create_app()
    register_batch_source(SOURCE, requests_of)
    with app.app_context():
        run_due_jobs(clock.now(), clock=clock.now)
        sys.stdout.write("over\n")


if __name__ == "__main__":
    main()
