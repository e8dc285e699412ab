"""The aggregates of delegations."""

from .circular import Circular, CircularAcknowledgement, CircularFile, CircularVersion
from .delegation import Delegation
from .nomination import Nomination
from .travel import TravelCeiling, Traveller, TravelPaper, TravelSettings

__all__ = [
    "Circular",
    "CircularAcknowledgement",
    "CircularFile",
    "CircularVersion",
    "Delegation",
    "Nomination",
    "TravelCeiling",
    "TravelPaper",
    "TravelSettings",
    "Traveller",
]
