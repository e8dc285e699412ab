"""Packing the archive in the background: a large programme has thousands of pages."""

import tempfile
from pathlib import Path

from gtn_events.core.db import db, snapshot
from gtn_events.core.jobs import JobRun, job_handler
from gtn_events.core.permissions import Permission

from .archive import pages_in, write_archive
from .models import Forum
from .programme_files import file_content
from .queries.programme_editions import edition_of

ARCHIVE = "forum.archive"


@job_handler(ARCHIVE, permission=Permission.FORUM_PROGRAMME_EDIT)
def make_archive(job: JobRun) -> None:
    """Pack what people see of the programme now."""

    def advance() -> None:
        job.advance()
        job.check_cancelled()

    # As a reader: packing takes seconds, in which a writer would keep everybody else from writing.
    with snapshot():
        forum = db.session.get_one(Forum, job.params["forum_id"])
        content = file_content(forum, edition_of(forum, now=job.now()))
        job.set_total(pages_in(content))
        with tempfile.NamedTemporaryFile(suffix=".zip", delete=False) as file:
            path = Path(file.name)
        try:
            write_archive(content, path, after_each=advance)
        except BaseException:
            path.unlink()
            raise
        name = f"{forum.slug}-archive.zip"
    job.save_result(name, "application/zip", path)
