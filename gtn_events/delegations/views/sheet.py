"""Nominations as a spreadsheet: the template, the upload, what each line would do, and doing it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError, UploadRefused
from gtn_events.core.exports import csv_response, workbook_response
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.sheets import read_sheet
from gtn_events.core.uploads import FileKind, Upload, store_upload, upload_path
from gtn_events.forum.queries.delegate import open_categories

from ..domain.nomination_sheet import MOST_ROWS, Fate, Preview, apply_sheet, preview_sheet
from ..domain.sheet_columns import cells_of, columns_for
from ..domain.sheet_keeping import forget_sheet, keep_sheet
from ..forms.sheet import SheetForm
from ..models import Delegation, NominationSheet
from ..queries.nominations import nominations_of
from ..queries.sheets import sheet_of
from ..sheet_files import errors_file, template_file
from .blueprint import blueprint

LARGEST_FILE = 5 * 1024 * 1024
ON_A_PAGE = 100


@blueprint.get("/nominations/template")
@requires(Permission.DELEGATION_MANAGE)
def template(delegation: Delegation) -> ResponseReturnValue:
    """Send the template, with the open nominations in it: sent back, they are changed, not doubled."""
    columns = columns_for(open_categories(delegation.forum))
    rows = [cells_of(each, columns) for each in nominations_of(delegation) if each.state.is_open]
    name = f"{delegation.forum.slug}-{delegation.code.lower()}-nominations"
    if request.args.get("format") == "csv":
        return csv_response(f"{name}.csv", [column.label for column in columns], rows)
    return workbook_response(f"{name}.xlsx", template_file(columns, rows))


@blueprint.get("/nominations/upload")
@requires(Permission.DELEGATION_MANAGE)
def upload(delegation: Delegation) -> ResponseReturnValue:  # noqa: ARG001  # the page has it from the blueprint
    """Ask for the file."""
    return render_template("delegations/upload.html", form=SheetForm())


@blueprint.post("/nominations/upload")
@requires(Permission.DELEGATION_MANAGE)
def upload_file(delegation: Delegation) -> ResponseReturnValue:
    """Keep the file, and lead to what it would do; nothing is nominated yet."""
    form = SheetForm()
    if not form.validate():
        return render_template("delegations/upload.html", form=form), 422
    try:
        kept = store_upload(
            form.file.data,
            allowed=[FileKind.XLSX, FileKind.CSV],
            max_bytes=LARGEST_FILE,
            owner_id=current_account().id,
            now=clock.now(),
        )
        keep_sheet(delegation, kept)
        _preview(delegation, kept)
    except DomainError as refused:
        db.session.rollback()
        form.refuse(UploadRefused(refused.message, field="file"))
        return render_template("delegations/upload.html", form=form), 422
    db.session.commit()
    return redirect(url_for(".sheet", upload_id=kept.id, **delegation.address))


@blueprint.get("/nominations/upload/<int:upload_id>")
@requires(Permission.DELEGATION_MANAGE)
def sheet(delegation: Delegation, upload_id: int) -> ResponseReturnValue:
    """Show what each line of the file would do, as things stand now."""
    preview = _preview(delegation, _waiting(delegation, upload_id).upload)
    shown = next((fate for fate in Fate if fate.value == request.args.get("fate")), None)
    lines = [line for line in preview.lines if shown is None or line.fate is shown]
    page = min(max(request.args.get("page", 1, type=int), 1), max(1, -(-len(lines) // ON_A_PAGE)))
    return render_template(
        "delegations/sheet.html",
        preview=preview,
        shown=shown,
        lines=lines[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
        found=len(lines),
        page=page,
        last=page * ON_A_PAGE >= len(lines),
        complete=sum(line.is_complete and line.fate is not Fate.REFUSED for line in preview.lines),
        upload_id=upload_id,
        fates=list(Fate),
    )


@blueprint.get("/nominations/upload/<int:upload_id>/errors")
@requires(Permission.DELEGATION_MANAGE)
def sheet_errors(delegation: Delegation, upload_id: int) -> ResponseReturnValue:
    """Send the lines that are refused, with the errors at their cells, to be corrected and sent again."""
    preview = _preview(delegation, _waiting(delegation, upload_id).upload)
    return workbook_response(f"{delegation.forum.slug}-to-correct.xlsx", errors_file(preview))


@blueprint.post("/nominations/upload/<int:upload_id>")
@requires(Permission.DELEGATION_MANAGE)
def sheet_apply(delegation: Delegation, upload_id: int) -> ResponseReturnValue:
    """Do what the file says, looked at once more, or throw it away; the file is deleted."""
    waiting, now = _waiting(delegation, upload_id), clock.now()
    go = request.form.get("go")
    if go not in ("draft", "nominate", "discard"):
        abort(404)
    if go == "discard":
        flash(_("The file is thrown away. Nothing was changed."), "success")
    else:
        preview = _preview(delegation, waiting.upload, keeps=True)
        done = apply_sheet(delegation, preview.lines, nominates=go == "nominate", actor=current_account(), now=now)
        flash(
            _(
                "%(new)s new, %(changed)s changed, %(same)s as before, %(refused)s refused.",
                new=done[Fate.NEW],
                changed=done[Fate.CHANGED],
                same=done[Fate.UNCHANGED],
                refused=done[Fate.REFUSED],
            ),
            "success",
        )
    forget_sheet(waiting, now=now)
    db.session.commit()
    return redirect(url_for(".nominations", **delegation.address))


def _waiting(delegation: Delegation, upload_id: int) -> NominationSheet:
    """Return a sheet that the present person sent for this delegation, or answer 404."""
    found: NominationSheet = db.one_or_404(sheet_of(delegation, current_account(), upload_id))
    return found


def _preview(delegation: Delegation, kept: Upload, *, keeps: bool = False) -> Preview:
    is_workbook = kept.content_type == FileKind.XLSX.content_type
    lines = read_sheet(upload_path(kept), is_workbook=is_workbook, most_lines=MOST_ROWS + 1)
    return preview_sheet(delegation, lines, open_categories(delegation.forum), keeps=keeps)
