"""Materials of sessions: added by an organiser or by who speaks there, given to other people, taken away."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload
from werkzeug.datastructures import FileStorage

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.uploads import FileKind, delete_upload, store_upload

from ..enums import MaterialAccess, MaterialKind
from ..errors import ProgrammeRefused
from ..models import Forum, ForumSession, SessionMaterial
from .locking import lock_forum

MOST_MATERIALS = 20
MOST_BYTES = 25 * 1024 * 1024
KINDS = (FileKind.PDF, FileKind.PPTX, FileKind.DOCX, FileKind.XLSX, FileKind.JPEG, FileKind.PNG)


@dataclass(frozen=True, kw_only=True)
class MaterialDetails:
    """What is said of a material; ``url`` is empty where it is a file."""

    kind: MaterialKind
    title: str
    access: MaterialAccess
    url: str = ""


def add_material(
    forum: Forum,
    session: ForumSession,
    details: MaterialDetails,
    file: FileStorage | None,
    *,
    actor: Account,
    now: datetime,
) -> SessionMaterial:
    """Keep a file or a link with a session.

    Raises:
        ProgrammeRefused: it is neither or both, a recording as a file, or there are as many as there may be.
        UploadRefused: the file is of another kind, broken or too large.

    Flushes; the caller commits.
    """
    if (file is None) == (not details.url):
        raise ProgrammeRefused("Choose a file or write an address, one of the two.", field="file")
    if file is not None and details.kind is MaterialKind.RECORDING:
        raise ProgrammeRefused("A recording is kept elsewhere: write its address.", field="url")
    # The file is the programme's, not the person's: it stays when the account is erased.
    upload = store_upload(file, allowed=KINDS, max_bytes=MOST_BYTES, owner_id=None, now=now) if file else None
    # A picture takes a while to be drawn anew; nobody waits for that.
    lock_forum(forum)
    there = select(func.count()).where(SessionMaterial.session_id == session.id).select_from(SessionMaterial)
    if (db.session.scalar(there) or 0) >= MOST_MATERIALS:
        raise ProgrammeRefused(f"There are {MOST_MATERIALS} materials already. Take one away first.", field="title")
    material = SessionMaterial(
        session=session,
        kind=details.kind,
        title=details.title,
        url=details.url,
        upload=upload,
        access=details.access,
        added_by_id=actor.id,
        added_at=now,
    )
    db.session.add(material)
    db.session.flush()
    changes = {details.title: (None, details.access.value)}
    record("material added", session, actor=actor, now=now, scope=forum.scope, changes=changes)
    return material


def open_material_to(
    forum: Forum, material: SessionMaterial, access: MaterialAccess, *, actor: Account, now: datetime
) -> None:
    """Say anew who may have a material. Flushes; the caller commits."""
    changes = {material.title: (material.access.value, access.value)}
    material.access = access
    db.session.flush()
    record("material opened", material.session, actor=actor, now=now, scope=forum.scope, changes=changes)


def remove_material(forum: Forum, material: SessionMaterial, *, actor: Account, now: datetime) -> None:
    """Take a material away; its file goes with it. Flushes; the caller commits."""
    changes = {material.title: (material.access.value, None)}
    record("material removed", material.session, actor=actor, now=now, scope=forum.scope, changes=changes)
    _remove([material], now=now)


def forget_materials(session_ids: Collection[int], *, now: datetime) -> None:
    """Take away everything of sessions that go. Flushes."""
    theirs = select(SessionMaterial).where(SessionMaterial.session_id.in_(session_ids))
    _remove(db.session.scalars(theirs.options(joinedload(SessionMaterial.upload))).all(), now=now)


def _remove(materials: Collection[SessionMaterial], *, now: datetime) -> None:
    uploads = [each.upload for each in materials if each.upload is not None]
    for material in materials:
        db.session.delete(material)
    db.session.flush()
    for upload in uploads:
        delete_upload(upload, now=now)
