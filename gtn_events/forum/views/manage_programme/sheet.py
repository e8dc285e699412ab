"""The programme from a spreadsheet: the file, what its columns mean, what each line would do, and doing it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError, UploadRefused
from gtn_events.core.exports import csv_response, xlsx_response
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.sheets import read_sheet
from gtn_events.core.uploads import FileKind, Upload, delete_upload, store_upload, upload_path

from ...domain.programme_sheet import (
    MOST_LINES,
    Fate,
    Preview,
    apply_sheet,
    guess_columns,
    names_added,
    preview_sheet,
    template_headings,
    template_rows,
)
from ...forms.programme_sheet import MEANINGS, SheetFileForm, chosen_columns
from ...models import Forum
from ..manage.blueprint import blueprint

LARGEST_FILE = 8 * 1024 * 1024
MOST_SHOWN = 200
MOST_NAMES = 40
KINDS = (FileKind.CSV, FileKind.XLSX)


@blueprint.route("/programme/import/sheet", methods=["GET", "POST"])
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_sheet(forum: Forum) -> ResponseReturnValue:
    """Ask for the file, or keep it and lead to what it would do; nothing is changed yet."""
    form = SheetFileForm()
    if form.validate_on_submit():
        try:
            upload = store_upload(
                form.file.data,
                allowed=KINDS,
                max_bytes=LARGEST_FILE,
                owner_id=current_account().id,
                now=clock.now(),
                purpose=sheet_purpose(forum),
            )
            _lines(upload)
        except DomainError as refused:
            db.session.rollback()
            form.refuse(UploadRefused(refused.message, field="file"))
        else:
            db.session.commit()
            return redirect(url_for(".programme_sheet_preview", forum=forum, sheet_id=upload.id))
    page = render_template("forum/manage/programme/sheet.html", forum=forum, form=form)
    return page, 422 if request.method == "POST" else 200


@blueprint.get("/programme/import/sheet/template.<ending>")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_sheet_template(forum: Forum, ending: str) -> ResponseReturnValue:
    """Send the working programme as a spreadsheet whose headings the import knows."""
    if ending not in ("csv", "xlsx"):
        abort(404)
    send = csv_response if ending == "csv" else xlsx_response
    return send(f"{forum.slug}-sessions.{ending}", template_headings(), list(template_rows(forum)))


@blueprint.get("/programme/import/sheet/<int:sheet_id>")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_sheet_preview(forum: Forum, sheet_id: int) -> ResponseReturnValue:
    """Show what the columns mean and what each line would do, as things stand now."""
    lines = _lines(_upload_or_404(forum, sheet_id))
    columns = chosen_columns(request.args.getlist("c"), guess_columns(lines[0]))
    preview, refused = _preview(forum, lines, columns)
    shown = [line for line in preview.lines if line.fate is not Fate.UNCHANGED] if preview else []
    return render_template(
        "forum/manage/programme/sheet_preview.html",
        forum=forum,
        sheet_id=sheet_id,
        header=lines[0],
        columns=columns,
        meanings=MEANINGS,
        preview=preview,
        added=names_added(forum, preview.lines) if preview else None,
        refused=refused,
        shown=shown[:MOST_SHOWN],
        more=len(shown) - MOST_SHOWN,
        most_names=MOST_NAMES,
    )


@blueprint.post("/programme/import/sheet/<int:sheet_id>")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_sheet_apply(forum: Forum, sheet_id: int) -> ResponseReturnValue:
    """Do what the lines say, looked at once more, or throw the file away; it is deleted."""
    upload, now = _upload_or_404(forum, sheet_id), clock.now()
    if request.form.get("go") == "discard":
        delete_upload(upload, now=now)
        db.session.commit()
        flash(_("The file is thrown away. Nothing was changed."), "success")
        return redirect(url_for(".programme_import", forum=forum))
    lines = _lines(upload)
    preview = preview_sheet(forum, lines, chosen_columns(request.form.getlist("c"), guess_columns(lines[0])))
    report = apply_sheet(forum, preview.lines, actor=current_account(), now=now)
    delete_upload(upload, now=now)
    db.session.commit()
    words = _(
        "%(new)s new, %(changed)s changed, %(same)s as before, %(refused)s refused.",
        new=report.added,
        changed=report.changed,
        same=preview.counts[Fate.UNCHANGED],
        refused=preview.counts[Fate.REFUSED],
    )
    flash(words, "success")
    return redirect(url_for(".programme", forum=forum))


def _preview(forum: Forum, lines: list[list[str]], columns: list[str]) -> tuple[Preview | None, str]:
    try:
        return preview_sheet(forum, lines, columns), ""
    except UploadRefused as refused:
        return None, refused.message


def _lines(upload: Upload) -> list[list[str]]:
    """Return the lines of the file.

    Raises:
        UploadRefused: it is broken, too long, or has nothing below the headings.
    """
    is_workbook = upload.content_type == FileKind.XLSX.content_type
    lines = read_sheet(upload_path(upload), is_workbook=is_workbook, most_lines=MOST_LINES + 1)
    if len(lines) < 2:
        raise UploadRefused("The file has no line below the headings.", field="file")
    return lines


def sheet_purpose(forum: Forum) -> str:
    """Name what a spreadsheet is for: one that was sent for a forum, or to another place, changes and loses nothing."""
    return f"spreadsheet of forum {forum.id}"


def _upload_or_404(forum: Forum, sheet_id: int) -> Upload:
    """Return a spreadsheet that the present person sent for this forum and that still waits."""
    ours = (
        Upload.owner_id == current_account().id,
        Upload.purpose == sheet_purpose(forum),
        Upload.deleted_at.is_(None),
    )
    upload: Upload = db.one_or_404(select(Upload).where(Upload.id == sheet_id, *ours))
    return upload
