"""The spreadsheet to begin with: every session of the working programme under headings that the import knows."""

from collections.abc import Iterator

from ...models import Forum
from ...queries.programme import abstracts, load_programme
from ...queries.told_of_sessions import told_of_sessions
from .columns import FIELDS, cells_of


def template_headings() -> list[str]:
    """Return a heading for each meaning that a column can have."""
    return [field.headings[0].capitalize() for field in FIELDS.values()]


def template_rows(forum: Forum) -> Iterator[list[str]]:
    """Give a line for each session, also for those without a time: sent back as it is, it changes nothing."""
    texts = abstracts(forum)
    told = told_of_sessions(forum)
    for session in load_programme(forum).sessions:
        row = told[session.id]
        cells = cells_of(session, texts.get(session.id, ""), expected=row.expected, wished=row.wished_minutes)
        yield [cells[name] for name in FIELDS]
