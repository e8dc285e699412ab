"""Open Badges 3.0 (imsglobal.org/spec/ob/v3p0): the credential of a certificate, its issuer, the list of statuses."""

import gzip
from base64 import urlsafe_b64encode
from collections.abc import Collection
from datetime import UTC, datetime, time
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from ..enums import CertificateKind
from ..models import Certificate
from ..proof.keys import PublicKey
from ..proof.statement import Signer
from .integrity import method_of, moment, multikey, with_integrity

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
WELL_KNOWN = "/.well-known/gtn-certificates"
_FEWEST_STATUSES = 131_072  # as the Bitstring Status List asks for, so that a number says nothing


def badge_of(certificate: Certificate, signer: Signer) -> dict[str, Any]:  # Any: JSON
    """Return the credential of a certificate, with its proof."""
    url, issuer_id = signer.issuer["url"], issuer_address(signer.issuer)
    page, status = f"{url}/verify/{certificate.serial}", status_address(signer.issuer)
    facts, achievement = certificate.shown_facts, _achievement_of(certificate, url)
    credential = {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": f"{page}#badge",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": issuer_id, "type": ["Profile"], "name": signer.issuer["name"], "url": url},
        "validFrom": moment(datetime.combine(facts.issued_on, time(), UTC)),
        "name": achievement["name"],
        "credentialSubject": {
            "id": f"{page}#holder",
            "type": ["AchievementSubject"],
            "identifier": [
                {"type": "IdentityObject", "hashed": False, "identityHash": facts.holder_name, "identityType": "name"}
            ],
            "achievement": achievement,
        },
        "credentialStatus": {
            "id": f"{status}#{certificate.id}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(certificate.id),
            "statusListCredential": status,
        },
    }
    return with_integrity(credential, signer.key, issuer_id=issuer_id, created=certificate.issued_at)


def status_list(revoked: Collection[int], signer: Signer, *, now: datetime) -> dict[str, Any]:  # Any: JSON
    """Return the status of every certificate as one string of bits (w3.org/TR/vc-bitstring-status-list), signed."""
    size = max(_FEWEST_STATUSES, (max(revoked, default=0) // 8 + 1) * 8)
    bits = bytearray(size // 8)
    for number in revoked:
        bits[number // 8] |= 0x80 >> number % 8
    packed = gzip.compress(bytes(bits), mtime=0)
    address, issuer_id = status_address(signer.issuer), issuer_address(signer.issuer)
    credential = {
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer_id,
        "validFrom": moment(now),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": "u" + urlsafe_b64encode(packed).rstrip(b"=").decode("ascii"),
        },
    }
    return with_integrity(credential, signer.key, issuer_id=issuer_id, created=now)


def issuer_profile(keys: list[PublicKey], issuer: dict[str, str]) -> dict[str, Any]:  # Any: JSON
    """Return the issuer with the keys that count: where a verifier looks up the key of a proof."""
    address = issuer_address(issuer)
    methods = [
        {
            "id": method_of(address, key.public),
            "type": "Multikey",
            "controller": address,
            "publicKeyMultibase": multikey(key.public),
        }
        for key in keys
        if key.withdrawn_at is None
    ]
    return {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": address,
        "type": ["Profile"],
        **issuer,
        "verificationMethod": methods,
        "assertionMethod": [each["id"] for each in methods],
    }


def issuer_address(issuer: dict[str, str]) -> str:
    """Return where the issuer's profile stands."""
    return f"{issuer['url']}{WELL_KNOWN}/issuer.json"


def status_address(issuer: dict[str, str]) -> str:
    """Return where the list of statuses stands."""
    return f"{issuer['url']}{WELL_KNOWN}/status.json"


def _achievement_of(certificate: Certificate, url: str) -> dict[str, Any]:  # Any: JSON
    """Return what was achieved; everybody who achieved the same has the same one."""
    facts, kind = certificate.shown_facts, certificate.kind
    what = facts.prize if kind in {CertificateKind.AWARD, CertificateKind.FINALIST} else kind.label
    parts = (url, certificate.scope_kind, certificate.scope_id, kind.value, facts.prize)
    name = f"urn:uuid:{uuid5(NAMESPACE_URL, '/'.join(map(str, parts)))}"
    held = f"{facts.forum_title}, {facts.city}, {facts.host_economy_name}"
    return {
        "id": name,
        "type": ["Achievement"],
        "achievementType": "Award" if kind is CertificateKind.AWARD else "Certificate",
        "name": f"{what}, {facts.forum_title}",
        "description": f"{kind.label}: {held}, {facts.dates}.",
        "criteria": {"id": f"{name}#criteria", "narrative": " ".join(facts.rule_met) or f"{kind.label}: {held}."},
    }
