"""The words of delegations that are stored or sent."""

from enum import StrEnum


class Answer(StrEnum):
    """What an economy says to one of its people who asked to come."""

    APPROVE = "approve"
    REJECT = "reject"


class NominationState(StrEnum):
    """Where a nomination stands; see delegations.domain.nomination_transitions for the one table."""

    DRAFT = "draft"
    NOMINATED = "nominated"
    INVITED = "invited"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        return {
            "draft": "Draft",
            "nominated": "Nominated",
            "invited": "Invited",
            "completed": "Registered",
            "withdrawn": "Withdrawn",
            "expired": "Link too old",
        }[self.value]

    @property
    def is_open(self) -> bool:
        """True while the person can still be asked to register: no other nomination of the address then."""
        return self in OPEN_NOMINATIONS


OPEN_NOMINATIONS = frozenset(
    {NominationState.DRAFT, NominationState.NOMINATED, NominationState.INVITED, NominationState.EXPIRED}
)
