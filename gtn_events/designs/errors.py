"""What can go wrong with a design, in words for the person."""

from gtn_events.core.errors import DomainError


class DesignRefused(DomainError):
    """A design cannot be printed as it was set; ``field`` names the part: ``sentence``, ``logo-2``."""

    http_status = 422
