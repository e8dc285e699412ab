"""A certificate's PDF with its proof attached; the proof covers every other byte of the file."""

from hashlib import sha256
from typing import Any

from gtn_events.core.canonical import canonical
from gtn_events.core.pdf.attaching import Attachment, room_for

from ..models import Certificate
from .keys import encoded
from .statement import Signer, proof_of

ATTACHMENT = Attachment(
    name="certificate-proof.json",
    content_type="application/json",
    description="What this certificate says, signed by its issuer",
)
FILE_FORMAT = "gtn-file-1"
_ANY_HASH, _ANY_SIGNATURE = encoded(bytes(32)), encoded(bytes(64))


def with_proof(pdf: bytes, certificate: Certificate, signer: Signer) -> bytes:
    """Return a certificate's PDF with its proof: what it says and the rest of the file, each signed."""
    proof = proof_of(certificate, signer)
    size = len(canonical({**proof, "file": _file_part(_ANY_HASH, _ANY_SIGNATURE)}))
    before, behind = room_for(pdf, ATTACHMENT, size)
    digest = sha256(before)
    digest.update(behind)
    own = encoded(digest.digest())
    proof["file"] = _file_part(own, signer.key.sign(file_message(certificate.serial, own)))
    return before + canonical(proof) + behind


def with_statement(pdf: bytes, certificate: Certificate, signer: Signer) -> bytes:
    """Return a certificate's PDF with the proof of what it says alone: something else will be over the file."""
    content = canonical(proof_of(certificate, signer))
    before, behind = room_for(pdf, ATTACHMENT, len(content))
    return before + content + behind


def file_message(serial: str, digest: str) -> bytes:
    """Return what is signed of a file: which certificate it is, and the SHA-256 of all but the proof."""
    return canonical({"format": FILE_FORMAT, "serial": serial, "sha256": digest})


def _file_part(digest: str, signature: str) -> dict[str, Any]:  # Any: JSON
    return {"sha256": digest, "signature": signature}
