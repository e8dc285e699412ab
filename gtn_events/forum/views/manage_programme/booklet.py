"""The button that makes the booklet."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.jobs import enqueue_job
from gtn_events.core.permissions import Permission, requires

from ...booklet_job import BOOKLET
from ...models import Forum
from ..manage.blueprint import blueprint


@blueprint.post("/programme/booklet")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_booklet(forum: Forum) -> ResponseReturnValue:
    """Have the booklet made; its page shows when it is ready."""
    job = enqueue_job(
        BOOKLET,
        title=_("Programme booklet of %(forum)s", forum=forum.title),
        params={"forum_id": forum.id},
        actor=current_account(),
        now=clock.now(),
        scope=forum.scope,
        back=(_("Programme"), url_for(".programme", forum=forum)),
    )
    db.session.commit()
    return redirect(url_for("jobs.show", job_id=job.id))
