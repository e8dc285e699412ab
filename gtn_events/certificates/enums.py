"""The kinds of certificates."""

from enum import StrEnum


class CertificateKind(StrEnum):
    """What a certificate attests."""

    PARTICIPATION = "participation"

    @property
    def label(self) -> str:
        return {"participation": "Certificate of participation"}[self.value]


class CertificateStatus(StrEnum):
    """Whether a certificate still stands."""

    VALID = "valid"
    REVOKED = "revoked"
