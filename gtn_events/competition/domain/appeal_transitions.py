"""The one table of what may happen to an appeal: from, action, to, and who may."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from ..enums import AppealState as State
from ..errors import TransitionRefused


class Action(StrEnum):
    """What somebody does with an appeal."""

    SEND = "send"
    ASSIGN = "assign"
    UPHOLD = "uphold"
    UPHOLD_IN_PART = "uphold-in-part"
    REJECT = "reject"
    WITHDRAW = "withdraw"

    @property
    def past(self) -> str:
        """The action as the journal tells it."""
        return {
            "send": "sent",
            "assign": "given to decide",
            "uphold": "upheld",
            "uphold-in-part": "upheld in part",
            "reject": "not upheld",
            "withdraw": "withdrawn",
        }[self.value]


class Party(StrEnum):
    """Who acts: the entrant, an organiser, or the person who was chosen to decide."""

    ENTRANT = "entrant"
    ORGANISER = "organiser"
    DECIDER = "decider"


@dataclass(frozen=True)
class Transition:
    """One row of the table."""

    to: State
    party: Party


_WITHDRAW = Transition(State.WITHDRAWN, Party.ENTRANT)

TRANSITIONS: Mapping[tuple[State, Action], Transition] = MappingProxyType(
    {
        (State.DRAFT, Action.SEND): Transition(State.RECEIVED, Party.ENTRANT),
        (State.RECEIVED, Action.ASSIGN): Transition(State.ASSIGNED, Party.ORGANISER),
        (State.ASSIGNED, Action.ASSIGN): Transition(State.ASSIGNED, Party.ORGANISER),
        (State.ASSIGNED, Action.UPHOLD): Transition(State.UPHELD, Party.DECIDER),
        (State.ASSIGNED, Action.UPHOLD_IN_PART): Transition(State.PARTLY, Party.DECIDER),
        (State.ASSIGNED, Action.REJECT): Transition(State.REJECTED, Party.DECIDER),
        (State.RECEIVED, Action.WITHDRAW): _WITHDRAW,
        (State.ASSIGNED, Action.WITHDRAW): _WITHDRAW,
    }
)
DECISIONS = (Action.UPHOLD, Action.UPHOLD_IN_PART, Action.REJECT)


def transition_for(state: State, action: Action, party: Party) -> Transition:
    """Return the row of the table.

    Raises:
        TransitionRefused: there is none, or this party may not do it.
    """
    row = TRANSITIONS.get((state, action))
    if row is None:
        raise TransitionRefused(f"This appeal is “{state.label.lower()}”; it cannot be {action.past} now.")
    if party is not row.party:
        raise TransitionRefused(f"An appeal is not {action.past} by the {party}.")
    return row


def actions_for(state: State, party: Party) -> list[Action]:
    """Return what this party can do with an appeal in this state, in the table's order."""
    return [action for (source, action), row in TRANSITIONS.items() if source is state and party is row.party]
