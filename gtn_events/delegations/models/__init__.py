"""The aggregates of delegations."""

from .delegation import Delegation
from .nomination import Nomination

__all__ = ["Delegation", "Nomination"]
"""The aggregates of delegations."""

from .circular import Circular, CircularAcknowledgement, CircularFile, CircularVersion

__all__ = ["Circular", "CircularAcknowledgement", "CircularFile", "CircularVersion"]
