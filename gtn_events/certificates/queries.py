"""Reading certificates."""

from collections.abc import Collection

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from gtn_events.core.db import db

from .enums import CertificateKind
from .models import Certificate, CertificateSeries
from .serials import fold_serial, read_serial


def live_certificate(kind: CertificateKind, subject_type: str, subject_id: int) -> Certificate | None:
    """Return the certificate of a subject that is not revoked, if there is one."""
    return db.session.scalar(
        select(Certificate).where(
            Certificate.kind == kind,
            Certificate.subject_type == subject_type,
            Certificate.subject_id == subject_id,
            Certificate.revoked_at.is_(None),
        )
    )


Subject = tuple[CertificateKind, str, int]
"""What a certificate is for: its kind, and the type and the id of a row."""


def live_certificates(subjects: Collection[Subject]) -> dict[Subject, Certificate]:
    """Return the certificates of many subjects that are not revoked, with their designs."""
    found: dict[Subject, Certificate] = {}
    for kind, subject_type in sorted({subject[:2] for subject in subjects}):
        ids = [subject[2] for subject in subjects if subject[:2] == (kind, subject_type)]
        statement = (
            select(Certificate)
            .where(
                Certificate.kind == kind,
                Certificate.subject_type == subject_type,
                Certificate.subject_id.in_(ids),
                Certificate.revoked_at.is_(None),
            )
            .options(selectinload(Certificate.design))
        )
        found |= {(kind, subject_type, each.subject_id): each for each in db.session.scalars(statement)}
    return found


def certificates_of_holder(account_id: int) -> Select[Certificate]:
    """Select a person's certificates, the newest first."""
    return (
        select(Certificate)
        .where(Certificate.holder_account_id == account_id)
        .options(selectinload(Certificate.replaced_by))
        .order_by(Certificate.issued_at.desc(), Certificate.id.desc())
    )


def certificate_of_typed_serial(text: str) -> Certificate | None:
    """Return the certificate that a person means, however they typed its serial."""
    typed = read_serial(text)
    if typed is None:
        return None
    for series in db.session.scalars(select(CertificateSeries).order_by(CertificateSeries.id)):
        if fold_serial(series.prefix) != typed.prefix:
            continue
        statement = select(Certificate).where(Certificate.series_id == series.id, Certificate.number == typed.number)
        found = db.session.scalar(statement)
        if found is not None and fold_serial(found.serial).endswith(typed.check):
            return found
    return None
