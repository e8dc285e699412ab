"""Writing the list of participants: public as a PDF, or for the organisers as a workbook."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from gtn_events.accounts.enums import Gender
from gtn_events.core.db import db, snapshot
from gtn_events.core.exports import XLSX_TYPE, Cell, xlsx_file
from gtn_events.core.jobs import JobRun, job_handler
from gtn_events.core.pdf import MissingGlyphs, needed_families
from gtn_events.core.permissions import Permission
from gtn_events.designs.models import DocumentDesign
from gtn_events.designs.standard import standard_design

from .documents_participants import list_pdf
from .list_wording import PARTICIPANTS_LIST
from .listed import list_of
from .models import Forum
from .queries.participants import Participant, participants

PARTICIPANTS = "forum.participants"
HEADERS = (
    "No",
    "Economy",
    "Title",
    "Given name",
    "Family name",
    "Name in own script",
    "Gender",
    "E-mail",
    "Position",
    "Organisation",
    "Role",
    "Number",
    "Agreed to be listed",
    "Attended",
)
GENDERS = {each.value: each.label for each in Gender}


@job_handler(PARTICIPANTS, permission=Permission.FORUM_REGISTRATIONS_SEE)
def write_participants(job: JobRun) -> None:
    """Write the list as it is now: a PDF of those who agreed to be listed, or a workbook of everybody."""
    public, only_attended = job.params["output"] == "pdf", bool(job.params["attended"])
    # As a reader: a writer would keep everybody else from writing until the last row.
    with snapshot():
        forum = db.session.get_one(Forum, job.params["forum_id"])
        people = _counted(job, participants(forum, public=public, only_attended=only_attended))
        name = f"{forum.slug}-participants"
        if public:
            path = _pdf(job, forum, [_told(job, each) for each in people], only_attended=only_attended)
        else:
            path = xlsx_file(HEADERS, (_cells(number, each) for number, each in enumerate(people, start=1)))
    job.save_result(f"{name}{path.suffix}", "application/pdf" if public else XLSX_TYPE, path)


def _counted(job: JobRun, people: Iterator[Participant]) -> Iterator[Participant]:
    for number, each in enumerate(people):
        if number % 500 == 0:
            job.check_cancelled()
        job.advance()
        yield each


def _pdf(job: JobRun, forum: Forum, people: list[Participant], *, only_attended: bool) -> Path:
    # As it was ordered, also when the design was changed since.
    chosen = job.params.get("design_id")
    kept = db.session.get_one(DocumentDesign, chosen) if chosen else None
    design, version = (kept.design, kept.number) if kept else (standard_design(PARTICIPANTS_LIST), 0)
    data = list_pdf(list_of(forum, people, now=job.now(), only_attended=only_attended), design, version=version)
    with tempfile.NamedTemporaryFile(suffix=".pdf", delete=False) as file:
        file.write(data)
    return Path(file.name)


def _told(job: JobRun, person: Participant) -> Participant:
    """Note letters that no font has: the person stands on the list without them."""
    try:
        needed_families([person.name, person.position, person.organisation], "en")
        needed_families([person.own_script_name], person.own_script_language or "und")
    except MissingGlyphs as missing:
        job.fail_item(f"{person.name}, {person.reference}: {missing.message}")
    return person


def _cells(number: int, person: Participant) -> list[Cell]:
    return [
        number,
        person.represents,
        person.honorific,
        person.given_name,
        person.family_name.upper(),
        person.own_script_name,
        GENDERS.get(person.gender, ""),
        person.email,
        person.position,
        person.organisation,
        person.category,
        person.reference,
        person.listed_publicly,
        person.attended,
    ]
