"""The aggregates of delegations."""

from .delegation import Delegation

__all__ = ["Delegation"]
