"""The one table of what may happen to an application before the match: from, action, to, who may, which mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from ..enums import ApplicationState as State
from ..errors import TransitionRefused


class Action(StrEnum):
    """What somebody does with an application."""

    ADMIT = "admit"
    REFUSE = "refuse"
    RECONSIDER = "reconsider"
    WITHDRAW = "withdraw"

    @property
    def past(self) -> str:
        """The action as the journal tells it."""
        return {
            "admit": "admitted",
            "refuse": "found not eligible",
            "reconsider": "taken up again",
            "withdraw": "withdrawn",
        }[self.value]


class Party(StrEnum):
    """Who acts: the applicant for their own application, or an organiser."""

    APPLICANT = "applicant"
    ORGANISER = "organiser"


@dataclass(frozen=True)
class Transition:
    """One row of the table; a party in ``with_reason`` has to give one."""

    to: State
    parties: frozenset[Party]
    mail: str
    with_reason: frozenset[Party]


def _row(to: State, *parties: Party, mail: str, with_reason: tuple[Party, ...] = ()) -> Transition:
    return Transition(to, frozenset(parties), f"incubation/{mail}", frozenset(with_reason))


_REFUSE = _row(State.INELIGIBLE, Party.ORGANISER, mail="application_ineligible", with_reason=(Party.ORGANISER,))
_WITHDRAW = _row(
    State.WITHDRAWN, Party.APPLICANT, Party.ORGANISER, mail="application_withdrawn", with_reason=(Party.ORGANISER,)
)

TRANSITIONS: Mapping[tuple[State, Action], Transition] = MappingProxyType(
    {
        (State.SUBMITTED, Action.ADMIT): _row(State.ADMITTED, Party.ORGANISER, mail="application_admitted"),
        (State.SUBMITTED, Action.REFUSE): _REFUSE,
        (State.ADMITTED, Action.REFUSE): _REFUSE,
        (State.INELIGIBLE, Action.RECONSIDER): _row(State.SUBMITTED, Party.ORGANISER, mail="application_reconsidered"),
        (State.SUBMITTED, Action.WITHDRAW): _WITHDRAW,
        (State.ADMITTED, Action.WITHDRAW): _WITHDRAW,
    }
)


def transition_for(state: State, action: Action, party: Party) -> Transition:
    """Return the row of the table.

    Raises:
        TransitionRefused: there is none, or this party may not do it.
    """
    row = TRANSITIONS.get((state, action))
    if row is None:
        raise TransitionRefused(f"This application is {state.label.lower()}; it cannot be {action.past} now.")
    if party not in row.parties:
        raise TransitionRefused(f"An application that is {state.label.lower()} is not {action.past} by the {party}.")
    return row


def actions_for(state: State, party: Party) -> list[Action]:
    """Return what this party can do with an application in this state, in the table's order."""
    return [action for (source, action), row in TRANSITIONS.items() if source is state and party in row.parties]
