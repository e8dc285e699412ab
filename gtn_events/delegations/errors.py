"""What delegations refuse, in words a coordinator or a nominee may read."""

from gtn_events.core.errors import DomainError


class NominationRefused(DomainError):
    """A nomination cannot be as typed, or not be changed like this as it stands."""


class OrderRefused(DomainError):
    """The protocol order changes among those of one function only."""


class OfficerRefused(DomainError):
    """An officer of a delegation cannot be as typed."""
