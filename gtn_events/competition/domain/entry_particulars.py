"""A whole entry as its form gives it, checked field by field already."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from gtn_events.questionnaire.models import QuestionnaireVersion

from ..models import CompetitionCategory, DeclarationText, Entry, EntryCategory, EntryMember


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody of the team, or a partner; ``economy_code`` is None when it was not said."""

    name: str
    role: str
    gender: str
    economy_code: str | None
    organisation_name: str

    def as_json(self) -> dict[str, Any]:
        """Return what stands in an entry version."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Submission:
    """Everything that is sent at one moment."""

    title: str
    summary: str
    organisation_name: str
    organisation_size: str
    founded_in: int | None
    economy_code: str
    website: str
    video_url: str
    languages: Sequence[str]
    categories: Sequence[CompetitionCategory]
    members: Sequence[Person]
    version: QuestionnaireVersion
    answers: Mapping[str, Any]
    declaration_text: DeclarationText | None
    declared_by: str


OWN_COLUMNS = (
    "title",
    "summary",
    "organisation_name",
    "organisation_size",
    "founded_in",
    "economy_code",
    "website",
    "video_url",
)


def write_particulars(entry: Entry, submission: Submission) -> None:
    """Put what was sent into the entry's own columns, its categories and its team."""
    for name in OWN_COLUMNS:
        setattr(entry, name, getattr(submission, name))
    entry.languages = list(submission.languages)
    wanted = {category.id: category for category in submission.categories}
    entry.entry_categories = [each for each in entry.entry_categories if each.category_id in wanted]
    there = {each.category_id for each in entry.entry_categories}
    entry.entry_categories.extend(EntryCategory(category=wanted[each]) for each in wanted if each not in there)
    entry.members = [
        EntryMember(position=position, **member.as_json()) for position, member in enumerate(submission.members, 1)
    ]
