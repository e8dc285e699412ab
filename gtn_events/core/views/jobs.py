"""The page of a job: how far it is, stop it, take its result."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from .. import clock
from ..db import db
from ..jobs import Job, cancel_job, permission_of
from ..permissions import Permission, Scope, may, requires
from ..uploads import Upload, send_upload

blueprint = Blueprint("jobs", __name__, url_prefix="/jobs")
STILL_THERE = {"forum": Permission.FORUM_SEE, "competition": Permission.COMPETITION_SEE}


@blueprint.get("/<int:job_id>")
@requires(Permission.SIGNED_IN)
def show(job_id: int) -> ResponseReturnValue:
    """Show the progress; the page looks again by itself until the job is over."""
    return render_template("core/jobs/show.html", job=_job(job_id))


@blueprint.get("/<int:job_id>/progress")
@requires(Permission.SIGNED_IN)
def progress(job_id: int) -> ResponseReturnValue:
    """Return the part of the page that changes."""
    return render_template("core/jobs/progress.html", job=_job(job_id))


@blueprint.post("/<int:job_id>/cancel")
@requires(Permission.SIGNED_IN)
def cancel(job_id: int) -> ResponseReturnValue:
    """Ask the job to stop."""
    job = _job(job_id)
    cancel_job(job, now=clock.now())
    db.session.commit()
    flash(_("The job stops; what it has finished is kept."), "success")
    return redirect(url_for(".show", job_id=job_id))


@blueprint.get("/<int:job_id>/result")
@requires(Permission.SIGNED_IN)
def result(job_id: int) -> ResponseReturnValue:
    """Hand out the file that the job made."""
    job = _job(job_id)
    upload = db.session.get(Upload, job.result_upload_id) if job.result_upload_id is not None else None
    if upload is None:
        abort(404)
    return send_upload(upload)


class _Place:
    """Something with a scope, as ``may`` wants it."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope


def _job(job_id: int) -> Job:
    """Return a job of this person, or of a scope in which they may see its kind; 404 for everybody else."""
    job = db.session.get(Job, job_id)
    if job is None or not _may_see(job):
        abort(404)
    return job


def _may_see(job: Job) -> bool:
    if may(Permission.SITE_ADMINISTER):
        return True
    permission, scope = permission_of(job.kind), job.scope
    if job.created_by_id is not None and job.created_by_id == current_user.id:
        # Whoever no longer works at a forum or a competition keeps nothing that was made of its lists.
        return scope is None or scope.kind not in STILL_THERE or may(STILL_THERE[scope.kind], _Place(scope))
    return permission is not None and scope is not None and may(permission, _Place(scope))
