"""An entry as the data of a draft, so that it can be changed by the form it was made with."""

from typing import Any

from gtn_events.questionnaire.domain.step_drafts import with_step
from gtn_events.questionnaire.forms.build import form_class_for
from gtn_events.questionnaire.forms.typed import typed_strings
from gtn_events.questionnaire.forms.wizard import NO_CSRF
from gtn_events.questionnaire.queries.answers import read_answers

from ..models import Entry
from .entry_wizard import CATEGORY, ENTRY, FIRM, TEAM, EntryWizard


def data_of_entry(entry: Entry) -> dict[str, Any]:
    """Return what the draft of a change begins with: everything but the declaration, which is given anew."""
    version = entry.answer_set.version
    wizard = EntryWizard(entry.competition, version, entry.account, {})
    answers = read_answers(entry.answer_set, with_sensitive=True)
    data: dict[str, Any] = {}
    fixed = _fixed_fields(entry)
    for step in wizard.steps[:-2]:
        keys = {question.key for question in version.questions if question.step == step.key}
        own = {key: value for key, value in answers.items() if key in keys}
        typed = dict(fixed.get(step.key, {}))
        if keys:
            form_class = form_class_for(version, step=step.key, economies=wizard.economies)
            typed |= typed_strings(form_class(formdata=None, answers=own, meta=NO_CSRF))
        data = with_step(data, step.key, typed=typed, answers=own, uploads={})
    return data


def _fixed_fields(entry: Entry) -> dict[str, dict[str, list[str]]]:
    people: dict[str, list[str]] = {}
    for index, member in enumerate(entry.members):
        people |= {
            f"members-{index}-name": [member.name],
            f"members-{index}-role": [member.role],
            f"members-{index}-gender": [member.gender],
            f"members-{index}-economy": [member.economy_code or ""],
            f"members-{index}-organisation_name": [member.organisation_name],
        }
    chooser = "categories" if entry.competition.several_categories else "category"
    return {
        CATEGORY: {
            chooser: [each.category.key for each in entry.entry_categories],
            "economy": [entry.economy_code],
            "size": [entry.organisation_size],
            "founded_in": [str(entry.founded_in or "")],
        },
        FIRM: {"organisation_name": [entry.organisation_name], "website": [entry.website]},
        ENTRY: {
            "title": [entry.title],
            "summary": [entry.summary],
            "languages": list(entry.languages),
            "video_url": [entry.video_url],
        },
        TEAM: people,
    }
