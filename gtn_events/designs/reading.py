"""Reading designs: who kept each version, and which designs can be taken over."""

from collections.abc import Callable, Collection

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db
from gtn_events.core.permissions import Scope

from .keeping import current_design
from .kinds import designed_kind, designed_kinds
from .models import DocumentDesign
from .standard import standard_design
from .templates import templates_for
from .values import Design

MOST_SOURCES = 200


def designs_that_stand(scope: Scope) -> dict[str, DocumentDesign]:
    """Return the design that stands of each kind that has one, with who kept it."""
    statement = (
        _newest()
        .where(DocumentDesign.scope_kind == scope.kind, DocumentDesign.scope_id == scope.id)
        .options(joinedload(DocumentDesign.created_by))
    )
    return {each.kind: each for each in db.session.scalars(statement)}


def standing(scope: Scope, kind: str) -> tuple[int, Design]:
    """Return the number and the design that documents are made with now; 0 is the standard one."""
    found = current_design(scope, kind)
    return (found.number, found.design) if found else (0, standard_design(kind))


def version_or_standard(scope: Scope, kind: str, number: int) -> Design | None:
    """Return a version by its number, the standard design for 0, None where there is no such version."""
    if number == 0:
        return standard_design(kind)
    statement = select(DocumentDesign).where(
        DocumentDesign.scope_kind == scope.kind,
        DocumentDesign.scope_id == scope.id,
        DocumentDesign.kind == kind,
        DocumentDesign.number == number,
    )
    found = db.session.scalar(statement)
    return found.design if found else None


def design_versions(scope: Scope, kind: str) -> list[DocumentDesign]:
    """Return every version of a design with who kept it, the newest first."""
    statement = (
        select(DocumentDesign)
        .where(
            DocumentDesign.scope_kind == scope.kind,
            DocumentDesign.scope_id == scope.id,
            DocumentDesign.kind == kind,
        )
        .options(joinedload(DocumentDesign.created_by))
        .order_by(DocumentDesign.number.desc())
    )
    return list(db.session.scalars(statement))


def designs_to_take(
    target: Scope, kind: str, scope_kinds: Collection[str], may_take: Callable[[DocumentDesign], bool]
) -> list[DocumentDesign]:
    """Return the designs that stand elsewhere and fit a kind of document, the newest first.

    Args:
        may_take: whether the person works with the forum, competition or call of a design.
    """
    names, family = {each.name for each in templates_for(kind)}, designed_kind(kind).family
    statement = (
        _newest()
        .where(
            DocumentDesign.scope_kind.in_(scope_kinds),
            DocumentDesign.kind.in_([each.key for each in designed_kinds() if each.family == family]),
        )
        .order_by(DocumentDesign.created_at.desc(), DocumentDesign.id.desc())
    )
    own = (target, kind)
    found = (
        each
        for each in db.session.scalars(statement)
        if (each.scope, each.kind) != own and each.design.template in names and may_take(each)
    )
    return [each for each, _number in zip(found, range(MOST_SOURCES), strict=False)]


def _newest() -> Select[DocumentDesign]:
    last = (
        select(
            DocumentDesign.scope_kind,
            DocumentDesign.scope_id,
            DocumentDesign.kind,
            func.max(DocumentDesign.number).label("number"),
        )
        .group_by(DocumentDesign.scope_kind, DocumentDesign.scope_id, DocumentDesign.kind)
        .subquery()
    )
    same = (getattr(DocumentDesign, name) == last.c[name] for name in ("scope_kind", "scope_id", "kind", "number"))
    return select(DocumentDesign).join(last, and_(*same))
