"""The participation report: on the page, as files and as a PDF, as it stands or as of a day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO

from flask import abort, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.exports import csv_response, xlsx_response
from gtn_events.core.journal import record
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.suppression import SMALLEST

from ...documents_participation import participation_pdf
from ...models import Forum
from ...participation import (
    LEFT_OUT_WORDS,
    STAGE_WORDS,
    ParticipationReport,
    economies_plot,
    notes_of,
    report_of,
    table_of,
)
from .blueprint import blueprint


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a day as typed, the moment it ends at the venue, and whether it is to be published."""

    typed: str
    as_of: datetime | None
    error: str
    published: bool


@blueprint.get("/participation")
@requires(Permission.FORUM_REGISTRATIONS_SEE)
def participation(forum: Forum) -> ResponseReturnValue:
    """Show who was nominated, confirmed and came, by economy, gender, role, sector and funding."""
    asked = _asked(forum)
    report = _report(forum, asked)
    return render_template(
        "forum/manage/participation.html",
        forum=forum,
        asked=asked,
        report=report,
        plot=economies_plot(report),
        stage_words=STAGE_WORDS,
        left_out_words=LEFT_OUT_WORDS,
        smallest=SMALLEST,
    ), (422 if asked.error else 200)


@blueprint.post("/participation/export")
@requires(Permission.FORUM_REGISTRATIONS_SEE)
def participation_export(forum: Forum) -> ResponseReturnValue:
    """Send one of the tables, or the whole report, as a file, and write that down."""
    asked = _asked(forum)
    if asked.error:
        return participation(forum)
    report = _report(forum, asked)
    what = request.form.get("what", "")
    if what not in {*(each.key for each in report.sections), "report"}:
        abort(404)
    changes = {"table": (None, what), "as of": (None, asked.typed), "published": (None, asked.published)}
    record(
        "participation exported", forum, actor=current_account(), now=clock.now(), scope=forum.scope, changes=changes
    )
    data = participation_pdf(report) if what == "report" else b""
    db.session.commit()
    name = f"{forum.slug}-participation"
    if what == "report":
        return send_file(BytesIO(data), "application/pdf", download_name=f"{name}.pdf", as_attachment=True)
    heads, rows = table_of(report.section(what))
    if request.form.get("format") == "xlsx":
        return xlsx_response(f"{name}-{what}.xlsx", heads, rows, notes=notes_of(report))
    return csv_response(f"{name}-{what}.csv", heads, rows)


def _report(forum: Forum, asked: Asked) -> ParticipationReport:
    return report_of(forum, now=clock.now(), as_of=asked.as_of, published=asked.published)


def _asked(forum: Forum) -> Asked:
    typed = request.values.get("as_of", "").strip()
    published = request.values.get("published") == "1"
    if not typed:
        return Asked("", None, "", published)
    try:
        ends = datetime.combine(date.fromisoformat(typed) + timedelta(days=1), time(), forum.zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return Asked(typed, None, _("Give a day as year-month-day, such as 2027-06-03."), published)
    if ends > clock.now() + timedelta(days=1):
        return Asked(typed, None, _("This day has not come yet."), published)
    return Asked(typed, min(ends - timedelta(microseconds=1), clock.now()), "", published)
