"""The one table of what may happen to a placement: from, action, to, who may, who needs a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from ..enums import PlacementState as State
from ..errors import TransitionRefused


class Action(StrEnum):
    """What happens to a placement."""

    AGREE = "agree"
    START = "start"
    COMPLETE = "complete"
    END_EARLY = "end-early"
    CANCEL = "cancel"

    @property
    def past(self) -> str:
        """The action as the journal tells it."""
        return {
            "agree": "agreed",
            "start": "started",
            "complete": "completed",
            "end-early": "ended early",
            "cancel": "cancelled",
        }[self.value]


class Side(StrEnum):
    """Who acts; ALL is the last signature under an agreement."""

    FIRM = "firm"
    HOST = "host"
    ORGANISER = "organiser"
    ALL = "all"


@dataclass(frozen=True)
class Transition:
    """One row of the table."""

    to: State
    sides: frozenset[Side]
    with_reason: bool = False


_STAFF = frozenset({Side.HOST, Side.ORGANISER})
_ANYBODY = frozenset({Side.FIRM, Side.HOST, Side.ORGANISER})
_CANCEL = Transition(State.CANCELLED, frozenset({Side.ORGANISER}), with_reason=True)

TRANSITIONS: Mapping[tuple[State, Action], Transition] = MappingProxyType(
    {
        (State.PREPARING, Action.AGREE): Transition(State.AGREED, frozenset({Side.ALL})),
        (State.AGREED, Action.START): Transition(State.RUNNING, _STAFF),
        (State.RUNNING, Action.COMPLETE): Transition(State.COMPLETED, _STAFF),
        (State.RUNNING, Action.END_EARLY): Transition(State.ENDED_EARLY, _ANYBODY, with_reason=True),
        (State.PREPARING, Action.CANCEL): _CANCEL,
        (State.AGREED, Action.CANCEL): _CANCEL,
    }
)


def transition_for(state: State, action: Action, side: Side) -> Transition:
    """Return the row of the table.

    Raises:
        TransitionRefused: there is none, or this side may not do it.
    """
    row = TRANSITIONS.get((state, action))
    if row is None:
        raise TransitionRefused(f"This placement is {state.label.lower()}; it cannot be {action.past} now.")
    if side not in row.sides:
        raise TransitionRefused(f"A placement is not {action.past} by the {side}.")
    return row


def actions_for(state: State, side: Side) -> list[Action]:
    """Return what a side can do with a placement in this state, in the table's order."""
    return [action for (source, action), row in TRANSITIONS.items() if source is state and side in row.sides]
