"""Issuing and revoking: numbers without gaps, one live certificate for one subject."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.pdf import needed_families
from gtn_events.core.permissions import Scope
from gtn_events.core.upsert import insert_unless_there
from gtn_events.designs.keeping import current_design, current_designs
from gtn_events.designs.models import DocumentDesign
from gtn_events.designs.values import Design

from .enums import CertificateKind
from .errors import AlreadyRevoked, NothingToCorrect, ReasonMissing
from .facts import ParticipationFacts
from .models import Certificate, CertificateSeries
from .notifications import tell_of_correction
from .queries import Subject, live_certificate, live_certificates
from .serials import make_serial

LANGUAGE = "en"


@dataclass(frozen=True, kw_only=True)
class HolderNames:
    """The names of a holder, as a certificate shows them."""

    given_name: str
    family_name: str
    own_script_name: str = ""
    own_script_language: str = ""


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

    @property
    def subject(self) -> Subject:
        """What it is for; there is one live certificate for it."""
        return self.kind, self.subject_type, self.subject_id


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
    design = current_design(request.scope, request.kind.value)
    check_letters(request, design.design if design else None)
    series = _locked_series(request.series_prefix)
    existing = live_certificate(request.kind, request.subject_type, request.subject_id)
    if existing is not None:
        return existing, False
    certificate = _new_certificate(request, series, design, secret_key=secret_key, actor=actor, now=now)
    db.session.flush()
    _record_issue(certificate, actor=actor, now=now)
    return certificate, True


def issue_certificates(
    requests: Sequence[IssueRequest], *, secret_key: str, actor: Account | None, now: datetime
) -> list[Certificate]:
    """Give many subjects their certificates, as ``issue_certificate`` does, in the order of the requests.

    Their names have been checked by ``check_letters``. Reads and writes a few times for all of them, not for each.

    Flushes; the caller commits.
    """
    # In one order for everybody, so that two batches never wait for each other.
    prefixes = sorted({request.series_prefix for request in requests})
    series = {prefix: _locked_series(prefix) for prefix in prefixes}
    issued = live_certificates({each.subject for each in requests})
    designs = current_designs({(each.scope, each.kind.value) for each in requests})
    added: list[Certificate] = []
    for request in requests:
        if request.subject not in issued:
            own, design = series[request.series_prefix], designs.get((request.scope, request.kind))
            certificate = _new_certificate(request, own, design, secret_key=secret_key, actor=actor, now=now)
            issued[request.subject] = certificate
            added.append(certificate)
    db.session.flush()
    for certificate in added:
        _record_issue(certificate, actor=actor, now=now)
    db.session.flush()
    return [issued[each.subject] for each in requests]


def check_letters(request: IssueRequest, design: Design | None = None) -> None:
    """Check that everything a certificate says can be printed.

    Args:
        design: what it is to be issued with, None for the standard one.

    Raises:
        MissingGlyphs: a text has a character that no font has.
    """
    needed_families(request.facts.texts(), LANGUAGE)
    if design is not None:
        needed_families(design.words(), design.language)
    needed_families([request.facts.own_script_name], request.facts.own_script_language or LANGUAGE)


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


def reissue_certificate(
    certificate: Certificate,
    corrected: HolderNames,
    *,
    reason: str,
    secret_key: str,
    actor: Account | None,
    now: datetime,
) -> Certificate:
    """Give the holder a new certificate with corrected names, and a mail; the old one says that it was replaced.

    Args:
        certificate: one that stands; everything but the names, and the day of issue, is taken over from it,
            its design, too.
        corrected: the names as they should have been.
        reason: kept with the old certificate, not shown.
        secret_key: the key behind the check letters of the serial.

    Returns:
        The new certificate, with the next number of the same series.

    Raises:
        NothingToCorrect: the names are the ones it has.
        ReasonMissing: ``reason`` is empty.
        AlreadyRevoked: it does not stand any more.
        MissingGlyphs: a name has a character that cannot be printed.

    Flushes; the caller commits.
    """
    facts = replace(certificate.shown_facts, **asdict(corrected))
    if facts == certificate.shown_facts:
        raise NothingToCorrect("The names are the same as on the certificate. Nothing was changed.")
    request = IssueRequest(
        kind=certificate.kind,
        series_prefix=certificate.series.prefix,
        subject_type=certificate.subject_type,
        subject_id=certificate.subject_id,
        scope=certificate.scope,
        holder_account_id=certificate.holder_account_id,
        facts=replace(facts, issued_on=now.date()),
    )
    design = certificate.design
    check_letters(request, design.design if design else None)
    series = _locked_series(request.series_prefix)
    db.session.refresh(certificate)
    revoke_certificate(certificate, reason=reason, actor=actor, now=now)
    new = _new_certificate(request, series, design, secret_key=secret_key, actor=actor, now=now)
    new.template, new.replaces = certificate.template, certificate
    db.session.flush()
    _record_issue(new, actor=actor, now=now)
    tell_of_correction(new, now=now)
    return new


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


def _new_certificate(
    request: IssueRequest,
    series: CertificateSeries,
    design: DocumentDesign | None,
    *,
    secret_key: str,
    actor: Account | None,
    now: datetime,
) -> Certificate:
    number, series.next_number = series.next_number, series.next_number + 1
    certificate = Certificate(
        series=series,
        number=number,
        serial=make_serial(series.prefix, number, secret_key=secret_key),
        kind=request.kind,
        template=design.design.template if design else request.kind.template,
        design=design,
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
    return certificate


def _record_issue(certificate: Certificate, *, actor: Account | None, now: datetime) -> None:
    journal.record(
        "certificate issued",
        certificate,
        actor=actor,
        now=now,
        scope=certificate.scope,
        changes={"serial": (None, certificate.serial)},
    )
