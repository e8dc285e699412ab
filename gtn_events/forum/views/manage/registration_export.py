"""Exports of the list: CSV streamed, xlsx at once or as a job; each is written to the journal."""

from urllib.parse import parse_qsl

from flask import abort, redirect, render_template, request, url_for
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
from gtn_events.core.permissions import Permission, may, requires

from ...models import Forum
from ...queries.registration_export import export_headers, export_questions, export_rows
from ...queries.registrations import ListNames, counts_by_state, list_names, read_listing, total_of
from .blueprint import blueprint
from .registration_list import words_of_listing

XLSX_AT_ONCE = 5_000


@blueprint.get("/registrations/export")
@requires(Permission.FORUM_REGISTRATIONS_SEE)
def registration_export(forum: Forum) -> ResponseReturnValue:
    """Ask what the export of the list should hold."""
    names = list_names(forum)
    listing = read_listing(url_for(".registration_list", forum=forum), request.args, names)
    return render_template(
        "forum/manage/registrations_export.html",
        forum=forum,
        listing=listing,
        count=_count(forum, listing),
        narrowed_to=words_of_listing(listing, names),
        address=request.query_string.decode("ascii", "ignore"),
        sensitive=[each.label for each in export_questions(forum, with_sensitive=True) if each.sensitive],
    )


@blueprint.post("/registrations/export")
@requires(Permission.FORUM_REGISTRATIONS_SEE)
def registration_export_file(forum: Forum) -> ResponseReturnValue:
    """Send the list as a file, or start the job that writes a large workbook."""
    with_sensitive = request.form.get("sensitive") == "1"
    if with_sensitive and not may(Permission.FORUM_SENSITIVE_SEE, forum):
        abort(403)
    address = request.form.get("list", "")
    names = list_names(forum)
    args: MultiDict[str, str] = MultiDict(parse_qsl(address))
    listing = read_listing("", args, names)
    with_answers = request.form.get("answers") == "1" or with_sensitive
    workbook = request.form.get("format") == "xlsx"
    count = _count(forum, listing)
    changes = {"rows": (None, count), "sensitive answers": (None, with_sensitive)}
    record("list exported", forum, actor=current_account(), now=clock.now(), scope=forum.scope, changes=changes)
    if workbook and count > XLSX_AT_ONCE:
        params = {"forum_id": forum.id, "list": address, "answers": with_answers, "sensitive": with_sensitive}
        return _as_job(forum, params)
    db.session.commit()
    begin_long_read()
    return _file(forum, listing, names, workbook=workbook, with_answers=with_answers, with_sensitive=with_sensitive)


def _file(
    forum: Forum, listing: Listing, names: ListNames, *, workbook: bool, with_answers: bool, with_sensitive: bool
) -> ResponseReturnValue:
    questions = export_questions(forum, with_sensitive=with_sensitive) if with_answers else []
    rows = export_rows(forum, listing, names, questions, with_sensitive=with_sensitive)
    if workbook:
        return xlsx_response(f"{forum.slug}-registrations.xlsx", export_headers(questions), rows)
    return csv_response(f"{forum.slug}-registrations.csv", export_headers(questions), rows)


def _as_job(forum: Forum, params: dict[str, object]) -> ResponseReturnValue:
    job = enqueue_job(
        "forum.registrations_export",
        title=_("Registrations of %(forum)s as a workbook", forum=forum.title),
        params=params,
        actor=current_account(),
        now=clock.now(),
        scope=forum.scope,
        back=(_("Registrations"), f"{url_for('.registration_list', forum=forum)}?{params['list']}"),
    )
    db.session.commit()
    return redirect(url_for("jobs.show", job_id=job.id))


def _count(forum: Forum, listing: Listing) -> int:
    return total_of(listing, counts_by_state(forum, listing))
