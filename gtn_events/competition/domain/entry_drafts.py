"""Drafts of entries: saved step by step, never judged; a person may have several."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.questionnaire.domain.purge import delete_files
from gtn_events.questionnaire.domain.step_drafts import ANSWERS, with_step
from gtn_events.questionnaire.enums import QuestionKind
from gtn_events.questionnaire.models import Question, QuestionnaireVersion
from gtn_events.questionnaire.queries.answers import read_answers

from ..errors import EntriesClosed, EntryRefused
from ..models import Competition, Entry, EntryDraft
from ..queries.entrant import change_draft_of
from .entry_window import may_change
from .locking import lock_entry

MOST_DRAFTS = 20


def begin_draft(competition: Competition, *, actor: Account, now: datetime) -> EntryDraft:
    """Return a new, empty draft of a new entry.

    Raises:
        EntryRefused: the person has as many drafts as anybody may have.

    Flushes; the caller commits.
    """
    count = select(func.count()).where(
        EntryDraft.competition_id == competition.id, EntryDraft.account_id == actor.id, EntryDraft.entry_id.is_(None)
    )
    if (db.session.scalar(count) or 0) >= MOST_DRAFTS:
        raise EntryRefused(f"You have {MOST_DRAFTS} drafts for {competition.title} already. Go on with one of them.")
    return _add(EntryDraft(competition=competition, account=actor, data={}, created_at=now, saved_at=now))


def begin_change(entry: Entry, data: Mapping[str, Any], *, actor: Account, now: datetime) -> EntryDraft:
    """Return the draft in which an entry is being changed: the one there is, or a new one on ``data``.

    Raises:
        EntriesClosed: the entry cannot be changed any more.

    Flushes; the caller commits.
    """
    lock_entry(entry)
    if not may_change(entry, now=now):
        raise EntriesClosed("This entry cannot be changed any more. Write to the organiser if something has to change.")
    existing: EntryDraft | None = db.session.scalar(change_draft_of(entry))
    if existing is not None:
        return existing
    return _add(
        EntryDraft(
            competition=entry.competition,
            account=actor,
            entry=entry,
            from_version=newest_number(entry),
            data=dict(data),
            created_at=now,
            saved_at=now,
        )
    )


def save_step(
    draft: EntryDraft,
    step: str,
    *,
    typed: Mapping[str, list[str]],
    answers: Mapping[str, Any],
    uploads: Mapping[str, int],
    now: datetime,
) -> None:
    """Keep what was typed in one step; see ``questionnaire.domain.step_drafts.with_step``.

    Raises:
        DraftTooLarge: all steps together are longer than any form of ours can be.

    Flushes; the caller commits.
    """
    draft.data = with_step(draft.data, step, typed=typed, answers=answers, uploads=uploads)
    draft.saved_at = now
    db.session.flush()


def discard_draft(draft: EntryDraft, *, now: datetime) -> None:
    """Throw a draft away, with the files that only it holds; an entry that it would have changed stays. Flushes."""
    delete_files(_own_files(draft), now=now)
    db.session.delete(draft)
    db.session.flush()


def newest_number(entry: Entry) -> int:
    """Return the number of the version of an entry that stands, 0 when none was sent through the form."""
    return entry.versions[-1].number if entry.versions else 0


def _add(draft: EntryDraft) -> EntryDraft:
    db.session.add(draft)
    db.session.flush()
    return draft


def _own_files(draft: EntryDraft) -> set[int]:
    """Return the uploads of a draft's answers that do not stand in the entry it changes."""
    keys = set(
        db.session.scalars(
            select(Question.key)
            .join(QuestionnaireVersion, QuestionnaireVersion.id == Question.version_id)
            .where(
                QuestionnaireVersion.questionnaire_id == draft.competition.questionnaire_id,
                Question.kind == QuestionKind.FILE,
            )
        )
    )
    answers = (step.get(ANSWERS, {}) for step in draft.data.values())
    held = {value for given in answers for key, value in given.items() if key in keys and type(value) is int}
    if draft.entry is None:
        return held
    sent = read_answers(draft.entry.answer_set, with_sensitive=True)
    return held - {value for value in sent.values() if type(value) is int}
