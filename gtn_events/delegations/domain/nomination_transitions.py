"""The one table of what can become of a nomination."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from ..enums import NominationState as State
from ..errors import NominationRefused


class Act(StrEnum):
    """What is done with a nomination."""

    NOMINATE = "nominate"
    INVITE = "invite"
    REVOKE = "revoke"
    EXPIRE = "expire"
    COMPLETE = "complete"
    DECLINE = "decline"
    WITHDRAW = "withdraw"

    @property
    def past(self) -> str:
        """The act as the journal tells it."""
        return {
            "nominate": "person nominated",
            "invite": "nominee invited",
            "revoke": "link of a nominee revoked",
            "expire": "link of a nominee expired",
            "complete": "nominee registered",
            "decline": "nominee declined",
            "withdraw": "nomination withdrawn",
        }[self.value]


TRANSITIONS: Mapping[tuple[State, Act], State] = MappingProxyType(
    {
        (State.DRAFT, Act.NOMINATE): State.NOMINATED,
        (State.DRAFT, Act.WITHDRAW): State.WITHDRAWN,
        (State.NOMINATED, Act.INVITE): State.INVITED,
        (State.NOMINATED, Act.COMPLETE): State.COMPLETED,
        (State.NOMINATED, Act.WITHDRAW): State.WITHDRAWN,
        (State.INVITED, Act.INVITE): State.INVITED,
        (State.INVITED, Act.REVOKE): State.NOMINATED,
        (State.INVITED, Act.EXPIRE): State.EXPIRED,
        (State.INVITED, Act.COMPLETE): State.COMPLETED,
        (State.INVITED, Act.DECLINE): State.WITHDRAWN,
        (State.INVITED, Act.WITHDRAW): State.WITHDRAWN,
        (State.EXPIRED, Act.INVITE): State.INVITED,
        (State.EXPIRED, Act.COMPLETE): State.COMPLETED,
        (State.EXPIRED, Act.WITHDRAW): State.WITHDRAWN,
    }
)


def outcome_of(state: State, act: Act) -> State:
    """Return what a nomination becomes.

    Raises:
        NominationRefused: the table has no row for it.
    """
    found = TRANSITIONS.get((state, act))
    if found is None:
        raise NominationRefused(
            f"This cannot be done with the nomination as it stands: it is {state.label.lower()}. Nothing was changed."
        )
    return found


def acts_for(state: State) -> frozenset[Act]:
    """Return what can be done in a state."""
    return frozenset(act for each, act in TRANSITIONS if each is state)
