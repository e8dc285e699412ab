"""Making the poster and the door signs in the background: each sheet is laid out several times until it fits."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from gtn_events.core.db import db, snapshot
from gtn_events.core.jobs import JobRun, job_handler
from gtn_events.core.permissions import Permission

from .documents_door_signs import door_signs
from .documents_poster import programme_poster
from .enums import Paper
from .models import Forum

POSTER, DOOR_SIGNS = "forum.poster", "forum.door_signs"


@job_handler(POSTER, permission=Permission.FORUM_PROGRAMME_EDIT)
def make_poster(job: JobRun) -> None:
    """Make the agenda on one sheet."""
    _make(job, "agenda", programme_poster)


@job_handler(DOOR_SIGNS, permission=Permission.FORUM_PROGRAMME_EDIT)
def make_door_signs(job: JobRun) -> None:
    """Make a sheet for each room and day."""
    _make(job, "door-signs", door_signs)


def _make(job: JobRun, name: str, draw: Callable[[Forum, Paper], bytes]) -> None:
    job.set_total(1)
    paper = Paper(job.params["paper"])
    # As a reader: drawing takes seconds, in which a writer would keep everybody else from writing.
    with snapshot():
        forum = db.session.get_one(Forum, job.params["forum_id"])
        file_name, data = f"{forum.slug}-{name}-{paper.value}.pdf", draw(forum, paper)
    with tempfile.NamedTemporaryFile(suffix=".pdf", delete=False) as file:
        file.write(data)
    job.advance()
    job.save_result(file_name, "application/pdf", Path(file.name))
