"""The one table of what may happen to a proposed session: from, action, to, who may, which mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from flask_babel import gettext as _

from ...errors import TransitionRefused
from ...session_call_enums import SessionProposalState as State


class SessionAction(StrEnum):
    """What somebody does with a proposed session."""

    SEND = "send"
    ACCEPT = "accept"
    WAITLIST = "waitlist"
    DECLINE = "decline"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"

    @property
    def past(self) -> str:
        """The action as the journal tells it."""
        return {
            "send": "sent",
            "accept": "accepted",
            "waitlist": "put on the waiting list",
            "decline": "declined",
            "confirm": "confirmed",
            "withdraw": "withdrawn",
        }[self.value]


class SessionParty(StrEnum):
    """Who acts: whoever proposed it, or an organiser of the forum."""

    PROPOSER = "proposer"
    ORGANISER = "organiser"


@dataclass(frozen=True)
class SessionTransition:
    """One row of the table: where it leads, who may, and the mail to the proposer."""

    outcome: State
    party: SessionParty
    mail: str
    needs_reason: bool = False


DECISIONS = (SessionAction.ACCEPT, SessionAction.WAITLIST, SessionAction.DECLINE)
_ACCEPT = SessionTransition(State.ACCEPTED, SessionParty.ORGANISER, "forum/session_accepted")
_WAITLIST = SessionTransition(State.WAITLISTED, SessionParty.ORGANISER, "forum/session_waitlisted")
_DECLINE = SessionTransition(State.DECLINED, SessionParty.ORGANISER, "forum/session_declined", needs_reason=True)
_WITHDRAW = SessionTransition(State.WITHDRAWN, SessionParty.PROPOSER, "forum/session_withdrawn")

TRANSITIONS: Mapping[tuple[State, SessionAction], SessionTransition] = MappingProxyType(
    {
        (State.DRAFT, SessionAction.SEND): SessionTransition(
            State.RECEIVED, SessionParty.PROPOSER, "forum/session_received"
        ),
        (State.RECEIVED, SessionAction.ACCEPT): _ACCEPT,
        (State.RECEIVED, SessionAction.WAITLIST): _WAITLIST,
        (State.RECEIVED, SessionAction.DECLINE): _DECLINE,
        (State.WAITLISTED, SessionAction.ACCEPT): _ACCEPT,
        (State.WAITLISTED, SessionAction.DECLINE): _DECLINE,
        (State.DECLINED, SessionAction.ACCEPT): _ACCEPT,
        (State.ACCEPTED, SessionAction.CONFIRM): SessionTransition(
            State.CONFIRMED, SessionParty.PROPOSER, "forum/session_confirmed"
        ),
        (State.RECEIVED, SessionAction.WITHDRAW): _WITHDRAW,
        (State.WAITLISTED, SessionAction.WITHDRAW): _WITHDRAW,
        (State.ACCEPTED, SessionAction.WITHDRAW): _WITHDRAW,
        (State.CONFIRMED, SessionAction.WITHDRAW): _WITHDRAW,
    }
)


def session_transition(state: State, action: SessionAction, party: SessionParty) -> SessionTransition:
    """Return the row of the table.

    Raises:
        TransitionRefused: there is none, or this party may not do it.
    """
    row = TRANSITIONS.get((state, action))
    if row is None or row.party is not party:
        raise TransitionRefused(
            _(
                "This proposal is %(state)s; it cannot be %(done)s now.",
                state=state.label.lower(),
                done=action.past,
            )
        )
    return row


def session_actions(state: State, party: SessionParty) -> list[SessionAction]:
    """Return what this party can do with a proposal in this state, in the table's order."""
    return [action for (source, action), row in TRANSITIONS.items() if source is state and row.party is party]
