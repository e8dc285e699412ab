"""Keeps the progress report of a forum: cover sheet and texts, written down in the journal."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.journal import record

from ..enums import PaperPurpose
from ..models import Forum, ProgressReport


@dataclass(frozen=True, kw_only=True)
class PaperDetails:
    """What the organiser says of the paper beside its texts."""

    document_number: str
    agenda_item: str
    purpose: PaperPurpose
    submitted_by: str
    meeting: str
    meeting_place: str
    meeting_dates: str
    as_of: date | None
    small_numbers: bool


def progress_report_of(forum: Forum) -> ProgressReport | None:
    """Return the report as it was saved, None before that."""
    return db.session.scalar(select(ProgressReport).where(ProgressReport.forum_id == forum.id))


def save_progress_report(
    forum: Forum,
    details: PaperDetails,
    texts: Mapping[str, str | None],
    *,
    seen_version: int,
    actor: Account,
    now: datetime,
) -> ProgressReport:
    """Keep cover sheet and texts. Flushes; the caller commits.

    Args:
        texts: key to text; None gives the section back to the data.
        seen_version: ``lock_version`` of the report when its form was shown, 0 when there was none.

    Raises:
        Stale: somebody else saved it since.
    """
    report = db.session.scalar(select(ProgressReport).where(ProgressReport.forum_id == forum.id).with_for_update())
    if (report.lock_version if report else 0) != seen_version:
        raise _stale()
    report = report or ProgressReport(forum_id=forum.id, texts={})
    changed = [each.name for each in fields(details) if getattr(report, each.name) != getattr(details, each.name)]
    for name in changed:
        setattr(report, name, getattr(details, name))
    kept = {key: text for key, text in texts.items() if text is not None}
    changed += sorted(key for key in {*kept, *report.texts} if kept.get(key) != report.texts.get(key))
    report.texts = kept
    report.saved_at, report.saved_by_id = now, actor.id
    db.session.add(report)
    try:
        db.session.flush()
    except IntegrityError:
        # Another first save was faster by a moment; the unique forum decides.
        raise _stale() from None
    changes = {"changed": (None, ", ".join(changed))}
    record("progress report saved", report, actor=actor, now=now, scope=forum.scope, changes=changes)
    return report


def _stale() -> Stale:
    return Stale(
        "Somebody else saved this report since you opened it. What you typed is still here: compare, then save again."
    )
