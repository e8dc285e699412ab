"""The words of calls for sessions that are stored."""

from enum import StrEnum


class SessionCallState(StrEnum):
    """DRAFT is seen by organisers only; CLOSED takes nothing, whatever its dates say."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


class SessionProposalState(StrEnum):
    """Where a proposed session stands; see forum.domain.session_calls.transitions for the one table."""

    DRAFT = "draft"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return self.value.capitalize()

    @property
    def is_in_programme(self) -> bool:
        """True while a session was made of it."""
        return self in (SessionProposalState.ACCEPTED, SessionProposalState.CONFIRMED)

    @property
    def is_undecided(self) -> bool:
        """True while the committee can still score it."""
        return self in (SessionProposalState.RECEIVED, SessionProposalState.WAITLISTED)
