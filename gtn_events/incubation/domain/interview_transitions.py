"""The one table of what may happen to an interview: from, act, to, who may, who gives a reason, which mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from ..enums import InterviewState as State
from ..errors import TransitionRefused


class Act(StrEnum):
    """What somebody does with an interview."""

    PICK = "pick"
    DECLINE = "decline"
    CANCEL = "cancel"
    HOLD = "hold"


class Side(StrEnum):
    """Who acts."""

    APPLICANT = "applicant"
    HOST = "host"


@dataclass(frozen=True)
class Row:
    """One row of the table; ``mail`` goes to both sides, empty for none."""

    to: State
    side: Side
    mail: str
    needs_reason: bool = False


TRANSITIONS: Mapping[tuple[State, Act], Row] = MappingProxyType(
    {
        (State.PROPOSED, Act.PICK): Row(State.AGREED, Side.APPLICANT, "incubation/interview_agreed"),
        (State.PROPOSED, Act.DECLINE): Row(State.DECLINED, Side.APPLICANT, "incubation/interview_declined"),
        (State.AGREED, Act.DECLINE): Row(State.DECLINED, Side.APPLICANT, "incubation/interview_declined", True),
        (State.PROPOSED, Act.CANCEL): Row(State.CANCELLED, Side.HOST, "incubation/interview_cancelled", True),
        (State.AGREED, Act.CANCEL): Row(State.CANCELLED, Side.HOST, "incubation/interview_cancelled", True),
        (State.AGREED, Act.HOLD): Row(State.HELD, Side.HOST, ""),
    }
)


def row_for(state: State, act: Act, side: Side) -> Row:
    """Return the row of the table.

    Raises:
        TransitionRefused: there is none, or it is not for this side.
    """
    row = TRANSITIONS.get((state, act))
    if row is None or row.side is not side:
        raise TransitionRefused(f"This talk is in the state “{state.label}”; that is not possible now.")
    return row


def acts_for(state: State, side: Side) -> list[Act]:
    """Return what this side can do with an interview in this state."""
    return [act for (source, act), row in TRANSITIONS.items() if source is state and row.side is side]
