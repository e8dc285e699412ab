"""A draft as judges of a round will read it: everything but what the round hides."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gtn_events.questionnaire.forms.wizard import Step

from .entry_wizard import TEAM, EntryWizard

# What a judge reads of the fixed fields; the others are for the organiser.
OF_JUDGES = frozenset(
    {"category", "categories", "economy", "organisation_name", "website", "title", "summary", "video_url"}
)
# Names of fields by what a round can hide; see Round.blind.
HIDDEN_BY: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "title": frozenset({"title"}),
        "organisation": frozenset({"organisation_name", "website"}),
        "economy": frozenset({"economy"}),
        "video": frozenset({"video_url"}),
    }
)


@dataclass(frozen=True)
class ShownStep:
    """One step with what a judge reads of it, as (label, text)."""

    label: str
    rows: list[tuple[str, str]]


def as_judges_see_it(wizard: EntryWizard, blind: Collection[str]) -> list[ShownStep]:
    """Return the steps of a draft without what ``blind``, a round's list, hides; empty steps are left out."""
    steps = [step for step in wizard.steps[:-2] if step.key in wizard.data]
    shown = [ShownStep(step.label, _rows(wizard, step, frozenset(blind))) for step in steps]
    return [step for step in shown if step.rows]


def _rows(wizard: EntryWizard, step: Step, blind: frozenset[str]) -> list[tuple[str, str]]:
    if step.key == TEAM:
        if "team" in blind:
            return []
        return wizard.team_in_words(organisations="organisation" not in blind, economies="economy" not in blind)
    shown = OF_JUDGES.difference(*(HIDDEN_BY.get(each, frozenset()) for each in blind))
    rows = [(label, text) for name, label, text in wizard.fixed_rows(step) if text and name in shown]
    return rows + [
        (spec.label, text)
        for spec, text in wizard.answer_rows(step)
        if not spec.sensitive and f"question:{spec.key}" not in blind
    ]
