"""A person's own certificates."""

import json
from io import BytesIO

from flask import abort, current_app, render_template, send_file
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.links import site_url
from gtn_events.core.permissions import Permission, may, requires

from ..badge.credential import badge_of
from ..batch import file_name
from ..documents import certificate_pdf
from ..errors import CertificateRevoked
from ..models import Certificate
from ..proof.sealing import finisher_of
from ..proof.statement import signer_of
from ..queries import certificates_of_holder
from .blueprint import blueprint


@blueprint.get("/certificates")
@requires(Permission.SIGNED_IN)
def mine() -> ResponseReturnValue:
    """List the certificates that the person holds."""
    certificates = db.session.scalars(certificates_of_holder(current_account().id)).all()
    return render_template("certificates/mine.html", certificates=certificates)


@blueprint.get("/certificates/<serial>.pdf")
@requires(Permission.SIGNED_IN)
def download(serial: str) -> ResponseReturnValue:
    """Send a certificate to its holder, or to somebody who may issue there; others do not learn of it."""
    certificate = _own_or_404(serial)
    drawn = certificate_pdf(certificate, verify_url=site_url("certificates.verify", serial=serial))
    finisher = finisher_of(current_app.config["SETTINGS"], now=clock.now())
    return send_file(
        BytesIO(finisher.finish(drawn, certificate)),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=file_name(serial, certificate.shown_facts.family_name),
    )


@blueprint.get("/certificates/<serial>.badge.json")
@requires(Permission.SIGNED_IN)
def badge(serial: str) -> ResponseReturnValue:
    """Send the same certificate as an Open Badge, for a wallet."""
    certificate = _own_or_404(serial)
    signer = signer_of(current_app.config["SETTINGS"], now=clock.now())
    return send_file(
        BytesIO(json.dumps(badge_of(certificate, signer), ensure_ascii=False, indent=2).encode()),
        mimetype="application/vc+ld+json",
        as_attachment=True,
        download_name=file_name(serial, certificate.shown_facts.family_name).replace(".pdf", ".badge.json"),
    )


def _own_or_404(serial: str) -> Certificate:
    """Return a certificate that the person holds, or may issue, and that stands."""
    certificate = db.first_or_404(select(Certificate).where(Certificate.serial == serial))
    is_holder = certificate.holder_account_id == current_account().id
    if not is_holder and not may(Permission.FORUM_CERTIFICATES_ISSUE, certificate):
        abort(404)
    if certificate.replaced_by is not None:
        raise CertificateRevoked(
            f"Certificate {certificate.serial} was replaced by {certificate.replaced_by.serial}; download that one."
        )
    if certificate.revoked_at is not None:
        raise CertificateRevoked(
            f"Certificate {certificate.serial} was revoked and cannot be downloaded any more. "
            "The organiser can tell you why."
        )
    return certificate
