"""Keeping designs: each change is a new version, and what was issued keeps the one it was issued with."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.exc import IntegrityError

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.permissions import Scope
from gtn_events.core.uploads import Upload

from .checking import check_design
from .models import DocumentDesign
from .pictures import numbers_of
from .values import Design

_CHANGED = "Somebody else changed this design while you had it open. What you typed is kept; save again."


def current_design(scope: Scope, kind: str) -> DocumentDesign | None:
    """Return the design that documents of a kind are made with from now on, None for the standard one."""
    return db.session.scalars(_versions(scope, kind).limit(1).execution_options(populate_existing=True)).one_or_none()


def current_designs(
    wanted: Collection[tuple[Scope, str]],
) -> dict[tuple[Scope, str], DocumentDesign]:
    """Return the designs that documents are made with from now on, of many scopes and kinds by one read.

    A scope and kind that nothing was set for is not among them.
    """
    newest = (
        select(func.max(DocumentDesign.id))
        .where(
            tuple_(DocumentDesign.scope_kind, DocumentDesign.scope_id, DocumentDesign.kind).in_(
                [(scope.kind, scope.id, kind) for scope, kind in wanted]
            )
        )
        .group_by(DocumentDesign.scope_kind, DocumentDesign.scope_id, DocumentDesign.kind)
    )
    found = db.session.scalars(select(DocumentDesign).where(DocumentDesign.id.in_(newest)))
    return {(Scope(each.scope_kind, each.scope_id), each.kind): each for each in found}


def keep_design(
    scope: Scope, kind: str, design: Design, *, seen: int | None, actor: Account, now: datetime
) -> DocumentDesign:
    """Make a design the one that documents are made with from now on.

    Args:
        scope: the forum, competition or call whose documents they are.
        seen: the number of the version that the person's page shows, 0 for the standard; None when it does not matter.

    Returns:
        The new version, or the one that stands when nothing differs.

    Raises:
        Stale: somebody else changed it since.
        DesignRefused: it cannot be printed; ``field`` names what to change.

    Flushes; the caller commits.
    """
    _hold_pictures(design)
    check_design(design, scope, kind)
    before = current_design(scope, kind)
    number = before.number if before else 0
    if seen is not None and seen != number:
        raise Stale(_CHANGED)
    if before is not None and before.design == design:
        return before
    kept = DocumentDesign(
        scope_kind=scope.kind,
        scope_id=scope.id,
        kind=kind,
        number=number + 1,
        values=design.as_dict(),
        created_at=now,
        created_by_id=actor.id,
    )
    try:
        with db.session.begin_nested():
            db.session.add(kept)
    except IntegrityError as collision:
        # Somebody else saved at the same moment and was first; the unique number decides.
        raise Stale(_CHANGED) from collision
    changes = {"version": (number, kept.number)}
    journal.record("design changed", kept, actor=actor, now=now, scope=scope, changes=changes)
    return kept


def _hold_pictures(design: Design) -> None:
    """Keep everybody else from deleting its pictures as unused until the transaction ends."""
    if numbers := numbers_of(design):
        held = select(Upload.id).where(Upload.id.in_(numbers)).order_by(Upload.id)
        db.session.execute(held.with_for_update(read=True))


def _versions(scope: Scope, kind: str) -> Select[DocumentDesign]:
    return (
        select(DocumentDesign)
        .where(
            DocumentDesign.scope_kind == scope.kind,
            DocumentDesign.scope_id == scope.id,
            DocumentDesign.kind == kind,
        )
        .order_by(DocumentDesign.number.desc())
    )
