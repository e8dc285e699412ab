"""The aggregates of delegations."""

from .delegation import Delegation
from .nomination import Nomination

__all__ = ["Delegation", "Nomination"]
