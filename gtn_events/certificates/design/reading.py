"""Reading designs: who kept each version, how many certificates have it, and which designs can be taken over."""

from collections.abc import Callable, Collection

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db
from gtn_events.core.permissions import Scope

from ..enums import CertificateKind
from ..models import Certificate, CertificateDesign
from .keeping import current_design
from .standard import standard_design
from .templates import templates_for
from .values import Design

MOST_SOURCES = 200


def designs_that_stand(scope: Scope) -> dict[CertificateKind, CertificateDesign]:
    """Return the design that stands of each kind that has one, with who kept it."""
    statement = (
        _newest()
        .where(CertificateDesign.scope_kind == scope.kind, CertificateDesign.scope_id == scope.id)
        .options(joinedload(CertificateDesign.created_by))
    )
    return {each.kind: each for each in db.session.scalars(statement)}


def standing(scope: Scope, kind: CertificateKind) -> tuple[int, Design]:
    """Return the number and the design that certificates are issued with now; 0 is the standard one."""
    found = current_design(scope, kind)
    return (found.number, found.design) if found else (0, standard_design(kind))


def version_or_standard(scope: Scope, kind: CertificateKind, number: int) -> Design | None:
    """Return a version by its number, the standard design for 0, None where there is no such version."""
    if number == 0:
        return standard_design(kind)
    statement = select(CertificateDesign).where(
        CertificateDesign.scope_kind == scope.kind,
        CertificateDesign.scope_id == scope.id,
        CertificateDesign.kind == kind,
        CertificateDesign.number == number,
    )
    found = db.session.scalar(statement)
    return found.design if found else None


def design_versions(scope: Scope, kind: CertificateKind) -> list[CertificateDesign]:
    """Return every version of a design with who kept it, the newest first."""
    statement = (
        select(CertificateDesign)
        .where(
            CertificateDesign.scope_kind == scope.kind,
            CertificateDesign.scope_id == scope.id,
            CertificateDesign.kind == kind,
        )
        .options(joinedload(CertificateDesign.created_by))
        .order_by(CertificateDesign.number.desc())
    )
    return list(db.session.scalars(statement))


def issued_by_version(scope: Scope, kind: CertificateKind) -> dict[int | None, int]:
    """Return how many certificates were issued with each version, by its id; None is the standard one."""
    statement = (
        select(Certificate.design_id, func.count().label("certificates"))
        .where(
            Certificate.scope_kind == scope.kind,
            Certificate.scope_id == scope.id,
            Certificate.kind == kind,
        )
        .group_by(Certificate.design_id)
    )
    return {row.design_id: row.certificates for row in db.session.execute(statement)}


def designs_to_take(
    target: Scope, kind: CertificateKind, scope_kinds: Collection[str], may_take: Callable[[CertificateDesign], bool]
) -> list[CertificateDesign]:
    """Return the designs that stand elsewhere and fit a kind of certificate, the newest first.

    Args:
        may_take: whether the person works with the forum, competition or call of a design.
    """
    names = {each.name for each in templates_for(kind)}
    statement = (
        _newest()
        .where(CertificateDesign.scope_kind.in_(scope_kinds))
        .order_by(CertificateDesign.created_at.desc(), CertificateDesign.id.desc())
    )
    own = (target, kind)
    found = (
        each
        for each in db.session.scalars(statement)
        if (each.scope, each.kind) != own and each.design.template in names and may_take(each)
    )
    return [each for each, _number in zip(found, range(MOST_SOURCES), strict=False)]


def _newest() -> Select[CertificateDesign]:
    last = (
        select(
            CertificateDesign.scope_kind,
            CertificateDesign.scope_id,
            CertificateDesign.kind,
            func.max(CertificateDesign.number).label("number"),
        )
        .group_by(CertificateDesign.scope_kind, CertificateDesign.scope_id, CertificateDesign.kind)
        .subquery()
    )
    same = (getattr(CertificateDesign, name) == last.c[name] for name in ("scope_kind", "scope_id", "kind", "number"))
    return select(CertificateDesign).join(last, and_(*same))
