"""Errors of eligibility whose text a user may read."""

from gtn_events.core.errors import DomainError


class EligibilityRefused(DomainError):
    """A rule of eligibility cannot be kept like this; ``field`` says where."""
