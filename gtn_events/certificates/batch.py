"""Many certificates as one job: issued, drawn and packed into one ZIP."""

import re
import unicodedata
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import Any, NamedTuple
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from flask import current_app

from gtn_events.accounts.models import Account
from gtn_events.config import Settings
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.jobs import JobRun, job_handler
from gtn_events.core.links import site_url
from gtn_events.core.pdf import DocumentPage, print_all
from gtn_events.core.permissions import Permission
from gtn_events.core.uploads import new_path
from gtn_events.designs.keeping import current_designs
from gtn_events.designs.models import DocumentDesign
from gtn_events.designs.pictures import names_of_pictures

from .documents import certificate_page
from .domain import IssueRequest, check_letters, issue_certificates
from .models import Certificate
from .proof.sealing import Finisher, finisher_of

KIND = "certificates.batch"
BatchSource = Callable[[dict[str, Any]], Iterable[IssueRequest]]


class _Issued(NamedTuple):
    """Whom a document is for, what was issued to them, and the page it is printed from."""

    request: IssueRequest
    certificate: Certificate
    page: DocumentPage


_sources: dict[str, BatchSource] = {}
# ZIP cannot say "no date": the earliest one it knows keeps the bytes the same.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_ISSUED_AT_ONCE = 100
_MOST_REASONS = 5
_MOST_NAMED = 20
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
    due = _sources[job.params["source"]](job.params)
    requests = list({request.subject: request for request in due}.values())
    db.session.commit()
    job.set_total(len(requests))
    path, finisher = new_path(), finisher_of(current_app.config["SETTINGS"], now=job.now())
    try:
        with ZipFile(path, "x", ZIP_STORED) as archive:
            _fill(job, archive, requests, finisher)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    job.save_result("certificates.zip", "application/zip", path)


def file_name(serial: str, family_name: str) -> str:
    """Return ``P13-000412-7KXQM2_WATTANAKUL.pdf``: letters that every file system can hold."""
    plain = unicodedata.normalize("NFKD", family_name.upper()).encode("ascii", "ignore").decode("ascii")
    family = _UNSAFE.sub("-", plain).strip("-")[:60]
    return f"{serial}_{family}.pdf" if family else f"{serial}.pdf"


def _fill(job: JobRun, archive: ZipFile, requests: list[IssueRequest], finisher: Finisher) -> None:
    """Print what is issued, in its order; ``issued`` holds whom the documents to come are for."""
    issued: deque[_Issued] = deque()
    as_whole: Counter[str] = Counter()
    looked_at: list[str] = []
    with closing(print_all(_pages(job, requests, issued))) as documents:
        for printed in documents:
            job.check_cancelled()
            request, certificate, page = issued.popleft()
            if printed.problem:
                job.fail_item(f"{request.facts.holder_name}: {printed.problem}")
            else:
                entry = ZipInfo(file_name(certificate.serial, request.facts.family_name), _NO_DATE)
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, finisher.finish(printed.data, certificate))
                if page.remark:
                    looked_at.append(f"{request.facts.holder_name} ({certificate.serial}): {page.remark}")
            if printed.as_whole:
                as_whole[printed.as_whole] += 1
            job.advance()
    if remarks := [*_to_look_at(looked_at), *_told_of_whole(as_whole)]:
        job.remark(" ".join(remarks))


def _to_look_at(found: list[str]) -> Iterator[str]:
    """Yield a sentence with those that somebody should look at before they are handed out."""
    if found:
        more = f"; and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
        yield f"Look at these before you hand them out: {'; '.join(found[:_MOST_NAMED])}{more}."


def _told_of_whole(as_whole: Counter[str]) -> Iterator[str]:
    if as_whole:
        reasons = "; ".join(f"{count} because {reason}" for reason, count in as_whole.most_common(_MOST_REASONS))
        yield f"Laid out one by one, which takes longer: {reasons}."


def _pages(job: JobRun, requests: list[IssueRequest], issued: deque[_Issued]) -> Iterator[DocumentPage]:
    """Issue certificates, some at a time, and yield their pages."""
    settings: Settings = current_app.config["SETTINGS"]
    actor = db.session.get(Account, job.owner_id) if job.owner_id is not None else None
    for start in range(0, len(requests), _ISSUED_AT_ONCE):
        job.check_cancelled()
        part = requests[start : start + _ISSUED_AT_ONCE]
        designs = current_designs({(each.scope, each.kind.value) for each in part})
        part = [each for each in part if _can_be_printed(job, each, designs.get((each.scope, each.kind)))]
        certificates = issue_certificates(part, secret_key=settings.secret_key, actor=actor, now=job.now())
        names = names_of_pictures(each.design.design for each in certificates if each.design)
        # Committed before they are drawn, and let go of before that: reading them again would
        # open a transaction, and everybody else would wait for the lock while we draw.
        for each in {*certificates, *(certificate.design for certificate in certificates if certificate.design)}:
            db.session.expunge(each)
        db.session.commit()
        for request, certificate in zip(part, certificates, strict=True):
            address = site_url("certificates.verify", serial=certificate.serial)
            page = certificate_page(certificate, verify_url=address, names=names)
            issued.append(_Issued(request, certificate, page))
            yield page


def _can_be_printed(job: JobRun, request: IssueRequest, kept: DocumentDesign | None) -> bool:
    try:
        check_letters(request, kept.design if kept else None)
    except DomainError as error:
        job.fail_item(f"{request.facts.holder_name}: {error.message}")
        job.advance()
        return False
    return True
