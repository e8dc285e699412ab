"""What a process remembers of the pages of programmes, and what they are made of."""

import hashlib
from functools import cache

from gtn_events.core import clock
from gtn_events.core.static_files import static_version
from gtn_events.core.templating import template_folder

from ...models import Forum
from ...queries.programme_editions import Edition, edition_of, forget_editions
from ...queries.programme_search import forget_searches
from ...remembered import Remembered

fragments: Remembered[str] = Remembered(128)
calendars: Remembered[bytes] = Remembered(4)
files: Remembered[bytes] = Remembered(8)


def edition(forum: Forum) -> Edition:
    """Return what people see of a programme now."""
    return edition_of(forum, now=clock.now())


def forget_programmes() -> None:
    """Empty the memory; for tests that use the same ids again."""
    forget_editions()
    forget_searches()
    fragments.clear()
    calendars.clear()
    files.clear()


@cache
def template_version() -> str:
    """Return a digest of every template and of the files they name, equal in all processes of one release."""
    digest = hashlib.blake2b(static_version().encode(), digest_size=8)
    for path in sorted(template_folder().rglob("*.html")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
