"""What funded travel refuses, in words that people may read."""

from gtn_events.core.errors import DomainError


class TravelRefused(DomainError):
    """A person cannot be funded, or a journey cannot be as typed; ``field`` says where."""


class PaperRefused(DomainError):
    """A paper cannot be sent or decided on as things stand."""
