"""The one table of what may happen to a proposal: from, action, to, who may, which mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from ...enums import ProposalState as State
from ...errors import TransitionRefused


class ProposalAction(StrEnum):
    """What somebody does with a proposal."""

    PROPOSE = "propose"
    REVIEW = "review"
    ASK_CHANGES = "ask-changes"
    AGREE = "agree"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    PUBLISH = "publish"

    @property
    def past(self) -> str:
        """The action as the journal tells it."""
        return {
            "propose": "proposed",
            "review": "taken up for review",
            "ask-changes": "sent back for changes",
            "agree": "agreed",
            "decline": "declined",
            "withdraw": "withdrawn",
            "publish": "published",
        }[self.value]


class ProposalParty(StrEnum):
    """Who acts: whoever proposed it, or an organiser of the forum."""

    PROPOSER = "proposer"
    ORGANISER = "organiser"


@dataclass(frozen=True)
class ProposalTransition:
    """One row of the table: where it leads, who may, and the mail to the proposer."""

    outcome: State
    party: ProposalParty
    mail: str
    needs_reason: bool = False


_PROPOSE = ProposalTransition(State.PROPOSED, ProposalParty.PROPOSER, "forum/proposal_received")
_CHANGES = ProposalTransition(
    State.CHANGES_ASKED, ProposalParty.ORGANISER, "forum/proposal_changes_asked", needs_reason=True
)
_AGREE = ProposalTransition(State.AGREED, ProposalParty.ORGANISER, "forum/proposal_agreed")
_DECLINE = ProposalTransition(State.DECLINED, ProposalParty.ORGANISER, "forum/proposal_declined", needs_reason=True)
_WITHDRAW = ProposalTransition(State.WITHDRAWN, ProposalParty.PROPOSER, "forum/proposal_withdrawn")

TRANSITIONS: Mapping[tuple[State, ProposalAction], ProposalTransition] = MappingProxyType(
    {
        (State.DRAFT, ProposalAction.PROPOSE): _PROPOSE,
        (State.CHANGES_ASKED, ProposalAction.PROPOSE): _PROPOSE,
        (State.PROPOSED, ProposalAction.REVIEW): ProposalTransition(
            State.UNDER_REVIEW, ProposalParty.ORGANISER, "forum/proposal_under_review"
        ),
        (State.PROPOSED, ProposalAction.ASK_CHANGES): _CHANGES,
        (State.UNDER_REVIEW, ProposalAction.ASK_CHANGES): _CHANGES,
        (State.PROPOSED, ProposalAction.AGREE): _AGREE,
        (State.UNDER_REVIEW, ProposalAction.AGREE): _AGREE,
        (State.PROPOSED, ProposalAction.DECLINE): _DECLINE,
        (State.UNDER_REVIEW, ProposalAction.DECLINE): _DECLINE,
        (State.CHANGES_ASKED, ProposalAction.DECLINE): _DECLINE,
        (State.PROPOSED, ProposalAction.WITHDRAW): _WITHDRAW,
        (State.UNDER_REVIEW, ProposalAction.WITHDRAW): _WITHDRAW,
        (State.CHANGES_ASKED, ProposalAction.WITHDRAW): _WITHDRAW,
        (State.AGREED, ProposalAction.PUBLISH): ProposalTransition(
            State.PUBLISHED, ProposalParty.ORGANISER, "forum/proposal_published"
        ),
    }
)


def proposal_transition(state: State, action: ProposalAction, party: ProposalParty) -> ProposalTransition:
    """Return the row of the table.

    Raises:
        TransitionRefused: there is none, or this party may not do it.
    """
    row = TRANSITIONS.get((state, action))
    if row is None or row.party is not party:
        raise TransitionRefused(f"This proposal is {state.label.lower()}; it cannot be {action.past} now.")
    return row


def proposal_actions(state: State, party: ProposalParty) -> list[ProposalAction]:
    """Return what this party can do with a proposal in this state, in the table's order."""
    return [action for (source, action), row in TRANSITIONS.items() if source is state and row.party is party]
