"""Proposing a timetable in the background: the solver works for some seconds."""

from werkzeug.utils import import_string

from gtn_events.accounts.models import Account
from gtn_events.core.db import db, snapshot
from gtn_events.core.jobs import JobRun, job_handler
from gtn_events.core.permissions import Permission

from .domain.timetable import keep_timetable
from .models import Forum
from .queries.timetable import TIMETABLE_JOB, task_of
from .timetable import Wishes


@job_handler(TIMETABLE_JOB, permission=Permission.FORUM_PROGRAMME_EDIT)
def propose_timetable(job: JobRun) -> None:
    """Look for a timetable for the sessions that have no time, and keep it as a proposal."""
    job.set_total(1)
    wishes = Wishes.from_json(job.params["wishes"])
    # As a reader: nobody waits for a lock while the solver works.
    with snapshot():
        task = task_of(db.session.get_one(Forum, job.params["forum_id"]), wishes)
    # Imported only here: the solver would take the web processes a third of their memory.
    propose = import_string("gtn_events.forum.timetable.solving:propose")
    proposal = propose(task, check=job.check_cancelled)
    forum = db.session.get_one(Forum, job.params["forum_id"])
    actor = db.session.get(Account, job.owner_id) if job.owner_id is not None else None
    keep_timetable(forum, wishes, proposal, actor=actor, now=job.now())
    job.advance()
