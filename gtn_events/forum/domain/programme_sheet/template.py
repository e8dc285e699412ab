"""The spreadsheet to begin with: every session of the working programme under headings that the import knows."""

from collections.abc import Iterator

from sqlalchemy import select

from gtn_events.core.db import db

from ...models import Forum, ForumSession
from ...queries.programme import abstracts, load_programme
from .columns import FIELDS, cells_of


def template_headings() -> list[str]:
    """Return a heading for each meaning that a column can have."""
    return [field.headings[0].capitalize() for field in FIELDS.values()]


def template_rows(forum: Forum) -> Iterator[list[str]]:
    """Give a line for each session, also for those without a time: sent back as it is, it changes nothing."""
    texts = abstracts(forum)
    expected = select(ForumSession.id, ForumSession.expected).where(ForumSession.forum_id == forum.id)
    people = {row.id: row.expected for row in db.session.execute(expected)}
    for session in load_programme(forum).sessions:
        cells = cells_of(session, texts.get(session.id, ""), people[session.id])
        yield [cells[name] for name in FIELDS]
