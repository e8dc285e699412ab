"""Long work on the list of registrations: deciding on many, and writing a large workbook."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from urllib.parse import parse_qsl

from werkzeug.datastructures import MultiDict

from gtn_events.accounts.models import Account
from gtn_events.core.db import db, snapshot
from gtn_events.core.exports import XLSX_TYPE, Cell, xlsx_file
from gtn_events.core.jobs import JobRun, job_handler
from gtn_events.core.permissions import Permission

from .domain.bulk import act_on_many
from .domain.transitions import Action
from .models import Forum
from .queries.registration_export import export_headers, export_questions, export_rows
from .queries.registrations import list_names, read_listing, registrations_among

COMMIT_EVERY = 20


@job_handler("forum.registrations_act", permission=Permission.FORUM_REGISTRATIONS_MANAGE)
def act_on_registrations(job: JobRun) -> None:
    """Decide on many registrations, some at a time, so that nobody else waits for the whole of it.

    A second run is safe: whoever was decided on is refused by the table of states.
    """
    forum = db.session.get_one(Forum, job.params["forum_id"])
    actor = db.session.get_one(Account, job.owner_id)
    ids: list[int] = job.params["ids"]
    action, reason = Action(job.params["action"]), job.params["reason"]
    job.set_total(len(ids))
    ordered = [registration.id for registration in registrations_among(forum, ids)]
    remaining = iter(ordered)
    while part := list(islice(remaining, COMMIT_EVERY)):
        job.check_cancelled()
        effect = act_on_many(action, registrations_among(forum, part), actor=actor, now=job.now(), reason=reason)
        db.session.commit()
        for name, why in effect.refusals:
            job.fail_item(f"{name}: {why}")
        job.advance(len(part))


@job_handler("forum.registrations_export")
def write_workbook(job: JobRun) -> None:
    """Write the list as a workbook; only whoever asked for it can fetch it."""
    # As a reader: a writer would keep everybody else from writing until the last row.
    with snapshot():
        name, path = _workbook(job)
    job.save_result(name, XLSX_TYPE, path)


def _workbook(job: JobRun) -> tuple[str, Path]:
    forum = db.session.get_one(Forum, job.params["forum_id"])
    names = list_names(forum)
    args: MultiDict[str, str] = MultiDict(parse_qsl(job.params["list"]))
    listing = read_listing("", args, names)
    with_sensitive = bool(job.params["sensitive"])
    questions = export_questions(forum, with_sensitive=with_sensitive) if job.params["answers"] else []

    def counted() -> Iterator[list[Cell]]:
        for number, row in enumerate(export_rows(forum, listing, names, questions, with_sensitive=with_sensitive)):
            if number % 500 == 0:
                job.check_cancelled()
            job.advance()
            yield row

    return f"{forum.slug}-registrations.xlsx", xlsx_file(export_headers(questions), counted())
