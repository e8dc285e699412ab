"""The progress report to the working group: words from the data, edited on a page, out as PDF and docx."""

from io import BytesIO

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...documents_progress import DOCX_TYPE, progress_docx, progress_pdf
from ...domain.progress_report import progress_report_of, save_progress_report
from ...forms.progress_report import ProgressReportForm, stored_report
from ...models import Forum
from ...progress_paper import counted_for, paper_of
from ...progress_words import SECTIONS, words_from_data
from .blueprint import blueprint


@blueprint.route("/progress-report", methods=["GET", "POST"])
@requires(Permission.FORUM_EDIT)
def progress_report(forum: Forum) -> ResponseReturnValue:
    """Show cover sheet and texts, with the words of the data beside those that differ; or save them."""
    now = clock.now()
    report = progress_report_of(forum)
    from_data = words_from_data(forum, counted_for(forum, report, now=now))
    form = ProgressReportForm(data=None if request.method == "POST" else stored_report(report, from_data))
    if form.validate_on_submit():
        texts, seen = form.texts(from_data), form.seen_version
        try:
            save_progress_report(forum, form.details(), texts, seen_version=seen, actor=current_account(), now=now)
            db.session.commit()
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(refusal)
        else:
            flash(_("The report is saved."), "success")
            return redirect(url_for(".progress_report", forum=forum))
    page = render_template(
        "forum/manage/progress_report.html",
        forum=forum,
        form=form,
        report=report,
        sections=SECTIONS,
        from_data=from_data,
    )
    return page, 422 if form.errors else 200


@blueprint.get("/progress-report.pdf")
@requires(Permission.FORUM_EDIT)
def progress_report_pdf(forum: Forum) -> ResponseReturnValue:
    """Give the report as it was saved, as a PDF."""
    data = progress_pdf(paper_of(forum, now=clock.now()))
    return send_file(BytesIO(data), "application/pdf", download_name=f"{forum.slug}-progress-report.pdf")


@blueprint.get("/progress-report.docx")
@requires(Permission.FORUM_EDIT)
def progress_report_docx(forum: Forum) -> ResponseReturnValue:
    """Give the report as it was saved, as a document to edit further."""
    data = progress_docx(paper_of(forum, now=clock.now()))
    name = f"{forum.slug}-progress-report.docx"
    return send_file(BytesIO(data), DOCX_TYPE, download_name=name, as_attachment=True)
