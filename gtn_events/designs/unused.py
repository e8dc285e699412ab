"""Pictures that were sent to an editor and that no design shows: nobody's signature lies about unused."""

from datetime import datetime, timedelta

from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.core.permissions import Scope
from gtn_events.core.uploads import Upload, delete_upload

from .checking import picture_purpose
from .models import DocumentDesign

GRACE = timedelta(days=1)  # whoever still has the editor open may save it


def delete_unused_pictures(scope: Scope, *, now: datetime) -> None:
    """Delete the pictures of a forum, competition or call that no version of its designs shows. Flushes."""
    sent = select(Upload).where(
        Upload.purpose == picture_purpose(scope), Upload.deleted_at.is_(None), Upload.created_at < now - GRACE
    )
    # What somebody saves at this moment is held by them; the designs are read afterwards.
    free = db.session.scalars(sent.with_for_update(skip_locked=True)).all()
    kept = select(DocumentDesign).where(DocumentDesign.scope_kind == scope.kind, DocumentDesign.scope_id == scope.id)
    designs = [version.design for version in db.session.scalars(kept)]
    shown = {each.upload_id for design in designs for each in design.logos}
    shown |= {each.upload_id for design in designs for each in design.signatories if each.upload_id}
    for upload in free:
        if upload.id not in shown:
            delete_upload(upload, now=now)
