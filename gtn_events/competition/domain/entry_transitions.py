"""The one table of what may happen to an entry: from, action, to, who may, who needs a reason, which mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from ..enums import EntryState as State
from ..errors import TransitionRefused


class Action(StrEnum):
    """What somebody does with an entry."""

    ACCEPT_LATE = "accept-late"
    ADMIT = "admit"
    REFUSE = "refuse"
    RECONSIDER = "reconsider"
    WITHDRAW = "withdraw"

    @property
    def past(self) -> str:
        """The action as the journal tells it."""
        return {
            "accept-late": "accepted though late",
            "admit": "admitted",
            "refuse": "found not eligible",
            "reconsider": "taken up again",
            "withdraw": "withdrawn",
        }[self.value]


class Party(StrEnum):
    """Who acts: the entrant for their own entry, or an organiser."""

    ENTRANT = "entrant"
    ORGANISER = "organiser"


@dataclass(frozen=True)
class Transition:
    """One row of the table; a party in ``with_reason`` has to give one."""

    to: State
    parties: frozenset[Party]
    mail: str
    with_reason: frozenset[Party]


def _row(to: State, *parties: Party, mail: str, with_reason: tuple[Party, ...] = ()) -> Transition:
    return Transition(to, frozenset(parties), mail, frozenset(with_reason))


_REFUSE = _row(State.INELIGIBLE, Party.ORGANISER, mail="competition/entry_ineligible", with_reason=(Party.ORGANISER,))
_WITHDRAW = _row(
    State.WITHDRAWN,
    Party.ENTRANT,
    Party.ORGANISER,
    mail="competition/entry_withdrawn",
    with_reason=(Party.ORGANISER,),
)

TRANSITIONS: Mapping[tuple[State, Action], Transition] = MappingProxyType(
    {
        (State.LATE, Action.ACCEPT_LATE): _row(
            State.SUBMITTED, Party.ORGANISER, mail="competition/entry_late_accepted"
        ),
        (State.SUBMITTED, Action.ADMIT): _row(State.ADMITTED, Party.ORGANISER, mail="competition/entry_admitted"),
        (State.SUBMITTED, Action.REFUSE): _REFUSE,
        (State.LATE, Action.REFUSE): _REFUSE,
        (State.ADMITTED, Action.REFUSE): _REFUSE,
        (State.INELIGIBLE, Action.RECONSIDER): _row(
            State.SUBMITTED, Party.ORGANISER, mail="competition/entry_reconsidered"
        ),
        (State.SUBMITTED, Action.WITHDRAW): _WITHDRAW,
        (State.LATE, Action.WITHDRAW): _WITHDRAW,
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
        raise TransitionRefused(f"This entry is {state.label.lower()}; it cannot be {action.past} now.")
    if party not in row.parties:
        raise TransitionRefused(f"An entry that is {state.label.lower()} is not {action.past} by the {party}.")
    return row


def actions_for(state: State, party: Party) -> list[Action]:
    """Return what this party can do with an entry in this state, in the table's order."""
    return [action for (source, action), row in TRANSITIONS.items() if source is state and party in row.parties]
