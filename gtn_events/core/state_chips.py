"""The states above a list, each with how many rows it holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from .listing import Listing

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True)
class StateChip(Generic[S]):
    """One state to narrow the list to, with how many it holds."""

    state: S
    count: int
    url: str
    chosen: bool


def state_chips(listing: Listing, counts: Mapping[S, int]) -> list[StateChip[S]]:
    """Return a chip for each state that was counted, in that order."""
    chosen = listing.chosen("state")
    return [
        StateChip(state, count, listing.filter_url("state", state.value), state.value in chosen)
        for state, count in counts.items()
    ]
