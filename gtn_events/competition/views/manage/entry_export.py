"""Exports of the list: CSV streamed, xlsx at once or as a job; each is written to the journal."""

from urllib.parse import parse_qsl

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import begin_long_read, db
from gtn_events.core.exports import csv_response, xlsx_response
from gtn_events.core.jobs import enqueue_job
from gtn_events.core.journal import record
from gtn_events.core.listing import Listing
from gtn_events.core.permissions import Permission, requires

from ...models import Competition
from ...queries.entries import ListNames, counts_of, list_names, read_listing, total_of
from ...queries.entry_export import export_headers, export_questions, export_rows
from .blueprint import blueprint
from .entry_list import words_of_listing

XLSX_AT_ONCE = 5_000


@blueprint.get("/entries/export")
@requires(Permission.COMPETITION_ENTRIES_SEE)
def entry_export(competition: Competition) -> ResponseReturnValue:
    """Ask what the export of the list should hold."""
    names = list_names(competition)
    listing = read_listing(url_for(".entry_list", competition=competition), request.args, names)
    return render_template(
        "competition/manage/entries_export.html",
        competition=competition,
        listing=listing,
        count=_count(competition, listing),
        narrowed_to=words_of_listing(listing, names),
        address=request.query_string.decode("ascii", "ignore"),
    )


@blueprint.post("/entries/export")
@requires(Permission.COMPETITION_ENTRIES_SEE)
def entry_export_file(competition: Competition) -> ResponseReturnValue:
    """Send the list as a file, or start the job that writes a large workbook."""
    address, with_answers = request.form.get("list", ""), request.form.get("answers") == "1"
    workbook = request.form.get("format") == "xlsx"
    names = list_names(competition)
    args: MultiDict[str, str] = MultiDict(parse_qsl(address))
    listing = read_listing("", args, names)
    count, now, actor = _count(competition, listing), clock.now(), current_account()
    record("list exported", competition, actor=actor, now=now, scope=competition.scope, changes={"rows": (None, count)})
    if workbook and count > XLSX_AT_ONCE:
        job = enqueue_job(
            "competition.entries_export",
            title=_("Entries of %(title)s as a workbook", title=competition.title),
            params={"competition_id": competition.id, "list": address, "answers": with_answers},
            actor=actor,
            now=now,
            scope=competition.scope,
        )
        db.session.commit()
        return redirect(url_for("jobs.show", job_id=job.id))
    db.session.commit()
    begin_long_read()
    return _file(competition, listing, names, workbook=workbook, with_answers=with_answers)


def _file(
    competition: Competition, listing: Listing, names: ListNames, *, workbook: bool, with_answers: bool
) -> ResponseReturnValue:
    questions = export_questions(competition) if with_answers else []
    headers, rows = export_headers(questions), export_rows(competition, listing, names, questions)
    if workbook:
        return xlsx_response(f"{competition.slug}-entries.xlsx", headers, rows)
    return csv_response(f"{competition.slug}-entries.csv", headers, rows)


def _count(competition: Competition, listing: Listing) -> int:
    return total_of(listing, counts_of(competition, listing))
