"""Checkpoints: the list, the form, closing and opening."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...domain.checkpoints import add_checkpoint, close_checkpoint, edit_checkpoint, reopen_checkpoint
from ...forms.checkpoint import CheckpointForm, stored_checkpoint
from ...models import Checkpoint, Forum
from ...queries.door import checkpoints_in_order
from ...queries.forums import checkpoint_of
from .blueprint import blueprint


@blueprint.get("/checkpoints")
@requires(Permission.FORUM_EDIT)
def checkpoint_list(forum: Forum) -> ResponseReturnValue:
    """Show the checkpoints with their rules, the closed ones at the end."""
    return render_template(
        "forum/manage/checkpoints.html", forum=forum, checkpoints=checkpoints_in_order(forum, closed=True)
    )


@blueprint.route("/checkpoints/new", methods=["GET", "POST"])
@requires(Permission.FORUM_EDIT)
def checkpoint_new(forum: Forum) -> ResponseReturnValue:
    """Show an empty form, or add a checkpoint."""
    form = CheckpointForm(forum)
    if not form.validate_on_submit():
        return _form_page(forum, form, None)
    try:
        checkpoint = add_checkpoint(forum, form.details(), actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _form_page(forum, form, None)
    flash(_("%(label)s is added.", label=checkpoint.label), "success")
    return redirect(url_for(".checkpoint_list", forum=forum))


@blueprint.route("/checkpoints/<at>", methods=["GET", "POST"])
@requires(Permission.FORUM_EDIT)
def checkpoint_edit(forum: Forum, at: str) -> ResponseReturnValue:
    """Show one checkpoint, or change it."""
    checkpoint = db.one_or_404(checkpoint_of(forum, at))
    form = CheckpointForm(forum, data=None if request.method == "POST" else stored_checkpoint(checkpoint))
    if request.method == "GET":
        form.show(checkpoint)
    if not form.validate_on_submit():
        return _form_page(forum, form, checkpoint)
    try:
        edit_checkpoint(checkpoint, form.details(), seen=form.version, actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse_beside(refusal, checkpoint, stored_checkpoint(checkpoint))
        return _form_page(forum, form, checkpoint)
    flash(_("%(label)s is saved.", label=checkpoint.label), "success")
    return redirect(url_for(".checkpoint_list", forum=forum))


@blueprint.post("/checkpoints/<at>/close")
@requires(Permission.FORUM_EDIT)
def checkpoint_close(forum: Forum, at: str) -> ResponseReturnValue:
    """Let nobody pass here any more."""
    checkpoint = db.one_or_404(checkpoint_of(forum, at))
    close_checkpoint(checkpoint, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(label)s is closed.", label=checkpoint.label), "success")
    return redirect(url_for(".checkpoint_list", forum=forum))


@blueprint.post("/checkpoints/<at>/reopen")
@requires(Permission.FORUM_EDIT)
def checkpoint_reopen(forum: Forum, at: str) -> ResponseReturnValue:
    """Let people pass here again."""
    checkpoint = db.one_or_404(checkpoint_of(forum, at))
    reopen_checkpoint(checkpoint, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(label)s is open again.", label=checkpoint.label), "success")
    return redirect(url_for(".checkpoint_list", forum=forum))


def _form_page(forum: Forum, form: CheckpointForm, checkpoint: Checkpoint | None) -> ResponseReturnValue:
    page = render_template("forum/manage/checkpoint_form.html", forum=forum, form=form, checkpoint=checkpoint)
    return page, 422 if form.errors else 200
