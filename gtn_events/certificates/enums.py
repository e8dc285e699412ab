"""The kinds of certificates."""

from enum import StrEnum


class CertificateKind(StrEnum):
    """What a certificate attests."""

    PARTICIPATION = "participation"
    AWARD = "award"
    FINALIST = "finalist"
    JUDGE = "judge"
    PLACEMENT = "placement"

    @property
    def label(self) -> str:
        return {
            "participation": "Certificate of participation",
            "award": "Award",
            "finalist": "Certificate of a finalist",
            "judge": "Certificate of a judge",
            "placement": "Certificate of a completed placement",
        }[self.value]

    @property
    def template(self) -> str:
        """The folder of its page; those of winners and finalists look alike."""
        return {"finalist": "award", "judge": "participation", "placement": "participation"}.get(self.value, self.value)


class CertificateStatus(StrEnum):
    """Whether a certificate still stands."""

    VALID = "valid"
    REVOKED = "revoked"
    REPLACED = "replaced"
