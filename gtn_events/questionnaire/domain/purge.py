"""Deleting answers, with the files that belong to them: sensitive ones on their day, a person's on request."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import Select, delete, select

from gtn_events.core.db import db
from gtn_events.core.uploads import Upload, delete_upload

from ..models import Answer, SensitiveAnswer


def purge_due_sensitive(today: date, *, now: datetime) -> int:
    """Delete the sensitive answers whose day has come, and return how many.

    Args:
        today: answers to be purged on this day or earlier go.
        now: kept with the files as the moment of their deletion.

    Flushes; the caller commits.
    """
    due = SensitiveAnswer.purge_on <= today
    delete_files(select(SensitiveAnswer.upload_id).where(due), now=now)
    deleted = db.session.execute(delete(SensitiveAnswer).where(due))
    return int(deleted.rowcount)  # type: ignore[attr-defined]  # a DELETE has it


def erase_answers(set_ids: Collection[int], *, now: datetime) -> None:
    """Delete every answer of these sets, and their files; the empty sets stay, since records point at them. Flushes."""
    for table in (Answer, SensitiveAnswer):
        theirs = table.answer_set_id.in_(set_ids)
        delete_files(select(table.upload_id).where(theirs), now=now)
        db.session.execute(delete(table).where(theirs))


def delete_files(upload_ids: Collection[int] | Select[int | None], *, now: datetime) -> None:
    """Mark these files as deleted. Flushes."""
    if not isinstance(upload_ids, Select) and not upload_ids:
        return
    live = select(Upload).where(Upload.id.in_(upload_ids), Upload.deleted_at.is_(None))
    for upload in db.session.scalars(live).all():
        delete_upload(upload, now=now)
