"""The last step of every certificate: its proof is attached, and the PDF signed where a certificate is configured."""

from dataclasses import dataclass
from datetime import datetime

from gtn_events.config import Settings

from ..models import Certificate
from .attached import with_proof, with_statement
from .pades import PageSigner, page_signer
from .statement import Signer, signer_of


@dataclass(frozen=True)
class Finisher:
    """Makes a printed certificate one that anyone can check."""

    signer: Signer
    page_signer: PageSigner | None = None

    def finish(self, pdf: bytes, certificate: Certificate) -> bytes:
        """Return the file that the holder gets.

        The same bytes for the same certificate and key; an electronic signature holds the moment at which it was made.
        """
        if self.page_signer is None:
            return with_proof(pdf, certificate, self.signer)
        return self.page_signer.sign(with_statement(pdf, certificate, self.signer))


def finisher_of(settings: Settings, *, now: datetime) -> Finisher:
    """Return what finishes certificates on this site."""
    return Finisher(signer_of(settings, now=now), page_signer(settings))
