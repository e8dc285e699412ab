"""The words of funded travel that are stored."""

from enum import StrEnum


class FundingCategory(StrEnum):
    """As what a person is funded: one of these for each forum, whatever else they do there."""

    PARTICIPANT = "participant"
    EXPERT = "expert"
    CONTRACTOR = "contractor"

    @property
    def label(self) -> str:
        return {"participant": "Participant", "expert": "Expert or speaker", "contractor": "Contractor"}[self.value]


class TravellerState(StrEnum):
    """FUNDED while papers come in, SETTLED when everything is paid, WITHDRAWN when the funding was taken back."""

    FUNDED = "funded"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class PaperKind(StrEnum):
    """The papers of a journey; which are needed is set for each forum."""

    PASSPORT = "passport"
    ITINERARY = "itinerary"
    BOARDING = "boarding"
    BANK = "bank"
    CLAIM = "claim"

    @property
    def label(self) -> str:
        return {
            "passport": "Passport page",
            "itinerary": "Itinerary",
            "boarding": "Boarding passes",
            "bank": "Bank form",
            "claim": "Claim form",
        }[self.value]


class PaperState(StrEnum):
    """Where one paper stands; none is stored for a paper that never came."""

    MISSING = "missing"
    SENT = "sent"
    ACCEPTED = "accepted"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        return {"missing": "Missing", "sent": "To be looked at", "accepted": "Accepted", "returned": "Sent back"}[
            self.value
        ]
