"""What can go wrong with a certificate, in words for the person."""

from gtn_events.core.errors import DomainError


class AlreadyRevoked(DomainError):
    """The certificate was revoked before; that stands."""


class ReasonMissing(DomainError):
    """A certificate is never revoked without a reason."""

    http_status = 422


class NothingToCorrect(DomainError):
    """A certificate is not replaced by one that says the same."""

    http_status = 422


class CertificateRevoked(DomainError):
    """A revoked certificate cannot be downloaded any more."""

    http_status = 410
