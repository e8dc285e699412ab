"""The spreadsheets of nominations that wait to be taken."""

from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from gtn_events.accounts.models import Account
from gtn_events.core.uploads import Upload

from ..models import Delegation, NominationSheet


def sheet_of(delegation: Delegation, account: Account, upload_id: int) -> Select[NominationSheet]:
    """Select the sheet that a person sent for this delegation and that still waits."""
    return (
        select(NominationSheet)
        .join(NominationSheet.upload)
        .where(
            NominationSheet.forum_id == delegation.forum.id,
            NominationSheet.economy_code == delegation.code,
            NominationSheet.upload_id == upload_id,
            Upload.owner_id == account.id,
            Upload.deleted_at.is_(None),
        )
        .options(joinedload(NominationSheet.upload))
    )


def sheets_sent_before(moment: datetime) -> Select[NominationSheet]:
    """Select the sheets that came before a moment, and those whose file is gone already."""
    return (
        select(NominationSheet)
        .join(NominationSheet.upload)
        .where(or_(Upload.created_at < moment, Upload.deleted_at.is_not(None)))
        .options(joinedload(NominationSheet.upload))
        .order_by(NominationSheet.id)
    )
