"""The words of delegations."""

from enum import StrEnum


class Answer(StrEnum):
    """What an economy says to one of its people who asked to come."""

    APPROVE = "approve"
    REJECT = "reject"
