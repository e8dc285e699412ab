"""A person's certificates in the export and in the erasure of their data."""

from datetime import datetime
from typing import Any

from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from .domain import revoke_certificate
from .queries import certificates_of_holder

_NAMES = ("given_name", "family_name", "own_script_name", "own_script_language")


def export_certificates(account: Account) -> list[dict[str, Any]]:
    """Return the certificates a person holds, JSON-ready."""
    return [
        {
            "serial": each.serial,
            "kind": each.kind.label,
            "status": each.status.value,
            "issued_on": each.issued_on.isoformat(),
            "revoked_at": each.revoked_at.isoformat() if each.revoked_at else None,
            "replaces": each.replaces_serial,
            "facts": each.facts,
        }
        for each in db.session.scalars(certificates_of_holder(account.id))
    ]


def erase_certificates(account: Account, now: datetime) -> None:
    """Revoke a person's certificates and take the names out: without a name they attest nothing."""
    for certificate in db.session.scalars(certificates_of_holder(account.id)).all():
        if certificate.revoked_at is None:
            revoke_certificate(certificate, reason="The holder had their data erased.", actor=account, now=now)
        certificate.facts = {**certificate.facts, **dict.fromkeys(_NAMES, "")}
    db.session.flush()
