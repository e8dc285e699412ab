"""CPU and memory of certificates: ``python bench/certificates.py [COUNT]`` (1,000 when left out).

First one certificate at a time in this process: laid out as a whole, and merged, also with a paragraph that nobody else
has; and signed; and with a design that has three logos and two signatures as pictures. Then the real job on a fresh
SQLite database in a temporary folder: numbers, journal, printing, ZIP; once more with that design.
Names are in eight languages in turn. CPU is user + system time of this process and of those it starts; memory is the
resident set of all of them after each tenth of the batch.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import pairwise
from typing import Any, NamedTuple

import psutil
from flask import current_app
from PIL import Image, ImageDraw
from werkzeug.datastructures import FileStorage

from gtn_events.accounts.models import Account
from gtn_events.app import create_app
from gtn_events.certificates.batch import KIND, register_batch_source
from gtn_events.certificates.documents import certificate_page
from gtn_events.certificates.domain import IssueRequest
from gtn_events.certificates.enums import CertificateKind
from gtn_events.certificates.facts import ParticipationFacts, Signatory
from gtn_events.certificates.models import Certificate
from gtn_events.certificates.proof.sealing import finisher_of
from gtn_events.config import load_settings
from gtn_events.core.db import Base, db
from gtn_events.core.economies import ECONOMIES
from gtn_events.core.jobs import enqueue_job, run_due_jobs
from gtn_events.core.jobs.run import JobRun
from gtn_events.core.pdf import DocumentPage
from gtn_events.core.pdf.engine import draw_pdf
from gtn_events.core.pdf.merge import Merger
from gtn_events.core.permissions import Scope
from gtn_events.core.uploads import Upload
from gtn_events.designs.keeping import current_design, keep_design
from gtn_events.designs.pictures import add_design_picture, names_of_pictures
from gtn_events.designs.values import Design, DesignPicture, DesignSignatory

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
PARAGRAPH = (
    "a delegate who spoke on {} ways to keep fish cold without diesel, on what the stores of {} harbours cost, and on "
    "which of the promised savings came true"
)
TARGETS = {  # milliseconds
    "laid out as a whole": 40,
    "merged": 2,
    "merged, a paragraph of its own each": 5,
    "signed": 0.3,
}
NOW = datetime(2013, 6, 7, 3, 0, tzinfo=UTC)
SCOPE = Scope("forum", 1)
WARM_UP, WHOLE, MERGED = 170, 40, 400


class Mark(NamedTuple):
    """Certificates made; seconds of CPU used and passed; MiB of memory held."""

    done: int
    cpu: float
    wall: float
    memory: float


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings({"GTN_INSTANCE_DIR": folder, "GTN_MAIL_URL": "memory:", "GTN_JOBS_URL": "memory:"})
        with create_app(settings).app_context():
            Base.metadata.create_all(db.engine)
            register_batch_source("bench", requests_of)
            one_by_one()
            report(run_batch(count))
            keep_full_design()
            designed_one_by_one()
            report(run_batch(count, first=count))
            db.engine.dispose()


def keep_full_design() -> None:
    """Give the certificates a design with three logos, two signatures and a text of its own."""
    organiser = Account(
        email="o@x.example", email_key="o@x.example", given_name="Rosa", family_name="H", created_at=NOW
    )
    db.session.add(organiser)
    db.session.flush()
    pictures = [add_design_picture(SCOPE, picture_file(place), now=NOW).id for place in range(5)]
    design = Design(
        template="participation",
        texts={"closing": "With the thanks of all who came, {name}."},
        logos=tuple(DesignPicture(upload_id=each, description="Logo of a firm") for each in pictures[:3]),
        signatories=tuple(DesignSignatory(name="Host", role="Organiser", upload_id=each) for each in pictures[3:]),
    )
    keep_design(SCOPE, CertificateKind.PARTICIPATION, design, seen=None, actor=organiser, now=NOW)
    db.session.commit()


def picture_file(place: int) -> FileStorage:
    """Return a drawn picture of 800 pixels: rings of many shades, which a signature has fewer of."""
    drawn = Image.new("RGBA", (800, 320))
    pen = ImageDraw.Draw(drawn)
    for ring in range(40):
        pen.ellipse(
            (ring * 4, ring * 4, 799 - ring * 8, 319 - ring * 4), outline=(5 * ring, 60, 40 * place, 255), width=3
        )
    data = BytesIO()
    drawn.save(data, "PNG")
    return FileStorage(BytesIO(data.getvalue()), filename="picture.png")


def designed_one_by_one() -> None:
    """Print what one certificate with that design costs, warm, in this process."""
    kept = current_design(SCOPE, CertificateKind.PARTICIPATION)
    facts = [each.facts for each in requests_of({"count": WARM_UP + MERGED})]
    names = names_of_pictures([kept.design])

    def page(number: int) -> DocumentPage:
        certificate = certificate_of(number, facts[number])
        certificate.design, certificate.design_id = kept, kept.id
        return certificate_page(certificate, verify_url=f"https://gtn.example/verify/{certificate.serial}", names=names)

    pages = [page(number) for number in range(len(facts))]
    merger = Merger(*pages[0].shared[:3])
    told("designed: page from its template", page, list(range(len(facts))), warm_up=8)
    told("designed: laid out as a whole", lambda each: draw_pdf(each.html, *each.shared[:3]), pages[:WHOLE], warm_up=8)
    told("designed: merged", lambda each: merger.draw(each.html), pages, warm_up=WARM_UP)
    print(f"designed: {len(merger.draw(pages[0].html)) / 1024:.0f} kB a document")


def one_by_one() -> None:
    """Print what one certificate costs, warm, in this process."""
    facts = [each.facts for each in requests_of({"count": WARM_UP + MERGED})]
    pages = [page_of(number, each) for number, each in enumerate(facts)]
    long = [
        page_of(number, replace(each, role=PARAGRAPH.format(number, number + 2))) for number, each in enumerate(facts)
    ]
    merger = Merger(pages[0].template, "en")
    told("page from its template", lambda page: page_of(page, facts[page]), list(range(len(facts))), warm_up=8)
    told("laid out as a whole", lambda page: draw_pdf(page.html, page.template, "en"), pages[:WHOLE], warm_up=8)
    told("merged", lambda page: merger.draw(page.html), pages, warm_up=WARM_UP)
    told("merged, a paragraph of its own each", lambda page: merger.draw(page.html), long, warm_up=WARM_UP)
    signed_too(merger.draw(pages[0].html), facts[0])


def signed_too(drawn: bytes, facts: ParticipationFacts) -> None:
    """Print what signing costs a document that is drawn."""
    finisher = finisher_of(current_app.config["SETTINGS"], now=NOW)
    certificate = certificate_of(1, facts)
    told("signed", lambda _number: finisher.finish(drawn, certificate), list(range(2000)), warm_up=200)


def told(name: str, act: Callable[[Any], object], subjects: list[Any], *, warm_up: int) -> None:
    """Print the CPU of one act, after some that are not counted."""
    for each in subjects[:warm_up]:
        act(each)
    before = time.process_time()
    for each in subjects[warm_up:]:
        act(each)
    cpu = 1000 * (time.process_time() - before) / (len(subjects) - warm_up)
    target = TARGETS.get(name)
    verdict = f"  (target {target} ms: {'met' if cpu <= target else 'MISSED'})" if target else ""
    print(f"{name:36} {cpu:6.2f} ms CPU each{verdict}")


def page_of(number: int, facts: ParticipationFacts) -> DocumentPage:
    certificate = certificate_of(number, facts)
    return certificate_page(certificate, verify_url=f"https://gtn.example/verify/{certificate.serial}")


def certificate_of(number: int, facts: ParticipationFacts) -> Certificate:
    kind = request_of(number, facts).kind
    serial = f"P13-{number:06}-7KXQM2"
    return Certificate(id=number, serial=serial, kind=kind, template=kind.template, facts=facts.as_dict())


def run_batch(count: int, *, first: int = 0) -> list[Mark]:
    """Run one job of that many certificates and return the marks of its progress."""
    marks: list[Mark] = []
    advance = JobRun.advance

    def watched(self: JobRun, step: int = 1) -> None:
        advance(self, step)
        if self.done % max(count // 10, 1) == 0:
            marks.append(mark(self.done))

    JobRun.advance = watched  # type: ignore[method-assign]  # the bench looks in from outside
    params = {"source": "bench", "count": count, "first": first}
    job = enqueue_job(KIND, title="Bench", params=params, actor=None, now=NOW)
    db.session.commit()
    marks.append(mark(0))
    run_due_jobs(NOW)
    marks.append(mark(count))
    db.session.refresh(job)
    size = db.session.get_one(Upload, job.result_upload_id).size / 2**20
    print(f"{job.state}: {job.done} certificates, {len(job.failures)} failures, ZIP of {size:.1f} MiB")
    if job.message:
        print(job.message)
    return marks


def mark(done: int) -> Mark:
    own = psutil.Process()
    processes = [own, *own.children(recursive=True)]
    ended = os.times()
    cpu = sum(sum(each.cpu_times()[:2]) for each in processes) + ended.children_user + ended.children_system
    return Mark(done, cpu, time.monotonic(), sum(each.memory_info().rss for each in processes) / 2**20)


def report(marks: list[Mark]) -> None:
    for before, now in pairwise(marks[:-1]):
        each = 1000 * (now.cpu - before.cpu) / (now.done - before.done)
        print(f"up to {now.done:6}: {each:5.1f} ms CPU each, {now.memory:4.0f} MiB in all processes")
    first, last = marks[0], marks[-1]
    each, wall = 1000 * (last.cpu - first.cpu) / last.done, last.wall - first.wall
    print(f"the whole job: {each:.1f} ms CPU each, {last.cpu - first.cpu:.1f} s CPU, {wall:.1f} s by the clock")


def requests_of(params: dict[str, Any]) -> Iterator[IssueRequest]:
    """Give certificates of participation, in turn for every economy and script."""
    for subject in range(params.get("first", 0), params.get("first", 0) + params["count"]):
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
        yield request_of(subject, facts)


def request_of(subject: int, facts: ParticipationFacts) -> IssueRequest:
    return IssueRequest(
        series_prefix="P13",
        subject_type="forum_registration",
        subject_id=subject + 1,
        scope=SCOPE,
        holder_account_id=None,
        facts=facts,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
