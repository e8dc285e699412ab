"""The aggregates of delegations."""

from .circular import Circular, CircularAcknowledgement, CircularFile, CircularVersion
from .delegation import Delegation
from .nomination import Nomination
from .officer import DelegationOfficer
from .sheet import NominationSheet
from .travel import TravelCeiling, Traveller, TravelPaper, TravelSettings

__all__ = [
    "Circular",
    "CircularAcknowledgement",
    "CircularFile",
    "CircularVersion",
    "Delegation",
    "DelegationOfficer",
    "Nomination",
    "NominationSheet",
    "TravelCeiling",
    "TravelPaper",
    "TravelSettings",
    "Traveller",
]
