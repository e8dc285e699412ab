"""The kinds of certificates."""

from enum import StrEnum


class CertificateKind(StrEnum):
    """What a certificate attests."""

    PARTICIPATION = "participation"
    AWARD = "award"
    FINALIST = "finalist"
    JUDGE = "judge"
    PLACEMENT = "placement"
    SPEAKER = "speaker"
    ORGANISER = "organiser"
    VOLUNTEER = "volunteer"

    @property
    def label(self) -> str:
        return {
            "participation": "Certificate of participation",
            "award": "Award",
            "finalist": "Certificate of a finalist",
            "judge": "Certificate of a judge",
            "placement": "Certificate of a completed placement",
            "speaker": "Certificate of a speaker",
            "organiser": "Certificate of an organiser",
            "volunteer": "Certificate of a volunteer",
        }[self.value]

    @property
    def template(self) -> str:
        """The folder of its page; those of winners and finalists look alike, and all others."""
        return "award" if self in (CertificateKind.AWARD, CertificateKind.FINALIST) else "participation"


class CertificateStatus(StrEnum):
    """Whether a certificate still stands."""

    VALID = "valid"
    REVOKED = "revoked"
    REPLACED = "replaced"
