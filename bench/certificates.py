"""CPU and memory of a batch of certificates: ``python bench/certificates.py [COUNT]`` (1,000 when left out).

Runs the real job on a fresh SQLite database in a temporary folder: numbers, journal,
drawing, ZIP. Names are in eight languages in turn. CPU is user + system time of this
process; memory is its resident set after each tenth of the batch.
"""

import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import psutil

from gtn_events.app import create_app
from gtn_events.certificates.batch import KIND, register_batch_source
from gtn_events.certificates.domain import IssueRequest
from gtn_events.certificates.facts import ParticipationFacts, Signatory
from gtn_events.config import load_settings
from gtn_events.core.db import Base, db
from gtn_events.core.economies import ECONOMIES
from gtn_events.core.jobs import enqueue_job, run_due_jobs
from gtn_events.core.jobs.run import JobRun
from gtn_events.core.permissions import Scope
from gtn_events.core.uploads import Upload

NAMES = (
    ("Siriporn", "Wattanakul", "สิริพร วัฒนากุล", "th"),
    ("Thị Hà", "Nguyễn", "", ""),
    ("Mingxuan", "Li", "李明轩", "zh-Hans"),
    ("Yi-Chun", "Chen", "陳怡君", "zh-Hant"),
    ("Min-jun", "Kim", "김민준", "ko"),
    ("Naoki", "Yamada", "山田 直樹", "ja"),
    ("Anna", "Shcherbakova", "Анна Щербакова", "ru"),
    ("María Guadalupe", "Fernández de Córdoba", "", ""),
)
NOW = datetime(2013, 6, 7, 3, 0, tzinfo=UTC)

Mark = tuple[int, float, float]
"""Certificates made, seconds of CPU used, MiB of memory held."""


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings({"GTN_INSTANCE_DIR": folder, "GTN_MAIL_URL": "memory:", "GTN_JOBS_URL": "memory:"})
        with create_app(settings).app_context():
            Base.metadata.create_all(db.engine)
            register_batch_source("bench", requests_of)
            report(run_batch(count))
            db.engine.dispose()


def run_batch(count: int) -> list[Mark]:
    """Run one job of that many certificates and return the marks of its progress."""
    marks: list[Mark] = []
    advance = JobRun.advance

    def watched(self: JobRun, step: int = 1) -> None:
        advance(self, step)
        if self.done % max(count // 10, 1) == 0:
            marks.append(mark(self.done))

    JobRun.advance = watched  # type: ignore[method-assign]  # the bench looks in from outside
    params = {"source": "bench", "count": count}
    job = enqueue_job(KIND, title="Bench", params=params, actor=None, now=NOW)
    db.session.commit()
    marks.append(mark(0))
    run_due_jobs(NOW)
    db.session.refresh(job)
    size = db.session.get_one(Upload, job.result_upload_id).size / 2**20
    print(f"{job.state}: {job.done} certificates, {len(job.failures)} failures, ZIP of {size:.1f} MiB")
    return marks


def mark(done: int) -> Mark:
    process = psutil.Process()
    times = process.cpu_times()
    return done, times.user + times.system, process.memory_info().rss / 2**20


def report(marks: list[Mark]) -> None:
    for (before, cpu_before, _), (done, cpu, memory) in pairwise(marks):
        each = 1000 * (cpu - cpu_before) / (done - before)
        print(f"up to {done:6}: {each:5.1f} ms CPU each, {memory:4.0f} MiB")
    print(f"all together: {1000 * (marks[-1][1] - marks[0][1]) / marks[-1][0]:.1f} ms CPU each")


def requests_of(params: dict[str, Any]) -> Iterator[IssueRequest]:
    """Give certificates of participation, in turn for every economy and script."""
    for subject in range(params["count"]):
        given, family, own, language = NAMES[subject % len(NAMES)]
        rank = subject % len(ECONOMIES) + 1
        facts = ParticipationFacts(
            given_name=given,
            family_name=f"{family} {subject}",
            own_script_name=own,
            own_script_language=language,
            economy_rank=rank,
            economy_name=ECONOMIES[rank - 1].short_name,
            economy_in_sentence=ECONOMIES[rank - 1].in_sentence,
            forum_title="GTN Forum 2013",
            city="Jakarta",
            host_economy_name="Indonesia",
            dates="5 and 6 June 2013",
            role="a delegate",
            rule_met=("Present on both days.", "The certificate asks for one full day."),
            signatories=(Signatory(name="Host", role="Organiser"), Signatory(name="Chair", role="Coordinator")),
            issued_on=date(2013, 6, 7),
        )
        yield IssueRequest(
            series_prefix="P13",
            subject_type="forum_registration",
            subject_id=subject + 1,
            scope=Scope("forum", 1),
            holder_account_id=None,
            facts=facts,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
