"""Why sealed data cannot be kept or shown; no text holds anything of the data."""

from ..errors import DomainError


class SealingUnavailable(DomainError):
    """The site has no key to seal with."""

    http_status = 503


class SealBroken(DomainError):
    """The key is missing, or what is stored is not what was sealed for this record."""


class Shredded(DomainError):
    """The data were deleted on their day."""

    http_status = 410
