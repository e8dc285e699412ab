"""The sizes of one certificate: of its words in the room of its template, or as they were before there were designs."""

from ..facts import ParticipationFacts
from .fitting import Fit, Middle, fitted
from .sizes import ENTRY_SIZES, PRIZE_SIZES, fitted_name, on_one_line, own_script_size
from .wording import Wording

_PRIZE_WIDTH = 500  # CSS pixels between the left margin and the ring, where there is no design


def fit_of(wording: Wording) -> Fit:
    """Return the sizes at which everything on a certificate fits."""
    if wording.standard:
        return _standard_fit(wording.facts)
    facts = wording.facts
    middle = Middle(
        heading=" ".join(wording.lines("heading")),
        given_name=facts.given_name,
        family_name=facts.family_name.upper(),
        own_script_name=facts.own_script_name,
        own_script_language=facts.own_script_language,
        prize=facts.prize,
        entry_title=facts.entry_title,
        sentence=wording.lines("sentence"),
        rule_met=rule_met_of(wording),
        closing=wording.lines("closing"),
    )
    return fitted(middle, wording.template.rooms[wording.design.orientation])


def rule_met_of(wording: Wording) -> tuple[str, ...]:
    """Return the sentences on the rule, which there are in English only."""
    return wording.facts.rule_met if wording.design.language == "en" else ()


def _standard_fit(facts: ParticipationFacts) -> Fit:
    """Return the sizes of a certificate without a design: what was issued before there were designs stays as it was."""
    size, lines = fitted_name(facts.given_name, facts.family_name.upper())
    return Fit(
        size,
        lines,
        own_script_size(facts.own_script_name, facts.own_script_language),
        on_one_line(facts.prize, PRIZE_SIZES, _PRIZE_WIDTH),
        on_one_line(facts.entry_title, ENTRY_SIZES, _PRIZE_WIDTH),
        1 if len(lines) > 2 else 0,
    )
