"""The words of the network that are stored."""

from enum import StrEnum


class PostLevel(StrEnum):
    """For how many economies a coordinator works: for all, for a group of them, for one."""

    REGIONAL = "regional"
    SUB_REGIONAL = "sub-regional"
    NATIONAL = "national"

    @property
    def label(self) -> str:
        return {
            "regional": "All member economies (APEC)",
            "sub-regional": "A group of economies",
            "national": "One economy",
        }[self.value]


class PostKind(StrEnum):
    """Who answers for a post, and who has the same rights beside them."""

    COORDINATOR = "coordinator"
    DEPUTY = "deputy"

    @property
    def label(self) -> str:
        return {"coordinator": "Coordinator", "deputy": "Deputy"}[self.value]


class PostState(StrEnum):
    """Where a post stands on a day."""

    PLANNED = "planned"
    HELD = "in-office"
    OVER = "over"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {
            "planned": "Begins later",
            "in-office": "In office",
            "over": "Over",
            "withdrawn": "Withdrawn",
        }[self.value]
