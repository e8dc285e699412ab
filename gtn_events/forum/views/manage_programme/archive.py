"""The button that packs the archive of the programme."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.jobs import enqueue_job
from gtn_events.core.permissions import Permission, requires

from ...archive_job import ARCHIVE
from ...models import Forum
from ..manage.blueprint import blueprint


@blueprint.post("/programme/archive")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_archive(forum: Forum) -> ResponseReturnValue:
    """Have the archive packed; its page shows when it is ready."""
    job = enqueue_job(
        ARCHIVE,
        title=_("Archive of the programme of %(forum)s", forum=forum.title),
        params={"forum_id": forum.id},
        actor=current_account(),
        now=clock.now(),
        scope=forum.scope,
        back=(_("Versions of the programme"), url_for(".programme_versions", forum=forum)),
    )
    db.session.commit()
    return redirect(url_for("jobs.show", job_id=job.id))
