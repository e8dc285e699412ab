"""Many certificates as one job: issued, drawn and packed into one ZIP."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from flask import current_app

from gtn_events.accounts.models import Account
from gtn_events.config import Settings
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.jobs import JobRun, job_handler
from gtn_events.core.links import site_url
from gtn_events.core.permissions import Permission
from gtn_events.core.uploads import new_path

from .documents import certificate_pdf
from .domain import IssueRequest, issue_certificate

KIND = "certificates.batch"
BatchSource = Callable[[dict[str, Any]], Iterable[IssueRequest]]

_sources: dict[str, BatchSource] = {}
# ZIP cannot say "no date": the earliest one it knows keeps the bytes the same.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_UNSAFE = re.compile(r"[^A-Z0-9]+")


def register_batch_source(name: str, source: BatchSource) -> None:
    """Say how the parameters of a job become certificates that are due.

    Args:
        name: the job's parameter ``source``.
        source: gets the job's parameters and returns the requests in the order of the
            ZIP; called once for each try, before anything is issued.
    """
    _sources[name] = source


@job_handler(KIND, permission=Permission.FORUM_CERTIFICATES_ISSUE)
def issue_batch(job: JobRun) -> None:
    """Issue what is due and pack the PDFs; a person whose name cannot be printed is listed, the others go on.

    A second run finds what the first has issued, and makes the same ZIP.
    """
    requests = list(_sources[job.params["source"]](job.params))
    db.session.commit()
    job.set_total(len(requests))
    settings: Settings = current_app.config["SETTINGS"]
    actor = db.session.get(Account, job.owner_id) if job.owner_id is not None else None
    path = new_path()
    try:
        with ZipFile(path, "x", ZIP_STORED) as archive:
            for request in requests:
                job.check_cancelled()
                _add(job, archive, request, actor=actor, secret_key=settings.secret_key)
                job.advance()
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    job.save_result("certificates.zip", "application/zip", path)


def file_name(serial: str, family_name: str) -> str:
    """Return ``P13-000412-7KXQM2_WATTANAKUL.pdf``: letters that every file system can hold."""
    plain = unicodedata.normalize("NFKD", family_name.upper()).encode("ascii", "ignore").decode("ascii")
    family = _UNSAFE.sub("-", plain).strip("-")[:60]
    return f"{serial}_{family}.pdf" if family else f"{serial}.pdf"


def _add(job: JobRun, archive: ZipFile, request: IssueRequest, *, actor: Account | None, secret_key: str) -> None:
    try:
        certificate, _new = issue_certificate(request, secret_key=secret_key, actor=actor, now=job.now())
        # Committed before it is drawn, and let go of before that: reading it again would
        # open a transaction, and everybody else would wait for the lock while we draw.
        db.session.expunge(certificate)
        db.session.commit()
        data = certificate_pdf(certificate, verify_url=site_url("certificates.verify", serial=certificate.serial))
    except DomainError as error:
        db.session.rollback()
        job.fail_item(f"{request.facts.holder_name}: {error.message}")
        return
    entry = ZipInfo(file_name(certificate.serial, request.facts.family_name), _NO_DATE)
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)
