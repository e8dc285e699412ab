"""What is signed of a certificate, and the proof that carries the signature."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gtn_events.config import Settings
from gtn_events.core.canonical import canonical

from ..models import Certificate
from .keys import SigningKey, signing_key

FORMAT, PROOF_FORMAT = "gtn-certificate-1", "gtn-proof-1"


@dataclass(frozen=True)
class Signer:
    """Who signs: the key, and the name and the address that stand in what it signs."""

    key: SigningKey
    issuer: dict[str, str]


def signer_of(settings: Settings, *, now: datetime) -> Signer:
    """Return the signer of this site."""
    return Signer(signing_key(settings.instance_dir, now=now), issuer_of(settings))


def issuer_of(settings: Settings) -> dict[str, str]:
    """Return who issues here."""
    return {"name": settings.site_name, "url": settings.base_url}


def statement_of(certificate: Certificate, issuer: dict[str, str]) -> dict[str, Any]:  # Any: JSON
    """Return what a certificate says, as it is signed.

    ``listed_as`` is its number on the list of revocations: with it a stranger can look a certificate up there, and
    from the list nobody can learn of one.
    """
    facts = certificate.facts
    return {
        "format": FORMAT,
        "issuer": issuer,
        "serial": certificate.serial,
        "listed_as": certificate.id,
        "replaces": certificate.replaces_serial or "",
        "kind": certificate.kind.value,
        "issued_on": facts["issued_on"],
        "holder": {
            "given_name": facts["given_name"],
            "family_name": facts["family_name"],
            "own_script_name": facts["own_script_name"],
            "own_script_language": facts["own_script_language"],
            "economy": facts["economy_name"],
            "organisation": facts["organisation"],
        },
        "event": {
            "title": facts["forum_title"],
            "city": facts["city"],
            "economy": facts["host_economy_name"],
            "dates": facts["dates"],
        },
        "role": facts["role"],
        "prize": facts["prize"],
        "entry": facts["entry_title"],
        "rule_met": list(facts["rule_met"]),
    }


def proof_of(certificate: Certificate, signer: Signer) -> dict[str, Any]:  # Any: JSON
    """Return a statement with the signature over its canonical JSON."""
    statement = statement_of(certificate, signer.issuer)
    return {
        "certificate": statement,
        "format": PROOF_FORMAT,
        "key": signer.key.kid,
        "signature": signer.key.sign(canonical(statement)),
    }
