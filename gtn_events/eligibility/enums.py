"""The words of rules that are stored."""

from enum import StrEnum

from gtn_events.core.marking import N_


class RuleKind(StrEnum):
    """What a rule of eligibility looks at; see eligibility.domain.rules."""

    ECONOMY = "economy"
    SIZE = "size"
    YEARS_AT_MOST = "years-at-most"
    YEARS_AT_LEAST = "years-at-least"
    NO_PREVIOUS_WINNER = "no-previous-winner"
    OWNERSHIP = "ownership"
    TEAM = "team"
    WOMAN_IN_TEAM = "woman-in-team"
    PARTNER_ECONOMY = "partner-economy"
    ANSWER = "answer"


class RuleComparison(StrEnum):
    """How a rule compares an answer with its value."""

    IS = "is"
    IS_NOT = "is-not"
    INCLUDES = "includes"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    ANSWERED = "answered"

    @property
    def label(self) -> str:
        return {
            "is": N_("is"),
            "is-not": N_("is not"),
            "includes": N_("includes"),
            "at-least": N_("is at least"),
            "at-most": N_("is at most"),
            "answered": N_("is answered"),
        }[self.value]
