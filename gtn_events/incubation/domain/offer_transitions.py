"""The one table of what may happen to an offer: from, action, to, who may, who needs a reason, which mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from ..enums import OfferState as State
from ..errors import TransitionRefused


class Action(StrEnum):
    """What somebody does with an offer."""

    ACCEPT = "accept"
    DECLINE = "decline"
    LAPSE = "lapse"
    TAKE_BACK = "take-back"

    @property
    def past(self) -> str:
        """The action as the journal tells it."""
        return {
            "accept": "accepted",
            "decline": "declined",
            "lapse": "not answered in time",
            "take-back": "taken back",
        }[self.value]


class Party(StrEnum):
    """Who acts: the applicant, an organiser, or the clock."""

    APPLICANT = "applicant"
    ORGANISER = "organiser"
    CLOCK = "clock"


@dataclass(frozen=True)
class Transition:
    """One row of the table."""

    to: State
    parties: frozenset[Party]
    mail: str
    with_reason: bool = False


TRANSITIONS: Mapping[tuple[State, Action], Transition] = MappingProxyType(
    {
        (State.OFFERED, Action.ACCEPT): Transition(
            State.ACCEPTED, frozenset({Party.APPLICANT}), "incubation/offer_accepted"
        ),
        (State.OFFERED, Action.DECLINE): Transition(
            State.DECLINED, frozenset({Party.APPLICANT}), "incubation/offer_declined"
        ),
        (State.ACCEPTED, Action.DECLINE): Transition(
            State.DECLINED, frozenset({Party.APPLICANT}), "incubation/offer_declined", with_reason=True
        ),
        (State.OFFERED, Action.LAPSE): Transition(State.LAPSED, frozenset({Party.CLOCK}), "incubation/offer_lapsed"),
        (State.OFFERED, Action.TAKE_BACK): Transition(
            State.WITHDRAWN, frozenset({Party.ORGANISER}), "incubation/offer_taken_back", with_reason=True
        ),
        (State.ACCEPTED, Action.TAKE_BACK): Transition(
            State.WITHDRAWN, frozenset({Party.ORGANISER}), "incubation/offer_taken_back", with_reason=True
        ),
    }
)


def transition_for(state: State, action: Action, party: Party) -> Transition:
    """Return the row of the table.

    Raises:
        TransitionRefused: there is none, or this party may not do it.
    """
    row = TRANSITIONS.get((state, action))
    if row is None:
        raise TransitionRefused(f"This offer is {state.label.lower()}; it cannot be {action.past} now.")
    if party not in row.parties:
        raise TransitionRefused(f"An offer is not {action.past} by the {party}.")
    return row
