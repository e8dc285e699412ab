"""The public list of certificates that were revoked or replaced: numbers and days, no names, signed."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from gtn_events.core.canonical import canonical
from gtn_events.core.db import db

from ..models import Certificate
from .statement import Signer

FORMAT = "gtn-revocations-1"


def revocations_file(signer: Signer, *, now: datetime) -> dict[str, Any]:  # Any: JSON
    """Return the list as it is published, signed."""
    content = {
        "format": FORMAT,
        "issuer": signer.issuer,
        "listed_at": now.isoformat(timespec="seconds"),
        "certificates": [[number, at.date().isoformat(), state] for number, at, state in revoked_rows()],
    }
    return {"revocations": content, "key": signer.key.kid, "signature": signer.key.sign(canonical(content))}


def revoked_rows() -> list[tuple[int, datetime, str]]:
    """Return number, moment and ``revoked`` or ``replaced`` of every certificate that does not stand any more."""
    successor = aliased(Certificate)
    statement = (
        select(Certificate.id, Certificate.revoked_at, successor.id)
        .outerjoin(successor, successor.replaces_serial == Certificate.serial)
        .where(Certificate.revoked_at.is_not(None))
        .order_by(Certificate.id)
    )
    return [
        (number, at, "revoked" if replaced_by is None else "replaced")
        for number, at, replaced_by in db.session.execute(statement)
        if at is not None
    ]
