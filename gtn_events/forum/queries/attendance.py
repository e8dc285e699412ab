"""Who attended by the rule of the forum, and the certificates they hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, select
from sqlalchemy.orm import joinedload, selectinload

from gtn_events.accounts.models import Account
from gtn_events.certificates.enums import CertificateKind
from gtn_events.certificates.models import Certificate
from gtn_events.core.db import db

from ..models import Forum, Registration
from .attendance_rule import Rule, meets, rule_of
from .registrations import RowSelect, in_protocol_order

SUBJECT = Registration.__tablename__
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class AttendedRow:
    """One delegate who attended; ``serial`` is of the certificate that stands, None without one."""

    id: int
    given_name: str
    family_name: str
    own_script_name: str
    own_script_language: str
    organisation_name: str
    serial: str | None
    issued_at: datetime | None


def attended_rows(forum: Forum) -> RowSelect:
    """Select the columns of ``AttendedRow`` for everybody who attended, not ordered."""
    return (
        select(
            Registration.id,
            Registration.given_name,
            Registration.family_name,
            Registration.own_script_name,
            Registration.own_script_language,
            Registration.organisation_name,
            Certificate.serial,
            Certificate.issued_at,
        )
        .outerjoin(Certificate, _standing())
        .where(Registration.forum_id == forum.id, attended(forum))
    )


def attendance_counts(forum: Forum) -> tuple[int, int]:
    """Return how many attended, and how many of them hold a certificate."""
    statement = (
        select(func.count(), func.count(Certificate.id))
        .select_from(Registration)
        .outerjoin(Certificate, _standing())
        .where(Registration.forum_id == forum.id, attended(forum))
    )
    row = db.session.execute(statement).one()
    return row[0], row[1]


def attended_registration(forum: Forum, registration_id: int) -> Select[Registration]:
    """Select one delegate of this forum who attended."""
    return select(Registration).where(
        Registration.forum_id == forum.id, Registration.id == registration_id, attended(forum)
    )


def attended_registrations(forum: Forum) -> Iterator[Registration]:
    """Yield everybody who attended, in protocol order, some hundred at a time."""
    ids = in_protocol_order(select(Registration.id).where(Registration.forum_id == forum.id, attended(forum)))
    ordered = list(db.session.scalars(ids))
    for start in range(0, len(ordered), AT_ONCE):
        part = ordered[start : start + AT_ONCE]
        statement = (
            select(Registration)
            .where(Registration.id.in_(part))
            .options(joinedload(Registration.economy), joinedload(Registration.category))
        )
        found = {each.id: each for each in db.session.scalars(statement)}
        yield from (found[each] for each in part)


def certificates_beside(forum: Forum, rule: Rule, *, limit: int = 100) -> list[tuple[Certificate, int]]:
    """Return certificates that stand although their holder does not meet a rule, with the registration's id."""
    statement = (
        select(Certificate, Registration.id)
        .join(Registration, _standing())
        .where(Registration.forum_id == forum.id, not_(meets(forum, rule)))
        .order_by(Certificate.id)
        .limit(limit)
    )
    return [(certificate, registration_id) for certificate, registration_id in db.session.execute(statement)]


def certificate_in(forum: Forum, serial: str) -> Select[Certificate]:
    """Select one certificate that was issued within this forum."""
    scope = forum.scope
    return select(Certificate).where(
        Certificate.serial == serial, Certificate.scope_kind == scope.kind, Certificate.scope_id == scope.id
    )


def revoked_certificates(forum: Forum, *, limit: int = 100) -> list[Certificate]:
    """Return the certificates of this forum that were revoked, the latest first."""
    scope = forum.scope
    statement = (
        select(Certificate)
        .where(
            Certificate.scope_kind == scope.kind,
            Certificate.scope_id == scope.id,
            Certificate.revoked_at.is_not(None),
        )
        .options(selectinload(Certificate.replaced_by))
        .order_by(Certificate.revoked_at.desc(), Certificate.id.desc())
        .limit(limit)
    )
    return list(db.session.scalars(statement))


def attended(forum: Forum) -> ColumnElement[bool]:
    """Return the condition that a registration meets the forum's rule, and its person was not erased since."""
    erased = exists().where(Account.id == Registration.account_id, Account.erased_at.is_not(None))
    return and_(meets(forum, rule_of(forum)), not_(erased))


def _standing() -> ColumnElement[bool]:
    return and_(
        Certificate.subject_type == SUBJECT,
        Certificate.subject_id == Registration.id,
        Certificate.kind == CertificateKind.PARTICIPATION,
        Certificate.revoked_at.is_(None),
    )
