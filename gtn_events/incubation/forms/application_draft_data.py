"""An application as the data of a draft, so that it can be changed by the form it was made with."""

from typing import Any

from gtn_events.questionnaire.domain.step_drafts import with_step
from gtn_events.questionnaire.forms.build import form_class_for
from gtn_events.questionnaire.forms.typed import typed_strings
from gtn_events.questionnaire.forms.wizard import NO_CSRF
from gtn_events.questionnaire.queries.answers import read_answers

from ..domain.wish_list import HOSTS, WishList
from ..enums import BlockSource
from ..models import Application
from ..queries.blocks import blocks_about
from .application_wizard import FIRM, LINKS, PEOPLE, PROJECT, STAY, ApplicationWizard


def data_of_application(application: Application) -> dict[str, Any]:
    """Return what the draft of a change begins with: everything but the declaration, which is given anew."""
    version = application.answer_set.version
    wizard = ApplicationWizard(application.call, version, application.account, {})
    answers = read_answers(application.answer_set, with_sensitive=True)
    data: dict[str, Any] = {}
    fixed = _fixed_fields(application)
    for step in wizard.steps[:-2]:
        keys = {question.key for question in version.questions if question.step == step.key}
        own = {key: value for key, value in answers.items() if key in keys}
        typed = dict(fixed.get(step.key, {}))
        if keys:
            form_class = form_class_for(version, step=step.key, economies=wizard.economies)
            typed |= typed_strings(form_class(formdata=None, answers=own, meta=NO_CSRF))
        data = with_step(data, step.key, typed=typed, answers=own, uploads={})
    return data


def _fixed_fields(application: Application) -> dict[str, dict[str, list[str]]]:
    people: dict[str, list[str]] = {}
    for index, person in enumerate(application.people):
        people |= {f"people-{index}-name": [person["name"]], f"people-{index}-role": [person.get("role", "")]}
    return {
        FIRM: {
            "organisation_name": [application.organisation_name],
            "economy": [application.economy_code],
            "size": [application.organisation_size],
            "founded_in": [str(application.founded_in or "")],
            "website": [application.website],
            "traits": list(application.traits),
        },
        PROJECT: {
            "title": [application.title],
            "summary": [application.summary],
            "sector": [application.sector],
            "plan": [application.plan],
            "results_expected": [application.results_expected],
            "trl": [str(application.trl)],
            "trl_reason": [application.trl_reason],
        },
        STAY: {
            "needs": list(application.needs),
            "preferred_from": [application.preferred_from.isoformat()],
            "weeks": [str(application.weeks)],
            "split_stays": [_yes_or_no(application.split_stays)],
            "languages": list(application.languages),
        },
        PEOPLE: {**people, "home_name": [application.home_name], "home_email": [application.home_email]},
        LINKS: {"seen_by_others": [_yes_or_no(application.seen_by_others)], **_declared(application)},
        HOSTS: WishList(tuple(wish.intake_id for wish in application.wishes)).as_typed(),
    }


def _declared(application: Application) -> dict[str, list[str]]:
    names = {BlockSource.EXISTING_LINK: "links", BlockSource.APPLICANT: "kept_from"}
    declared: dict[str, list[str]] = {name: [] for name in names.values()}
    for block in blocks_about(application):
        if block.source in names:
            declared[names[block.source]].append(str(block.intake_id))
    return declared


def _yes_or_no(said: bool) -> str:
    return "yes" if said else "no"
