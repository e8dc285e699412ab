"""Certificates and the series that number them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gtn_events.core.db import Model
from gtn_events.core.permissions import Scope
from gtn_events.designs.models import DocumentDesign

from .enums import CertificateKind, CertificateStatus
from .facts import ParticipationFacts


class CertificateSeries(Model):
    """A run of numbers without gaps: ``prefix`` such as ``P13``, and the next number."""

    __tablename__ = "certificates_series"

    id: Mapped[int] = mapped_column(primary_key=True)
    prefix: Mapped[str] = mapped_column(String(12), unique=True)
    next_number: Mapped[int] = mapped_column(default=1)


class Certificate(Model):
    """One numbered certificate.

    ``facts`` is everything the page shows, fixed at the moment of issue, so that the
    same bytes come out whenever the PDF is made. ``serial`` is ``prefix-number-check``,
    where the check letters come from a keyed hash: a serial cannot be guessed.
    ``subject_type, subject_id`` name what it is for (a registration). ``replaces_serial``
    is the revoked one that this one corrects; a certificate is replaced once at most.
    """

    __tablename__ = "certificates_certificate"
    __table_args__ = (
        UniqueConstraint("series_id", "number"),
        Index(
            "uq_certificates_certificate_live",
            "kind",
            "subject_type",
            "subject_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
        Index("ix_certificates_certificate_scope", "scope_kind", "scope_id", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("certificates_series.id"), index=True)
    number: Mapped[int]
    serial: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[CertificateKind]
    template: Mapped[str] = mapped_column(String(60))
    design_id: Mapped[int | None] = mapped_column(ForeignKey("designs_design.id"))
    scope_kind: Mapped[str] = mapped_column(String(30))
    scope_id: Mapped[int]
    subject_type: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[int]
    holder_account_id: Mapped[int | None] = mapped_column(index=True)
    facts: Mapped[dict[str, Any]]
    issued_on: Mapped[date]
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[int | None]
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[int | None]
    revoke_reason: Mapped[str | None] = mapped_column(Text)
    replaces_serial: Mapped[str | None] = mapped_column(
        String(40), ForeignKey("certificates_certificate.serial"), unique=True
    )

    series: Mapped[CertificateSeries] = relationship()
    design: Mapped[DocumentDesign | None] = relationship()
    replaces: Mapped["Certificate | None"] = relationship(back_populates="replaced_by", remote_side=[serial])
    replaced_by: Mapped["Certificate | None"] = relationship(back_populates="replaces", uselist=False)

    @property
    def scope(self) -> Scope:
        """What it was issued within (a forum); roles for that give rights on it."""
        return Scope(self.scope_kind, self.scope_id)

    @property
    def shown_facts(self) -> ParticipationFacts:
        """The facts it was issued with."""
        return ParticipationFacts.from_dict(self.facts)

    @property
    def status(self) -> CertificateStatus:
        """Whether it still stands; a list of many loads ``replaced_by`` with them."""
        if self.revoked_at is None:
            return CertificateStatus.VALID
        return CertificateStatus.REVOKED if self.replaced_by is None else CertificateStatus.REPLACED
