"""The list of participants: which one, and the job that writes it."""

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
from gtn_events.designs.standard import standard_design
from gtn_events.designs.templates import templates

from ...list_wording import FAMILY, PARTICIPANTS_LIST
from ...models import Forum
from ...participants_job import PARTICIPANTS
from ...queries.participants import participant_counts
from .blueprint import blueprint

OUTPUTS = ("pdf", "xlsx")


@blueprint.get("/participants")
@requires(Permission.FORUM_REGISTRATIONS_SEE)
def participant_list(forum: Forum) -> ResponseReturnValue:
    """Show which lists there are, how many stand on them, and how the printed one looks."""
    confirmed, listed = participant_counts(forum)
    kept = current_design(forum.scope, PARTICIPANTS_LIST)
    design = kept.design if kept else standard_design(PARTICIPANTS_LIST)
    return render_template(
        "forum/manage/participants.html",
        forum=forum,
        confirmed=confirmed,
        listed=listed,
        template=templates(FAMILY)[design.template],
        version=kept.number if kept else 0,
        kind=PARTICIPANTS_LIST,
    )


@blueprint.post("/participants")
@requires(Permission.FORUM_REGISTRATIONS_SEE)
def participant_list_file(forum: Forum) -> ResponseReturnValue:
    """Have a list written; its page shows when it is ready. That the internal one was written is kept.

    The public one looks as its design is now, also when that is changed before it is written.
    """
    output, now = request.form.get("output"), clock.now()
    if output not in OUTPUTS:
        abort(404)
    kept = current_design(forum.scope, PARTICIPANTS_LIST)
    if output == "xlsx":
        changes = {"participants": (None, participant_counts(forum)[0])}
        record("list exported", forum, actor=current_account(), now=now, scope=forum.scope, changes=changes)
    job = enqueue_job(
        PARTICIPANTS,
        title=_("List of participants, %(forum)s", forum=forum.title),
        params={
            "forum_id": forum.id,
            "output": output,
            "attended": request.form.get("attended") == "1",
            "design_id": kept.id if kept else None,
        },
        actor=current_account(),
        now=now,
        scope=forum.scope,
        back=(_("List of participants"), url_for(".participant_list", forum=forum)),
    )
    db.session.commit()
    return redirect(url_for("jobs.show", job_id=job.id))
