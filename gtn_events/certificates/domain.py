"""Issuing and revoking: numbers without gaps, one live certificate for one subject."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.pdf import needed_families
from gtn_events.core.permissions import Scope
from gtn_events.core.upsert import insert_unless_there

from .enums import CertificateKind
from .errors import AlreadyRevoked, ReasonMissing
from .facts import ParticipationFacts
from .models import Certificate, CertificateSeries
from .queries import live_certificate
from .serials import make_serial

LANGUAGE = "en"


@dataclass(frozen=True, kw_only=True)
class IssueRequest:
    """A certificate that somebody is due.

    ``subject_type, subject_id`` name the row it is for (``"forum_registration", 12``);
    ``series_prefix`` is what its serial starts with (``P13``).
    """

    kind: CertificateKind = CertificateKind.PARTICIPATION
    series_prefix: str
    subject_type: str
    subject_id: int
    scope: Scope
    holder_account_id: int | None
    facts: ParticipationFacts


def issue_certificate(
    request: IssueRequest, *, secret_key: str, actor: Account | None, now: datetime
) -> tuple[Certificate, bool]:
    """Give a subject its certificate: the one it has, or a new one with the next number.

    Args:
        request: what is attested, and for whom.
        secret_key: the key behind the check letters of the serial.
        actor: who issues; None when the system does.
        now: the moment of issue, aware, UTC.

    Returns:
        The certificate, and whether it is a new one. Numbers have no gaps: a number is
        taken in the transaction of the certificate itself, behind a lock on the series.

    Raises:
        MissingGlyphs: a name has a character that cannot be printed; no number is spent.

    Flushes; the caller commits.
    """
    needed_families(request.facts.texts(), LANGUAGE)
    needed_families([request.facts.own_script_name], request.facts.own_script_language or LANGUAGE)
    series = _locked_series(request.series_prefix)
    existing = live_certificate(request.kind, request.subject_type, request.subject_id)
    if existing is not None:
        return existing, False
    number, series.next_number = series.next_number, series.next_number + 1
    certificate = Certificate(
        series=series,
        number=number,
        serial=make_serial(series.prefix, number, secret_key=secret_key),
        kind=request.kind,
        template=request.kind.template,
        scope_kind=request.scope.kind,
        scope_id=request.scope.id,
        subject_type=request.subject_type,
        subject_id=request.subject_id,
        holder_account_id=request.holder_account_id,
        facts=request.facts.as_dict(),
        issued_on=request.facts.issued_on,
        issued_at=now,
        issued_by_id=actor.id if actor else None,
    )
    db.session.add(certificate)
    db.session.flush()
    journal.record(
        "certificate issued",
        certificate,
        actor=actor,
        now=now,
        scope=request.scope,
        changes={"serial": (None, certificate.serial)},
    )
    return certificate, True


def revoke_certificate(certificate: Certificate, *, reason: str, actor: Account | None, now: datetime) -> None:
    """Take a certificate back; its page of verification says so from now on, without the reason.

    The number stays spent. The subject may be given a new certificate afterwards.

    Raises:
        ReasonMissing: ``reason`` is empty.
        AlreadyRevoked: it was revoked before.

    Flushes; the caller commits.
    """
    if not reason.strip():
        raise ReasonMissing("Say why the certificate is revoked; the reason is kept, and not shown.", field="reason")
    if certificate.revoked_at is not None:
        raise AlreadyRevoked(f"Certificate {certificate.serial} was revoked before. Nothing was changed.")
    certificate.revoked_at = now
    certificate.revoked_by_id = actor.id if actor else None
    certificate.revoke_reason = reason.strip()
    db.session.flush()
    journal.record(
        "certificate revoked",
        certificate,
        actor=actor,
        now=now,
        scope=certificate.scope,
        changes={"status": ("valid", "revoked")},
        reason=reason.strip(),
    )


def _locked_series(prefix: str) -> CertificateSeries:
    """Return the series, locked until the transaction ends (SQLite locks the whole database)."""
    statement = (
        select(CertificateSeries)
        .where(CertificateSeries.prefix == prefix)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    series = db.session.scalar(statement)
    if series is None:
        db.session.execute(insert_unless_there(CertificateSeries, prefix=prefix, next_number=1))
        series = db.session.scalars(statement).one()
    return series
