"""Many certificates as one job."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from flask import current_app
from pypdf import PdfReader
from sqlalchemy import select

from gtn_events.certificates import batch
from gtn_events.certificates.batch import KIND, file_name, register_batch_source
from gtn_events.certificates.domain import IssueRequest
from gtn_events.certificates.enums import CertificateKind
from gtn_events.certificates.models import Certificate
from gtn_events.core.db import db
from gtn_events.core.jobs import Job, JobState, cancel_job, enqueue_job, run_due_jobs
from gtn_events.core.pdf import DocumentPage
from gtn_events.core.uploads import Upload, remove_orphans, upload_path
from gtn_events.designs.enums import Orientation
from gtn_events.designs.keeping import keep_design
from tests.factories import make_account

from .designs import full_design, kept_pictures
from .examples import FORUM, issue_request


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A source that gives the subjects named in the parameters; subject 13 has a name that cannot be printed."""
    monkeypatch.setattr(batch, "_sources", {})

    def requests_of(params: dict[str, Any]) -> Iterable[IssueRequest]:
        for subject in params["subjects"]:
            yield issue_request(subject, family_name="Crab \U0001f980" if subject == 13 else f"Wattanakul {subject}")

    register_batch_source("trial", requests_of)
    return iter([None])


def _run(subjects: list[int], now: datetime, *, actor: Any = None) -> Job:
    job = enqueue_job(
        KIND, title="Certificates", params={"source": "trial", "subjects": subjects}, actor=actor, now=now
    )
    db.session.commit()
    run_due_jobs(now)
    db.session.refresh(job)
    return job


def _zip_of(job: Job) -> ZipFile:
    return ZipFile(upload_path(db.session.get_one(Upload, job.result_upload_id)))


def _files() -> set[Path]:
    return {path for path in Path(current_app.instance_path).rglob("*") if path.is_file()}


def test_a_batch_issues_all_and_packs_them_into_one_zip(database: None, source: None, now: datetime) -> None:
    job = _run([1, 2, 3], now)

    assert (job.state, job.total, job.done, job.failures) == (JobState.DONE, 3, 3, [])
    serials = db.session.scalars(select(Certificate.serial).order_by(Certificate.number)).all()
    with _zip_of(job) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [f"{serial}_WATTANAKUL-{n}.pdf" for n, serial in enumerate(serials, start=1)]
        assert all(archive.read(name).startswith(b"%PDF-") for name in archive.namelist())


def test_one_person_who_cannot_be_printed_does_not_stop_the_others(database: None, source: None, now: datetime) -> None:
    job = _run([1, 13, 2], now)

    assert (job.state, job.done) == (JobState.DONE, 3)
    assert [failure.split(":")[0] for failure in job.failures] == ["Siriporn CRAB \U0001f980"]
    assert "no font has “\U0001f980” (crab, U+1F980)" in job.failures[0]
    with _zip_of(job) as archive:
        assert len(archive.namelist()) == 2


def test_a_second_run_issues_nothing_new_and_gives_the_same_bytes(database: None, source: None, now: datetime) -> None:
    digests = []
    for _ in range(2):
        job = _run([1, 2], now)
        path = upload_path(db.session.get_one(Upload, job.result_upload_id))
        digests.append(sha256(path.read_bytes()).hexdigest())

    assert digests[0] == digests[1]
    assert db.session.scalars(select(Certificate.number).order_by(Certificate.number)).all() == [1, 2]


