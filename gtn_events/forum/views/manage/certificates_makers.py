"""Certificates of speakers, organisers and volunteers: who they are, issue to chosen ones or all."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.certificates.batch import KIND
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.jobs import enqueue_job
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.venue_time import day_at_venue

from ...certificates_makers import SOURCE
from ...models import Forum
from ...queries.makers import KINDS, makers_of
from .blueprint import blueprint


@blueprint.get("/certificates/makers")
@requires(Permission.FORUM_CERTIFICATES_ISSUE)
def certificates_makers(forum: Forum) -> ResponseReturnValue:
    """Show who spoke, organised and helped, with the certificate of each."""
    makers = makers_of(forum)
    groups = [(kind, [each for each in makers if each.kind is kind]) for kind in KINDS]
    return render_template("forum/manage/certificates_makers.html", forum=forum, groups=groups, total=len(makers))


@blueprint.post("/certificates/makers")
@requires(Permission.FORUM_CERTIFICATES_ISSUE)
def certificates_makers_issue(forum: Forum) -> ResponseReturnValue:
    """Issue what the chosen ones are due, or all of them, and pack all PDFs, as a job."""
    known = {each.key for each in makers_of(forum)}
    everybody = request.form.get("all") == "1"
    chosen = sorted(known if everybody else known & set(request.form.getlist("ids")))
    if not chosen:
        flash(_("Nobody is chosen: tick those who are to get a certificate."), "error")
        return redirect(url_for(".certificates_makers", forum=forum))
    now = clock.now()
    job = enqueue_job(
        KIND,
        title=_("Certificates of speakers and team, %(forum)s", forum=forum.title),
        params={
            "source": SOURCE,
            "forum_id": forum.id,
            "chosen": chosen,
            "issued_on": day_at_venue(now, forum.time_zone).isoformat(),
        },
        actor=current_account(),
        now=now,
        scope=forum.scope,
        back=(_("Speakers and team"), url_for(".certificates_makers", forum=forum)),
    )
    db.session.commit()
    return redirect(url_for("jobs.show", job_id=job.id))
