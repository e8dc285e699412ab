"""Making the booklet in the background: a large programme takes some seconds."""

import tempfile
from pathlib import Path

from gtn_events.core.db import db, snapshot
from gtn_events.core.jobs import JobRun, job_handler
from gtn_events.core.permissions import Permission

from .documents_programme import programme_booklet
from .models import Forum
from .queries.print_options import PrintChoice, choice_from_json

BOOKLET = "forum.booklet"


@job_handler(BOOKLET, permission=Permission.FORUM_PROGRAMME_EDIT)
def make_booklet(job: JobRun) -> None:
    """Make the booklet of the forum as it stands now, in the way that was asked for."""
    job.set_total(1)
    # As a reader: drawing takes seconds, in which a writer would keep everybody else from writing.
    with snapshot():
        forum = db.session.get_one(Forum, job.params["forum_id"])
        choice = _choice(job)
        name = f"{forum.slug}-programme-{(choice or PrintChoice()).paper.value}.pdf"
        data = programme_booklet(forum, choice)
    with tempfile.NamedTemporaryFile(suffix=".pdf", delete=False) as file:
        file.write(data)
    job.advance()
    job.save_result(name, "application/pdf", Path(file.name))


def _choice(job: JobRun) -> PrintChoice | None:
    """Return what the person chose; another organiser may have chosen otherwise since."""
    return choice_from_json(job.params["choice"]) if "choice" in job.params else None
