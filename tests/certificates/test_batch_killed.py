"""A worker is killed in the middle of a batch of certificates: the next one ends it, each document once."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import psutil
import pytest
from sqlalchemy import func, select

from gtn_events.app import create_app
from gtn_events.certificates.batch import KIND
from gtn_events.certificates.models import Certificate, CertificateSeries
from gtn_events.core.db import Base, db
from gtn_events.core.jobs import Job, JobState, enqueue_job
from gtn_events.core.uploads import Upload, upload_path
from tests import databases

from .worker_process import SOURCE

ROOT = Path(__file__).resolve().parents[2]
COUNT = 1200
PATIENCE = 120.0


@pytest.mark.slow
def test_killed_batch_is_ended_by_the_next_worker_with_each_document_once(
    new_database: Callable[[], str], now: datetime, tmp_path: Path
) -> None:
    variables = {
        "GTN_INSTANCE_DIR": str(tmp_path),
        "GTN_SECRET_KEY": "a key for tests only",
        "GTN_DATABASE_URL": new_database(),
        "GTN_JOBS_URL": "memory:",
        "GTN_MAIL_URL": "memory:",
    }
    app = create_app(databases.settings_on(variables["GTN_DATABASE_URL"], instance=tmp_path))
    with app.app_context():
        Base.metadata.create_all(db.engine)
        enqueue_job(KIND, title="Batch", params={"source": SOURCE, "count": COUNT}, actor=None, now=now)
        db.session.commit()
        with _worker(variables) as worker:
            _wait_until(lambda: _done() >= 50)
            printing = psutil.Process(worker.pid).children(recursive=True)
            worker.kill()
            worker.wait()
        killed_at = _done()
        _wait_until(lambda: not any(each.is_running() for each in printing))
        time.sleep(1.5)  # the lease of the killed worker
        with _worker(variables) as worker:
            assert worker.wait(PATIENCE) == 0
        job = db.session.scalars(select(Job)).one()
        found = db.session.scalars(select(Certificate).order_by(Certificate.number)).all()
        next_number = db.session.scalars(select(CertificateSeries.next_number)).one()
        with ZipFile(upload_path(db.session.get_one(Upload, job.result_upload_id))) as archive:
            names, spoilt = archive.namelist(), archive.testzip()
        state = (job.state, job.done, job.attempts, job.failures)
        numbers = [(each.number, each.subject_id) for each in found]
        serials = [each.serial for each in found]
        db.session.remove()
        db.engine.dispose()
    assert 50 <= killed_at < COUNT
    assert len(printing) >= 1
    assert state == (JobState.DONE, COUNT, 2, [])
    assert numbers == [(number, number) for number in range(1, COUNT + 1)]
    assert next_number == COUNT + 1
    assert spoilt is None
    assert [name.rsplit("_", 1)[0] for name in names] == serials


def _done() -> int:
    done = db.session.scalar(select(func.max(Job.done))) or 0
    db.session.rollback()
    return done


def _wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "the worker did not get there in time"
        time.sleep(0.01)


@contextmanager
def _worker(variables: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", "tests.certificates.worker_process"]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **variables}, stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
