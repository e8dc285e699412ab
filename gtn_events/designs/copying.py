"""Taking the design of another forum, competition or call: its pictures are copied, so that each keeps its own."""

import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.permissions import Scope
from gtn_events.core.uploads import Upload, new_path, store_path, upload_path

from .checking import picture_purpose
from .errors import DesignRefused
from .keeping import current_design, keep_design
from .kinds import designed_kinds
from .models import DocumentDesign
from .values import Design


def take_design(
    source: DocumentDesign, target: Scope, kind: str, *, seen: int | None, actor: Account, now: datetime
) -> DocumentDesign:
    """Make a copy of a design the one that documents of a kind are made with from now on.

    Raises:
        Stale: somebody else changed the design of the target since.
        DesignRefused: its template is none for this kind.

    Flushes; the caller commits.
    """
    design = _with_own_pictures(source.design, source.scope, target, now=now)
    return keep_design(target, kind, design, seen=seen, actor=actor, now=now)


def take_designs(source: Scope, target: Scope, *, actor: Account, now: datetime) -> None:
    """Give a new edition every design of an earlier one that can still be printed. Flushes."""
    for kind in designed_kinds():
        found = current_design(source, kind.key)
        if found is None:
            continue
        with suppress(DesignRefused):
            take_design(found, target, kind.key, seen=None, actor=actor, now=now)


def _with_own_pictures(design: Design, source: Scope, target: Scope, *, now: datetime) -> Design:
    """Return a design whose pictures belong to the target; one whose file is gone is left out."""
    if source == target:
        return design
    copies = {
        each.id: _copied(each, target, now=now) for each in _pictures(design, source) if upload_path(each).is_file()
    }
    return replace(
        design,
        logos=tuple(
            replace(each, upload_id=copies[each.upload_id]) for each in design.logos if each.upload_id in copies
        ),
        signatories=tuple(replace(each, upload_id=copies.get(each.upload_id or 0)) for each in design.signatories),
    )


def _pictures(design: Design, source: Scope) -> list[Upload]:
    ids = {*(each.upload_id for each in design.logos), *(each.upload_id for each in design.signatories)}
    statement = select(Upload).where(
        Upload.id.in_(ids), Upload.purpose == picture_purpose(source), Upload.deleted_at.is_(None)
    )
    return list(db.session.scalars(statement))


def _copied(picture: Upload, target: Scope, *, now: datetime) -> int:
    path = new_path()
    shutil.copyfile(upload_path(picture), path)
    copy = store_path(path, name=picture.name, content_type=picture.content_type, owner_id=None, now=now)
    copy.purpose = picture_purpose(target)
    return copy.id
