"""The words of letters: an organiser's own with fields in braces, checked before they are kept."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.field_texts import fault_of
from gtn_events.core.upsert import insert_unless_there
from gtn_events.core.versions import require_as_seen

from ..errors import LetterRefused
from ..models import Forum, LetterSettings

FIELDS = ("name", "position", "organisation", "economy", "role", "forum", "dates", "venue", "city")
VISA_FIELDS = (*FIELDS, "entry", "exit", "consulate")
INVITATION = (
    "We are pleased to invite {name}, {position}, {organisation}, {economy}, to take part in {forum} as {role}.\n\n"
    "The forum is held on {dates} at {venue}, {city}. Small firms of the APEC economies show green technology "
    "there and meet partners from other economies."
)
VISA = (
    "We confirm that {name}, {position}, {organisation}, {economy}, is registered for {forum} as {role}. "
    "The registration is approved.\n\n"
    "The forum is held on {dates} at {venue}, {city}. The person named below intends to enter on {entry} and to "
    "leave on {exit}. We should be grateful if {consulate} would consider the application."
)
LONGEST = 3_000
# What a host must not put into a letter: whether somebody may enter is not theirs to say.
_PROMISE = re.compile(
    r"\bvisas?\b[^.]*\b(will|shall|must) be (granted|issued|given)|\bguarantee|\bensure[sd]? (a|the|that) visa"
    r"|\b(promise|grant)s? (a|the|you a|them a) visa",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class LetterWords:
    """What an organiser sets for the letters of a forum."""

    invitation_text: str
    visa_text: str
    signatory_name: str
    signatory_post: str


def edit_letter_words(
    forum: Forum, words: LetterWords, *, seen: int | None = None, actor: Account, now: datetime
) -> None:
    """Set the words of the letters that are issued from now on.

    Args:
        seen: the ``lock_version`` that the person's page shows, None when it does not matter.

    Raises:
        Stale: somebody else changed them since.
        LetterRefused: a text names a field that letters do not have, has a lone brace, or promises a visa.

    Flushes; the caller commits.
    """
    check_words("invitation_text", words.invitation_text, FIELDS)
    check_words("visa_text", words.visa_text, VISA_FIELDS)
    settings = locked_settings(forum)
    require_as_seen(settings, seen)
    settings.lock_version += 1
    for name, value in words.__dict__.items():
        setattr(settings, name, value)
    journal.record("letter texts changed", forum, actor=actor, now=now, scope=forum.scope)
    db.session.flush()


def check_words(field: str, text: str, allowed: tuple[str, ...]) -> None:
    """Raise ``LetterRefused`` at a field whose text cannot be printed."""
    if fault := fault_of(text, allowed):
        raise LetterRefused(fault, field=field)
    if _PROMISE.search(text):
        raise LetterRefused(
            "A letter must not promise a visa: authorities decide on it. Say it otherwise.", field=field
        )


def locked_settings(forum: Forum) -> LetterSettings:
    """Return the row with words and series of a forum, held until the transaction ends; made when it is missing."""
    statement = select(LetterSettings).where(LetterSettings.forum_id == forum.id).with_for_update()
    found = db.session.scalars(statement.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        start = {"next_number": 1, "invitation_text": INVITATION, "visa_text": VISA}
        db.session.execute(
            insert_unless_there(LetterSettings, forum_id=forum.id, signatory_name="", signatory_post="", **start)
        )
        found = db.session.scalars(statement).one()
    return found
