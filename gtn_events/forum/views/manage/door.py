"""The doors as an organiser sees them: who is in, and who was let in twice."""

from flask import render_template
from flask.typing import ResponseReturnValue

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.text import clock_time, local

from ...domain.check_in import MAIN_DOOR
from ...domain.door_rule import slot_of
from ...models import Checkpoint, Forum
from ...queries.door import checkpoints_in_order
from ...queries.forums import checkpoint_of
from ...queries.head_count import differing_counts, differing_scans, head_counts
from .blueprint import blueprint


@blueprint.get("/door", defaults={"at": MAIN_DOOR})
@blueprint.get("/door/<at>")
@requires(Permission.FORUM_REGISTRATIONS_SEE)
def door(forum: Forum, at: str) -> ResponseReturnValue:
    """Show who is in at a checkpoint, by economy and category, and what devices decided differently."""
    return _page("forum/manage/door.html", forum, db.one_or_404(checkpoint_of(forum, at)))


@blueprint.get("/door/<at>/figures")
@requires(Permission.FORUM_REGISTRATIONS_SEE)
def door_figures(forum: Forum, at: str) -> ResponseReturnValue:
    """Return the part of the page that changes."""
    return _page("forum/manage/_door_figures.html", forum, db.one_or_404(checkpoint_of(forum, at)))


def _page(template: str, forum: Forum, checkpoint: Checkpoint) -> ResponseReturnValue:
    now = clock.now()
    return render_template(
        template,
        forum=forum,
        checkpoint=checkpoint,
        checkpoints=checkpoints_in_order(forum, closed=True),
        counts=head_counts(checkpoint, slot_of(checkpoint.rule, now, forum.time_zone)),
        differing=differing_scans(checkpoint),
        differing_counts=differing_counts(forum.id),
        now=now,
        time_of=lambda moment: clock_time(local(moment, forum.time_zone)),
    )
