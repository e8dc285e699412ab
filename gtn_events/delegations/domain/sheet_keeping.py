"""How long an uploaded spreadsheet stays: until it is taken or thrown away, and never longer than a week."""

from datetime import datetime, timedelta

from gtn_events.core.db import db
from gtn_events.core.uploads import Upload, delete_upload

from ..models import Delegation, NominationSheet
from ..queries.sheets import sheets_sent_before

KEPT_FOR = timedelta(days=7)


def keep_sheet(delegation: Delegation, upload: Upload) -> NominationSheet:
    """Remember for whom a file was sent. Flushes; the caller commits."""
    sheet = NominationSheet(forum=delegation.forum, economy=delegation.economy, upload=upload)
    db.session.add(sheet)
    db.session.flush()
    return sheet


def forget_sheet(sheet: NominationSheet, *, now: datetime) -> None:
    """Delete a sheet and its file: it names people. Flushes; the caller commits."""
    if sheet.upload.deleted_at is None:
        delete_upload(sheet.upload, now=now)
    db.session.delete(sheet)
    db.session.flush()


def forget_old_sheets(*, now: datetime) -> int:
    """Delete the sheets that nobody took within a week, and return how many. Flushes; the caller commits."""
    found = db.session.scalars(sheets_sent_before(now - KEPT_FOR)).all()
    for sheet in found:
        forget_sheet(sheet, now=now)
    return len(found)
