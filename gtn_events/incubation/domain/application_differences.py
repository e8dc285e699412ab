"""What changed from one version of an application to the next, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from gtn_events.accounts.domain.names import NAME_LANGUAGES
from gtn_events.core.economies import economies_in_order
from gtn_events.questionnaire.domain.presenting import present
from gtn_events.questionnaire.domain.questions import QuestionSpec, specs_of

from ..application_words import need_in_words, trait_in_words
from ..models import Application, ApplicationVersion
from ..queries.intakes import host_names
from .host_fit import sector_labels


@dataclass(frozen=True)
class Change:
    """One thing that differs: its name, and how it read before and after; empty when it was not there."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Words:
    """The names behind codes: economies, sectors of the call, hosts by their slug."""

    economies: Mapping[str, str]
    sectors: Mapping[str, str]
    hosts: Mapping[str, str]


def differences_between(
    before: ApplicationVersion, after: ApplicationVersion, *, specs: Sequence[QuestionSpec], words: Words
) -> list[Change]:
    """Return what differs between two versions, the application's own fields first, then the questions."""
    old, new = before.content, after.content
    pairs = [
        (label, _told(name, old.get(name), words), _told(name, new.get(name), words))
        for name, label in _labels().items()
    ]
    old_answers, new_answers = old.get("answers", {}), new.get("answers", {})
    pairs += [
        (spec.label, _answer(spec, old_answers.get(spec.key)), _answer(spec, new_answers.get(spec.key)))
        for spec in specs
    ]
    return [Change(*pair) for pair in pairs if pair[1] != pair[2]]


def differences_of(application: Application) -> list[tuple[ApplicationVersion, list[Change]]]:
    """Return the versions of an application, the newest first, each with what it changed of the one before."""
    specs = [spec for spec in specs_of(application.answer_set.version) if not spec.sensitive]
    words = Words(
        economies={each.code: each.short_name for each in economies_in_order()},
        sectors=sector_labels(application.call),
        hosts=host_names(application.call),
    )
    pairs = zip([None, *application.versions], application.versions, strict=False)
    return [
        (after, differences_between(before, after, specs=specs, words=words) if before else [])
        for before, after in reversed(list(pairs))
    ]


def _labels() -> dict[str, str]:
    return {
        "title": _("Title of the project"),
        "summary": _("In one line"),
        "sector": _("Sector"),
        "plan": _("Plan"),
        "results_expected": _("Results you expect"),
        "trl": _("Technology readiness"),
        "trl_reason": _("Why this level"),
        "organisation_name": _("Name of the firm"),
        "organisation_size": _("Employees"),
        "founded_in": _("Founded in"),
        "economy_code": _("Economy"),
        "website": _("Website"),
        "traits": _("What is true of your firm"),
        "needs": _("What you need"),
        "preferred_from": _("Earliest day you could begin"),
        "weeks": _("Weeks altogether"),
        "split_stays": _("In several stays"),
        "languages": _("Languages you work in"),
        "people": _("Who goes"),
        "home_name": _("Incubator at home"),
        "home_email": _("Its e-mail address"),
        "seen_by_others": _("Seen by hosts that you did not name"),
        "links": _("Hosts you work with already"),
        "kept_from": _("Hosts that must see nothing of it"),
        "wishes": _("Hosts in your order"),
    }


def _told(name: str, value: Any, words: Words) -> str:  # Any: JSON
    match name, value:
        case _name, None:
            text = ""
        case _name, bool():
            text = _("Yes") if value else _("No")
        case "people", list():
            text = "; ".join(f"{each['name']}, {each['role']}".rstrip(", ") for each in value)
        case "wishes", list():
            text = "; ".join(f"{number}. {words.hosts.get(slug, slug)}" for number, slug in enumerate(value, start=1))
        case _name, list():
            text = "; ".join(_one(name, str(each), words) for each in value)
        case _other:
            text = _one(name, str(value), words)
    return text


def _one(name: str, code: str, words: Words) -> str:
    looked_up: Mapping[str, Mapping[str, str]] = {
        "economy_code": words.economies,
        "sector": words.sectors,
        "links": words.hosts,
        "kept_from": words.hosts,
        "languages": NAME_LANGUAGES,
    }
    if name in ("needs", "traits"):
        return need_in_words(code) if name == "needs" else trait_in_words(code)
    return looked_up.get(name, {}).get(code, code)


def _answer(spec: QuestionSpec, value: Any) -> str:  # Any: an answer as JSON, or a file as a version keeps it
    if isinstance(value, dict):
        return f"{value.get('file', '')} ({value.get('sha256', '')[:8]})"
    return present(spec, value)
