"""What an organiser must not write into a letter, and the series that numbers letters."""

import re

from sqlalchemy import select

from gtn_events.core.db import db
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
    """Raise ``DesignRefused`` at a text that promises a visa."""
    for key, text in design.texts.items():
        if _PROMISE.search(text):
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
