"""Lists of participants: which one, and the job that writes it."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.jobs import enqueue_job
from gtn_events.core.journal import record
from gtn_events.core.permissions import Permission, requires
from gtn_events.designs.keeping import current_design
from gtn_events.designs.reading import standing
from gtn_events.designs.templates import templates

from ...list_wording import FAMILY
from ...models import Forum
from ...participants_job import DESIGNED, PARTICIPANTS
from ...queries.attendance_rule import forum_days
from ...queries.participants import participant_counts
from .blueprint import blueprint

OUTPUTS = (*DESIGNED, "xlsx")


@blueprint.get("/participants")
@requires(Permission.FORUM_REGISTRATIONS_SEE)
def participant_list(forum: Forum) -> ResponseReturnValue:
    """Show which lists there are, how many stand on them, and how the printed ones look."""
    confirmed, listed = participant_counts(forum)
    return render_template(
        "forum/manage/participants.html",
        forum=forum,
        confirmed=confirmed,
        listed=listed,
        days=forum_days(forum),
        looks={output: (kind, *standing(forum.scope, kind)) for output, kind in DESIGNED.items()},
        templates=templates(FAMILY),
    )


@blueprint.post("/participants")
@requires(Permission.FORUM_REGISTRATIONS_SEE)
def participant_list_file(forum: Forum) -> ResponseReturnValue:
    """Have a list written; its page shows when it is ready. That one with everybody on it was written is kept.

    A printed one looks as its design is now, also when that is changed before it is written.
    """
    output, now = request.form.get("output"), clock.now()
    days = [each.isoformat() for each in forum_days(forum) if each.isoformat() == request.form.get("day")]
    if output not in OUTPUTS or (output == "sheet" and not days):
        abort(404)
    kept = current_design(forum.scope, DESIGNED[output]) if output in DESIGNED else None
    if output != "pdf":
        changes = {"participants": (None, participant_counts(forum)[0])}
        record("list exported", forum, actor=current_account(), now=now, scope=forum.scope, changes=changes)
    title = _("Sign-in sheet, %(forum)s", forum=forum.title) if output == "sheet" else None
    job = enqueue_job(
        PARTICIPANTS,
        title=title or _("List of participants, %(forum)s", forum=forum.title),
        params={
            "forum_id": forum.id,
            "output": output,
            "attended": request.form.get("attended") == "1",
            "day": days[0] if output == "sheet" else None,
            "design_id": kept.id if kept else None,
        },
        actor=current_account(),
        now=now,
        scope=forum.scope,
        back=(_("List of participants"), url_for(".participant_list", forum=forum)),
    )
    db.session.commit()
    return redirect(url_for("jobs.show", job_id=job.id))
