"""The aggregates of delegations."""

from .circular import Circular, CircularAcknowledgement, CircularFile, CircularVersion
from .delegation import Delegation
from .nomination import Nomination

__all__ = ["Circular", "CircularAcknowledgement", "CircularFile", "CircularVersion", "Delegation", "Nomination"]
