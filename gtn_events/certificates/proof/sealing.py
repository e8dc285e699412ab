"""The last step of every certificate: its proof is attached."""

from dataclasses import dataclass
from datetime import datetime

from gtn_events.config import Settings

from ..models import Certificate
from .attached import with_proof
from .statement import Signer, signer_of


@dataclass(frozen=True)
class Finisher:
    """Makes a printed certificate one that anyone can check."""

    signer: Signer

    def finish(self, pdf: bytes, certificate: Certificate) -> bytes:
        """Return the file that the holder gets; the same bytes for the same certificate and key."""
        return with_proof(pdf, certificate, self.signer)


def finisher_of(settings: Settings, *, now: datetime) -> Finisher:
    """Return what finishes certificates on this site."""
    return Finisher(signer_of(settings, now=now))
