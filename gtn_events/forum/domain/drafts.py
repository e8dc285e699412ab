"""The draft of a registration: saved step by step, never judged."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.questionnaire.domain.step_drafts import with_step

from ..models import Forum, RegistrationDraft
from ..queries.delegate import draft_of_person


def save_step(
    draft: RegistrationDraft | None,
    *,
    forum: Forum,
    account: Account,
    step: str,
    typed: Mapping[str, list[str]],
    answers: Mapping[str, Any],
    uploads: Mapping[str, int],
    now: datetime,
) -> RegistrationDraft:
    """Keep what was typed in one step; a person without a draft gets one.

    Args:
        typed: field name to the strings the browser sent, as they are.
        answers: question key to stored value, of the questions that are right so far.
        uploads: field name to upload id.

    Raises:
        DraftTooLarge: all steps together are longer than any form of ours can be.

    Flushes; the caller commits.
    """
    draft = draft or _new_draft(forum, account, now=now)
    draft.data = with_step(draft.data, step, typed=typed, answers=answers, uploads=uploads)
    draft.saved_at = now
    db.session.flush()
    return draft


def discard_draft(draft: RegistrationDraft) -> None:
    """Throw a draft away. Flushes."""
    db.session.delete(draft)
    db.session.flush()


def _new_draft(forum: Forum, account: Account, *, now: datetime) -> RegistrationDraft:
    draft = RegistrationDraft(forum_id=forum.id, account_id=account.id, data={}, created_at=now, saved_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(draft)
    except IntegrityError:
        # Another tab made it at the same moment.
        existing = draft_of_person(forum_id=forum.id, account_id=account.id)
        if existing is None:
            raise  # it was for another reason
        return existing
    return draft
