"""The one table of what may happen to a registration: from, action, to, who may, which mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from ..enums import RegistrationState as State
from ..errors import TransitionRefused


class Action(StrEnum):
    """What somebody does with a registration."""

    ENDORSE = "endorse"
    UNENDORSE = "unendorse"
    APPROVE = "approve"
    CONFIRM = "confirm"
    ADMIT = "admit"
    REJECT = "reject"
    RECONSIDER = "reconsider"
    OFFER = "offer"
    ACCEPT = "accept"
    DECLINE = "decline"
    LAPSE = "lapse"
    CANCEL = "cancel"
    WITHDRAW = "withdraw"
    REPLACE = "replace"
    TAKE_OVER = "take-over"

    @property
    def past(self) -> str:
        """The action as the journal tells it."""
        return {
            "endorse": "approved by the economy",
            "unendorse": "no longer approved by the economy",
            "approve": "approved",
            "confirm": "confirmed",
            "admit": "admitted",
            "reject": "rejected",
            "reconsider": "taken up again",
            "offer": "offered a place",
            "accept": "accepted the offer",
            "decline": "declined the offer",
            "lapse": "let the offer lapse",
            "cancel": "cancelled",
            "withdraw": "withdrawn by the economy",
            "replace": "replaced by another person",
            "take-over": "put in the place of another person",
        }[self.value]


class Party(StrEnum):
    """Who acts: the delegate for themselves, their economy's coordinator, an organiser, or the system by the clock."""

    DELEGATE = "delegate"
    COORDINATOR = "coordinator"
    ORGANISER = "organiser"
    SYSTEM = "system"


@dataclass(frozen=True)
class Transition:
    """One row of the table: the states it can lead to, who may, and the mail for each outcome."""

    outcomes: frozenset[State]
    parties: frozenset[Party]
    mails: Mapping[State, str]
    needs_reason: bool = False


def _row(*outcomes: State, by: tuple[Party, ...], mails: Mapping[State, str], needs_reason: bool = False) -> Transition:
    return Transition(frozenset(outcomes), frozenset(by), MappingProxyType(dict(mails)), needs_reason)


_SEATING = {
    State.CONFIRMED: "forum/registration_confirmed",
    State.WAITLISTED: "forum/registration_waitlisted",
}
_SEAT_OR_WAIT = _row(State.CONFIRMED, State.WAITLISTED, by=(Party.ORGANISER, Party.SYSTEM), mails=_SEATING)
_REJECT = _row(
    State.REJECTED,
    by=(Party.ORGANISER, Party.COORDINATOR),
    mails={State.REJECTED: "forum/registration_rejected"},
    needs_reason=True,
)
_CANCEL = _row(
    State.CANCELLED,
    by=(Party.DELEGATE, Party.ORGANISER),
    mails={State.CANCELLED: "forum/registration_cancelled"},
)
_WITHDRAW = _row(
    State.CANCELLED,
    by=(Party.COORDINATOR,),
    mails={State.CANCELLED: "forum/registration_withdrawn"},
    needs_reason=True,
)
_REPLACE = _row(
    State.CANCELLED,
    by=(Party.COORDINATOR,),
    mails={State.CANCELLED: "forum/registration_replaced"},
    needs_reason=True,
)
# The economy's word stands behind it also where the host's yes is what moves the place.
_TAKE_OVER = _row(
    State.CONFIRMED,
    State.WAITLISTED,
    by=(Party.COORDINATOR,),
    mails={
        State.CONFIRMED: "forum/registration_takes_place",
        State.WAITLISTED: "forum/registration_takes_turn",
    },
)

TRANSITIONS: Mapping[tuple[State, Action], Transition] = MappingProxyType(
    {
        (State.PENDING, Action.ENDORSE): _row(
            State.PENDING, by=(Party.COORDINATOR,), mails={State.PENDING: "forum/registration_endorsed"}
        ),
        (State.PENDING, Action.UNENDORSE): _row(
            State.PENDING, by=(Party.COORDINATOR,), mails={State.PENDING: "forum/registration_unendorsed"}
        ),
        (State.PENDING, Action.APPROVE): _row(
            State.APPROVED, by=(Party.ORGANISER,), mails={State.APPROVED: "forum/registration_approved"}
        ),
        (State.PENDING, Action.ADMIT): _SEAT_OR_WAIT,
        (State.APPROVED, Action.CONFIRM): _SEAT_OR_WAIT,
        (State.PENDING, Action.REJECT): _REJECT,
        (State.APPROVED, Action.REJECT): _REJECT,
        (State.REJECTED, Action.RECONSIDER): _row(
            State.PENDING, by=(Party.ORGANISER,), mails={State.PENDING: "forum/registration_reconsidered"}
        ),
        (State.WAITLISTED, Action.OFFER): _row(
            State.OFFERED,
            by=(Party.ORGANISER, Party.SYSTEM),
            mails={State.OFFERED: "forum/registration_offered"},
        ),
        (State.OFFERED, Action.ACCEPT): _row(
            State.CONFIRMED, by=(Party.DELEGATE,), mails={State.CONFIRMED: "forum/registration_confirmed"}
        ),
        (State.OFFERED, Action.DECLINE): _row(
            State.DECLINED, by=(Party.DELEGATE,), mails={State.DECLINED: "forum/registration_declined"}
        ),
        (State.OFFERED, Action.LAPSE): _row(
            State.DECLINED, by=(Party.SYSTEM,), mails={State.DECLINED: "forum/registration_lapsed"}
        ),
        (State.PENDING, Action.CANCEL): _CANCEL,
        (State.APPROVED, Action.CANCEL): _CANCEL,
        (State.CONFIRMED, Action.CANCEL): _CANCEL,
        (State.WAITLISTED, Action.CANCEL): _CANCEL,
        (State.OFFERED, Action.CANCEL): _CANCEL,
        (State.PENDING, Action.WITHDRAW): _WITHDRAW,
        (State.APPROVED, Action.WITHDRAW): _WITHDRAW,
        (State.CONFIRMED, Action.WITHDRAW): _WITHDRAW,
        (State.WAITLISTED, Action.WITHDRAW): _WITHDRAW,
        (State.OFFERED, Action.WITHDRAW): _WITHDRAW,
        (State.CONFIRMED, Action.REPLACE): _REPLACE,
        (State.OFFERED, Action.REPLACE): _REPLACE,
        (State.WAITLISTED, Action.REPLACE): _REPLACE,
        (State.PENDING, Action.TAKE_OVER): _TAKE_OVER,
        (State.APPROVED, Action.TAKE_OVER): _TAKE_OVER,
        (State.WAITLISTED, Action.TAKE_OVER): _TAKE_OVER,
    }
)


def transition_for(state: State, action: Action, party: Party) -> Transition:
    """Return the row of the table.

    Raises:
        TransitionRefused: there is none, or this party may not do it.
    """
    row = TRANSITIONS.get((state, action))
    if row is None:
        raise TransitionRefused(f"This registration is {state.label.lower()}; it cannot be {action.past} now.")
    if party not in row.parties:
        raise TransitionRefused(f"A registration that is {state.label.lower()} is not {action.past} by the {party}.")
    return row


def actions_for(state: State, party: Party) -> list[Action]:
    """Return what this party can do with a registration in this state, in the table's order."""
    return [action for (source, action), row in TRANSITIONS.items() if source is state and party in row.parties]