def test_a_cancelled_batch_keeps_what_was_issued_and_leaves_no_file(
    database: None, source: None, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, before = batch.certificate_page, _files()

    def cancel_after_the_first_part(certificate: Certificate, **given: Any) -> DocumentPage:
        for job in db.session.scalars(select(Job).where(Job.state == JobState.RUNNING)).all():
            cancel_job(job, now=now)
        db.session.commit()
        return real(certificate, **given)

    monkeypatch.setattr(batch, "certificate_page", cancel_after_the_first_part)
    monkeypatch.setattr(batch, "_ISSUED_AT_ONCE", 2)
    monkeypatch.setattr("gtn_events.core.jobs.run.CHECK_SECONDS", 0.0)

    job = _run([1, 2, 3], now)

    assert (job.state, job.result_upload_id) == (JobState.CANCELLED, None)
    assert db.session.scalars(select(Certificate.number).order_by(Certificate.number)).all() == [1, 2]
    assert _files() == before


def test_a_batch_says_who_had_to_be_laid_out_one_by_one(
    database: None, source: None, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def requests_of(params: dict[str, Any]) -> Iterable[IssueRequest]:
        for subject in params["subjects"]:
            yield issue_request(subject, given_name="Wolfeschlegel" * 5)

    monkeypatch.setattr(batch, "_sources", {"trial": requests_of})
    job = _run([1, 2], now)

    assert (job.state, job.failures) == (JobState.DONE, [])
    assert job.message == (
        "Laid out one by one, which takes longer: 2 because a word of the field “name” is wider than its line."
    )


def test_a_person_who_stands_twice_in_a_batch_has_one_certificate(database: None, source: None, now: datetime) -> None:
    job = _run([1, 1, 2], now)

    assert (job.state, job.done, job.failures) == (JobState.DONE, 2, [])
    assert db.session.scalars(select(Certificate.number).order_by(Certificate.number)).all() == [1, 2]


def test_what_a_killed_worker_leaves_of_a_batch_is_removed_later(
    database: None, source: None, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody would ever look for a half-written ZIP, and it holds people's names."""
    before, during = _files(), set[Path]()

    real = batch.certificate_page

    def look(certificate: Certificate, **given: Any) -> DocumentPage:
        during.update(_files() - before)
        return real(certificate, **given)

    monkeypatch.setattr(batch, "certificate_page", look)
    _run([1], now)
    (left,) = during
    left.write_bytes(b"PK")
    long_ago = (now - timedelta(days=2)).timestamp()
    os.utime(left, (long_ago, long_ago))
    remove_orphans(now)
    assert not left.exists()


@pytest.mark.parametrize(
    ("family", "name"),
    [
        ("Wattanakul", "P13-000412-7KXQM2_WATTANAKUL.pdf"),
        ("Nguyễn", "P13-000412-7KXQM2_NGUYEN.pdf"),
        ("Fernández de Córdoba", "P13-000412-7KXQM2_FERNANDEZ-DE-CORDOBA.pdf"),
        ("../../etc/passwd", "P13-000412-7KXQM2_ETC-PASSWD.pdf"),
        ("山田", "P13-000412-7KXQM2.pdf"),
    ],
)
def test_names_of_files_are_safe_everywhere(family: str, name: str) -> None:
    assert file_name("P13-000412-7KXQM2", family) == name


def test_batch_is_printed_with_the_design_and_names_whom_somebody_should_look_at(
    database: None, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    design = full_design("frame", Orientation.PORTRAIT, kept_pictures(now))
    design = replace(design, texts={"closing": "With the thanks of all who came to {city}."})
    keep_design(FORUM, CertificateKind.PARTICIPATION, design, seen=None, actor=make_account(), now=now)
    names = {1: "Wattanakul", 2: "W" * 60}
    due = [issue_request(subject, family_name=name) for subject, name in names.items()]
    monkeypatch.setattr(batch, "_sources", {"trial": lambda _params: due})

    job = _run([], now)

    assert (job.state, job.done, job.failures) == (JobState.DONE, 2, [])
    plain, wide = db.session.scalars(select(Certificate).order_by(Certificate.number))
    assert job.message == (
        f"Look at these before you hand them out: Siriporn {'W' * 60} ({wide.serial}): "
        "the name is longer than a line and was broken within a word: look at it."
    )
    with _zip_of(job) as archive:
        for name in archive.namelist():
            (page,) = PdfReader(BytesIO(archive.read(name))).pages
            assert page.mediabox.height > page.mediabox.width
            assert "With the thanks of all who came to Jakarta." in " ".join(page.extract_text().split())
    assert plain.template == wide.template == "frame"


def test_nothing_is_read_from_the_database_while_certificates_are_drawn(
    database: None, source: None, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    design = full_design("participation", Orientation.LANDSCAPE, kept_pictures(now))
    keep_design(FORUM, CertificateKind.PARTICIPATION, design, seen=None, actor=make_account(), now=now)
    monkeypatch.setattr("gtn_events.core.jobs.run.CHECK_SECONDS", 3600.0)
    real, during = batch.certificate_page, list[bool]()

    def look(certificate: Certificate, **given: Any) -> DocumentPage:
        page = real(certificate, **given)
        during.append(db.session().in_transaction())
        return page

    monkeypatch.setattr(batch, "certificate_page", look)

    assert _run([1, 2, 3], now).failures == []
    assert during == [False] * 3
