"""What changed from one version of an entry to the next, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from gtn_events.accounts.domain.names import NAME_LANGUAGES
from gtn_events.eligibility.domain.rules import SIZES
from gtn_events.questionnaire.domain.presenting import present
from gtn_events.questionnaire.domain.questions import QuestionSpec

from ..models import EntryVersion


@dataclass(frozen=True)
class Change:
    """One thing that differs: its name, and how it read before and after; empty when it was not there."""

    label: str
    before: str
    after: str


def differences_between(
    before: EntryVersion,
    after: EntryVersion,
    *,
    specs: Sequence[QuestionSpec],
    economies: Mapping[str, str],
    categories: Mapping[str, str],
) -> list[Change]:
    """Return what differs between two versions; see ``sides_of``."""
    sides = sides_of(before, after, specs=specs, economies=economies, categories=categories)
    return [each for each in sides if each.before != each.after]


def sides_of(
    before: EntryVersion,
    after: EntryVersion,
    *,
    specs: Sequence[QuestionSpec],
    economies: Mapping[str, str],
    categories: Mapping[str, str],
) -> list[Change]:
    """Return both versions side by side, equal or not: the entry's own fields first, then the questions in order.

    Args:
        specs: the questions of the entry form, for their labels.
        economies: code to name.
        categories: key to label.
    """
    old, new = before.content, after.content
    pairs = [
        (label, _told(name, old.get(name), economies, categories), _told(name, new.get(name), economies, categories))
        for name, label in _labels().items()
    ]
    old_answers, new_answers = old.get("answers", {}), new.get("answers", {})
    pairs += [
        (spec.label, _answer(spec, old_answers.get(spec.key)), _answer(spec, new_answers.get(spec.key)))
        for spec in specs
    ]
    return [Change(*pair) for pair in pairs]


def _labels() -> dict[str, str]:
    return {
        "title": _("Title of the entry"),
        "summary": _("In one line"),
        "categories": _("Categories"),
        "organisation": _("Name of the firm"),
        "organisation_size": _("Employees"),
        "founded_in": _("Founded in"),
        "economy": _("Economy"),
        "website": _("Website"),
        "languages": _("Languages of the entry and its files"),
        "video_url": _("Video"),
        "team": _("Team and partners"),
    }


def _told(name: str, value: Any, economies: Mapping[str, str], categories: Mapping[str, str]) -> str:  # Any: JSON
    match name, value:
        case _name, None:
            text = ""
        case "categories", list():
            text = "; ".join(categories.get(key, key) for key in map(str, value))
        case "languages", list():
            text = "; ".join(NAME_LANGUAGES.get(tag, tag) for tag in map(str, value))
        case "team", list():
            text = "; ".join(_person(each, economies) for each in value)
        case "economy", str():
            text = economies.get(value, value)
        case "organisation_size", str():
            text = SIZES.get(value, value)
        case _other:
            text = str(value)
    return text


def _person(stored: Mapping[str, Any], economies: Mapping[str, str]) -> str:
    code = str(stored.get("economy_code") or "")
    parts = [str(stored.get(name) or "") for name in ("name", "role", "organisation_name")]
    return " · ".join(part for part in [*parts, economies.get(code, code)] if part)


def _answer(spec: QuestionSpec, value: Any) -> str:  # Any: an answer as JSON, or a file as a version keeps it
    if isinstance(value, dict):
        return f"{value.get('file', '')} ({value.get('sha256', '')[:8]})"
    return present(spec, value)
