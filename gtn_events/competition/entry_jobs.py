"""Long work on the list of entries: deciding on many, and writing a large workbook."""

from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qsl

from werkzeug.datastructures import MultiDict

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.exports import XLSX_TYPE, Cell, xlsx_file
from gtn_events.core.jobs import JobRun, job_handler
from gtn_events.core.permissions import Permission

from .domain.entry_bulk import act_on_many
from .domain.entry_transitions import Action
from .models import Competition
from .queries.entries import entries_among, list_names, read_listing
from .queries.entry_export import export_headers, export_questions, export_rows

COMMIT_EVERY = 20


@job_handler("competition.entries_act", permission=Permission.COMPETITION_ENTRIES_MANAGE)
def act_on_entries(job: JobRun) -> None:
    """Decide on many entries, some at a time, so that nobody else waits for the whole of it.

    A second run is safe: what was decided on is refused by the table of transitions.
    """
    competition = db.session.get_one(Competition, job.params["competition_id"])
    actor = db.session.get_one(Account, job.owner_id)
    ids: list[int] = job.params["ids"]
    action, reason = Action(job.params["action"]), job.params["reason"]
    job.set_total(len(ids))
    remaining = iter(ids)
    while part := list(islice(remaining, COMMIT_EVERY)):
        job.check_cancelled()
        effect = act_on_many(action, entries_among(competition, part), actor=actor, now=job.now(), reason=reason)
        db.session.commit()
        for name, why in effect.refusals:
            job.fail_item(f"{name}: {why}")
        job.advance(len(part))


@job_handler("competition.entries_export")
def write_workbook(job: JobRun) -> None:
    """Write the list as a workbook; only whoever asked for it can fetch it."""
    competition = db.session.get_one(Competition, job.params["competition_id"])
    names = list_names(competition)
    args: MultiDict[str, str] = MultiDict(parse_qsl(job.params["list"]))
    listing = read_listing("", args, names)
    questions = export_questions(competition) if job.params["answers"] else []

    def counted() -> Iterator[list[Cell]]:
        for number, row in enumerate(export_rows(competition, listing, names, questions)):
            if number % 500 == 0:
                job.check_cancelled()
            job.advance()
            yield row

    path = xlsx_file(export_headers(questions), counted())
    job.save_result(f"{competition.slug}-entries.xlsx", XLSX_TYPE, path)
