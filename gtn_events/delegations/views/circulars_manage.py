"""The circulars of a forum as its organisers write, release and follow them."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.queries.coordinators import coordinators_of
from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.addresses import row_id
from gtn_events.core.db import db
from gtn_events.core.downloads import send_attachment
from gtn_events.core.economies import economies_in_order
from gtn_events.core.errors import DomainError
from gtn_events.core.outbox import Attachment
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.uploads import send_upload
from gtn_events.forum.models import Forum
from gtn_events.forum.views.loading import load_organised_forum

from ..circular_words import SECTIONS, CircularState
from ..documents_circular import circular_pdf, file_name
from ..domain.circulars import add_file, begin_circular, begin_version, discard, release, remove_file, write_version
from ..forms.circular import CircularFileForm, CircularForm, NewCircularForm
from ..models import Circular, CircularVersion
from ..notifications_circulars import remind
from ..queries.circulars import board_of, circular_of, circulars_of, file_of
from .circulars import differences

blueprint = Blueprint("circulars_manage", __name__, url_prefix="/forums/<forum>/manage/circulars")
load_organised_forum(blueprint)


@blueprint.route("/", methods=["GET", "POST"])
@requires(Permission.FORUM_EDIT)
def index(forum: Forum) -> ResponseReturnValue:
    """List the circulars of the forum, or begin the next one."""
    form = NewCircularForm()
    if form.validate_on_submit():
        version = begin_circular(forum, form.title.data, actor=current_account(), now=clock.now())
        db.session.commit()
        return redirect(url_for(".edit", forum=forum, number=version.circular.number))
    found = db.session.scalars(circulars_of(forum)).all()
    page = render_template(
        "delegations/circulars/manage.html",
        forum=forum,
        circulars=found,
        form=form,
        economy_count=len(economies_in_order()),
    )
    return page, 422 if form.errors else 200


@blueprint.get("/<int:number>")
@requires(Permission.FORUM_EDIT)
def board(forum: Forum, number: int) -> ResponseReturnValue:
    """Show which economy acknowledged which version, and the draft if there is one."""
    circular = _circular(forum, number)
    sent = [each for each in circular.versions if each.state is not CircularState.DRAFT]
    return render_template(
        "delegations/circulars/board.html",
        forum=forum,
        circular=circular,
        sent=sent,
        rows=board_of(circular),
        economy_count=len(economies_in_order()),
        changes=differences(circular.released, circular.draft) if circular.released and circular.draft else [],
    )


@blueprint.route("/<int:number>/edit", methods=["GET", "POST"])
@requires(Permission.FORUM_EDIT)
def edit(forum: Forum, number: int) -> ResponseReturnValue:
    """Show the draft as a form, or save it."""
    version = _draft(forum, number)
    form = CircularForm.of(version)
    if not form.validate_on_submit():
        return _edit_page(forum, version, form), 422 if form.errors else 200
    try:
        write_version(version, form.text, seen=row_id(form.seen.data), actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refused:
        db.session.rollback()
        form.refuse(refused)
        return _edit_page(forum, version, form), refused.http_status
    flash(_("The draft is saved."), "success")
    return redirect(url_for(".edit", forum=forum, number=number))


@blueprint.post("/<int:number>/files")
@requires(Permission.FORUM_EDIT)
def file_add(forum: Forum, number: int) -> ResponseReturnValue:
    """Keep a file with the draft."""
    version, form = _draft(forum, number), CircularFileForm()
    if not form.validate():
        return _edit_page(forum, version, CircularForm.of(version), files=form), 422
    try:
        add_file(version, form.file.data, now=clock.now())
        db.session.commit()
    except DomainError as refused:
        db.session.rollback()
        form.file.errors = [refused.message]
        return _edit_page(forum, version, CircularForm.of(version), files=form), refused.http_status
    flash(_("The file is added."), "success")
    return redirect(url_for(".edit", forum=forum, number=number))


@blueprint.get("/<int:number>/files/<int:file_id>")
@requires(Permission.FORUM_EDIT)
def file(forum: Forum, number: int, file_id: int) -> Response:
    """Return a file of any version."""
    return send_upload(db.one_or_404(file_of(_circular(forum, number), file_id)).upload)


@blueprint.post("/<int:number>/files/<int:file_id>/remove")
@requires(Permission.FORUM_EDIT)
def file_remove(forum: Forum, number: int, file_id: int) -> ResponseReturnValue:
    """Take a file away from the draft."""
    version = _draft(forum, number)
    found = next((each for each in version.files if each.id == file_id), None)
    if found is None:
        abort(404)
    remove_file(version, found, now=clock.now())
    db.session.commit()
    flash(_("The file is taken away."), "success")
    return redirect(url_for(".edit", forum=forum, number=number))


@blueprint.get("/<int:number>/pdf")
@requires(Permission.FORUM_EDIT)
def pdf(forum: Forum, number: int) -> Response:
    """Return a version as a PDF, the draft too."""
    circular = _circular(forum, number)
    wanted = row_id(request.args.get("version"))
    version = next((each for each in circular.versions if each.version == wanted), circular.versions[-1])
    return send_attachment(Attachment(file_name(version), "application/pdf", circular_pdf(version)), inline=True)


@blueprint.route("/<int:number>/release", methods=["GET", "POST"])
@requires(Permission.FORUM_EDIT)
def release_draft(forum: Forum, number: int) -> ResponseReturnValue:
    """Show who gets the draft, or release it."""
    version = _draft(forum, number)
    if request.method == "POST":
        release(version, actor=current_account(), now=clock.now())
        db.session.commit()
        flash(_("Circular No. %(number)s is released.", number=number), "success")
        return redirect(url_for(".board", forum=forum, number=number))
    people = coordinators_of(version.audience or None)
    return render_template("delegations/circulars/release.html", forum=forum, version=version, people=people)


@blueprint.post("/<int:number>/new-version")
@requires(Permission.FORUM_EDIT)
def new_version(forum: Forum, number: int) -> ResponseReturnValue:
    """Begin the next version from the one that holds."""
    begin_version(_circular(forum, number), actor=current_account(), now=clock.now())
    db.session.commit()
    return redirect(url_for(".edit", forum=forum, number=number))


@blueprint.post("/<int:number>/discard")
@requires(Permission.FORUM_EDIT)
def discard_draft(forum: Forum, number: int) -> ResponseReturnValue:
    """Throw the draft away."""
    discard(_draft(forum, number), actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The draft is discarded."), "success")
    return redirect(url_for(".index", forum=forum))


@blueprint.post("/<int:number>/remind")
@requires(Permission.FORUM_EDIT)
def remind_late(forum: Forum, number: int) -> ResponseReturnValue:
    """Remind the economies that have not acknowledged the version that holds; once a day."""
    version = _circular(forum, number).released
    if version is None:
        abort(404)
    count = remind(version, now=clock.now())
    db.session.commit()
    if count:
        flash(ngettext("%(num)s coordinator is reminded.", "%(num)s coordinators are reminded.", count), "success")
    else:
        flash(_("Nobody is left to remind today."), "success")
    return redirect(url_for(".board", forum=forum, number=number))


def _circular(forum: Forum, number: int) -> Circular:
    found: Circular = db.one_or_404(circular_of(forum, number))
    return found


def _draft(forum: Forum, number: int) -> CircularVersion:
    """Return the draft of a circular; 404 when there is none."""
    draft = _circular(forum, number).draft
    return draft if draft is not None else abort(404)


def _edit_page(
    forum: Forum, version: CircularVersion, form: CircularForm, *, files: CircularFileForm | None = None
) -> str:
    return render_template(
        "delegations/circulars/edit.html",
        forum=forum,
        circular=version.circular,
        version=version,
        form=form,
        files=files or CircularFileForm(formdata=None),
        headings=list(SECTIONS.values()),
    )
