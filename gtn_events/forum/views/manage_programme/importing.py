"""Bringing a schedule file in: first what it would change, then the change."""

from collections import Counter

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.uploads import FileKind, Upload, store_upload, upload_path

from ...conflict_words import short_name
from ...domain.programme_import import ImportReport, apply_schedule, read_schedule
from ...forms.programme import ImportForm
from ...models import Forum
from ...queries.programme_conflicts import ProgrammeConflicts, conflicts_of
from ..manage.blueprint import blueprint

LARGEST_FILE = 32 * 1024 * 1024


@blueprint.route("/programme/import", methods=["GET", "POST"])
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_import(forum: Forum) -> ResponseReturnValue:
    """Show the form, or what a file would change; nothing is changed yet."""
    form = ImportForm()
    if not form.validate_on_submit():
        return _page(forum, form)
    account = current_account()
    try:
        upload = store_upload(
            form.file.data,
            allowed=[FileKind.XML, FileKind.TEXT],
            max_bytes=LARGEST_FILE,
            owner_id=account.id,
            now=clock.now(),
            purpose=_purpose(forum),
        )
        db.session.commit()
        report = _apply(forum, upload)
        conflicts = _counted(conflicts_of(forum))
        db.session.rollback()
    except DomainError as refusal:
        db.session.rollback()
        form.file.errors = [refusal.message]
        return _page(forum, form)
    return render_template(
        "forum/manage/programme/import_preview.html", forum=forum, report=report, upload=upload, conflicts=conflicts
    )


@blueprint.post("/programme/import/<int:upload_id>")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_import_apply(forum: Forum, upload_id: int) -> ResponseReturnValue:
    """Import a file that was looked at before."""
    ours = (Upload.owner_id == current_account().id, Upload.purpose == _purpose(forum), Upload.deleted_at.is_(None))
    upload = db.one_or_404(select(Upload).where(Upload.id == upload_id, *ours))
    report = _apply(forum, upload)
    db.session.commit()
    if report.changes:
        flash(
            ngettext("The programme has %(num)d change.", "The programme has %(num)d changes.", report.changes),
            "success",
        )
    else:
        flash(_("The programme said all of this already; nothing was changed."))
    return redirect(url_for(".programme", forum=forum))


def _purpose(forum: Forum) -> str:
    """Name what a schedule file is for: one that was looked at for a forum changes no other one."""
    return f"programme of forum {forum.id}"


def _apply(forum: Forum, upload: Upload) -> ImportReport:
    path, time_zone = upload_path(upload), forum.time_zone
    # Reading a large file takes its time: not inside a transaction that keeps other writers waiting.
    db.session.rollback()
    schedule = read_schedule(path.read_bytes(), time_zone=time_zone)
    return apply_schedule(forum, schedule, actor=current_account(), now=clock.now())


def _counted(found: ProgrammeConflicts) -> list[tuple[str, int]]:
    """Return the names of the kinds of conflict with their numbers, grave ones first."""
    kinds = Counter(conflict.kind for conflict in (*found.blocking, *found.warnings))
    return [(short_name(kind), number) for kind, number in kinds.items()]


def _page(forum: Forum, form: ImportForm) -> ResponseReturnValue:
    page = render_template("forum/manage/programme/import.html", forum=forum, form=form)
    return page, 422 if request.method == "POST" else 200
