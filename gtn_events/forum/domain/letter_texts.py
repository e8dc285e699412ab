"""What an organiser must not write into a letter, and the series that numbers letters."""

import re

from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.core.field_texts import every_way
from gtn_events.core.text import as_read
from gtn_events.core.upsert import insert_unless_there
from gtn_events.designs.errors import DesignRefused
from gtn_events.designs.values import Design

from ..models import Forum, LetterSettings

# Whether somebody may enter is not the host's to say.
_PROMISE = re.compile(
    r"\bvisas?\b[^.]*\b(will|shall|must) be (granted|issued|given)|\bguarantee|\bensure[sd]? (a|the|that) visa"
    r"|\b(promise|grant)s? (a|the|you a|them a) visa",
    re.IGNORECASE,
)


def refuse_promises(design: Design) -> None:
    """Raise ``DesignRefused`` where a visa is promised: in a text, over lines, in any part of it, or in a post."""
    written = dict(design.texts)
    written |= {f"signatory-{number}": f"{each.name}. {each.role}" for number, each in enumerate(design.signatories, 1)}
    for key, text in written.items():
        if any(_PROMISE.search(as_read(way)) for way in every_way(text)):
            words = "A letter must not promise a visa: authorities decide on it. Say it otherwise."
            raise DesignRefused(words, field=key)


def locked_settings(forum: Forum) -> LetterSettings:
    """Return the row with the series of a forum, held until the transaction ends; made when it is missing."""
    statement = select(LetterSettings).where(LetterSettings.forum_id == forum.id).with_for_update()
    found = db.session.scalars(statement.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        db.session.execute(insert_unless_there(LetterSettings, forum_id=forum.id, next_number=1))
        found = db.session.scalars(statement).one()
    return found
