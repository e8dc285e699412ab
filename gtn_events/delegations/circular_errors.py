"""The rules of circulars that can say no."""

from gtn_events.core.errors import DomainError


class CircularRefused(DomainError):
    """A circular cannot be changed, released or acknowledged like this."""
