"""An entry as a judge reads it: what the round's blindness leaves, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db
from gtn_events.core.uploads import Upload
from gtn_events.questionnaire.domain.presenting import present
from gtn_events.questionnaire.domain.questions import QuestionSpec, specs_of
from gtn_events.questionnaire.enums import QuestionKind
from gtn_events.questionnaire.queries.answers import read_answers
from gtn_events.questionnaire.queries.versions import all_steps

from ..models import CompetitionCategory, Entry, EntryCategory, EntryMember, Round


@dataclass(frozen=True)
class ShownAnswer:
    """One question and its answer; ``is_link`` tells an address from words."""

    label: str
    text: str
    is_link: bool


@dataclass(frozen=True)
class ShownStep:
    """The answers of one step of the entry form."""

    title: str
    answers: list[ShownAnswer]


@dataclass(frozen=True)
class ShownFile:
    """A file of the entry; ``key`` is that of its question."""

    key: str
    label: str
    name: str
    size: int
    content_type: str


@dataclass(frozen=True)
class ShownMember:
    """Somebody of the team."""

    name: str
    role: str
    organisation: str
    economy: str


@dataclass(frozen=True)
class ShownEntry:
    """Everything a judge may read of an entry; what is blind is empty."""

    reference: str
    title: str
    summary: str
    organisation: str
    economy: str
    website: str
    video_url: str
    categories: list[str]
    steps: list[ShownStep]
    files: list[ShownFile]
    members: list[ShownMember]


def entry_title(entry: Entry, round_: Round) -> str:
    """Return by which name judges of a round call an entry: its title, or its number."""
    return entry.reference if "title" in round_.blind else entry.title


def entry_of_whom(entry: Entry, round_: Round) -> list[str]:
    """Return organisation and economy as far as judges of a round may know them."""
    known = [("organisation", entry.organisation_name), ("economy", entry.economy.short_name)]
    return [words for field, words in known if field not in round_.blind and words]


def shown_entry(entry: Entry, round_: Round) -> ShownEntry:
    """Read an entry as judges of a round see it; the caller has decided that this judge may."""
    blind = frozenset(round_.blind)
    specs = [each for each in specs_of(entry.answer_set.version) if _is_shown(each, blind)]
    given = read_answers(entry.answer_set, with_sensitive=False)
    return ShownEntry(
        reference=entry.reference,
        title=entry_title(entry, round_),
        summary=entry.summary,
        organisation="" if "organisation" in blind else entry.organisation_name,
        economy="" if "economy" in blind else entry.economy.short_name,
        website="" if "organisation" in blind else entry.website,
        video_url="" if "video" in blind else entry.video_url,
        categories=_categories(entry),
        steps=_steps(entry, specs, given),
        files=_files(specs, given, blind, reference=entry.reference),
        members=[] if "team" in blind else _members(entry, blind),
    )


def file_of(entry: Entry, round_: Round, key: str) -> tuple[Upload, str] | None:
    """Return a file that judges of a round may read, and the name under which they get it."""
    blind = frozenset(round_.blind)
    specs = [each for each in specs_of(entry.answer_set.version) if each.key == key and _is_shown(each, blind)]
    files = _files(specs, read_answers(entry.answer_set, with_sensitive=False), blind, reference=entry.reference)
    if not files:
        return None
    upload = db.session.get(Upload, read_answers(entry.answer_set, with_sensitive=False)[key])
    return (upload, files[0].name) if upload is not None else None


def _is_shown(spec: QuestionSpec, blind: frozenset[str]) -> bool:
    return not spec.sensitive and f"question:{spec.key}" not in blind


def _steps(entry: Entry, specs: list[QuestionSpec], given: Mapping[str, Any]) -> list[ShownStep]:
    titles = {step.key: step.title for step in all_steps(entry.answer_set.version)}
    steps: dict[str, ShownStep] = {}
    for spec in specs:
        text = "" if spec.kind is QuestionKind.FILE else present(spec, given.get(spec.key))
        if text:
            step = steps.setdefault(spec.step, ShownStep(titles.get(spec.step, ""), []))
            step.answers.append(ShownAnswer(spec.label, text, spec.kind is QuestionKind.URL))
    return list(steps.values())


def _files(
    specs: list[QuestionSpec], given: Mapping[str, Any], blind: frozenset[str], *, reference: str
) -> list[ShownFile]:
    wanted = {spec.key: given[spec.key] for spec in specs if spec.kind is QuestionKind.FILE and given.get(spec.key)}
    statement = select(Upload).where(Upload.id.in_(wanted.values()), Upload.deleted_at.is_(None))
    uploads = {upload.id: upload for upload in db.session.scalars(statement)} if wanted else {}
    return [
        ShownFile(spec.key, spec.label, _name(upload, spec, blind, reference), upload.size, upload.content_type)
        for spec in specs
        if (upload := uploads.get(wanted.get(spec.key, 0))) is not None
    ]


def _name(upload: Upload, spec: QuestionSpec, blind: frozenset[str], reference: str) -> str:
    """Return the file's own name, or one that tells nothing about whose it is."""
    if not blind & {"title", "organisation", "team"}:
        return upload.name
    ending = upload.name.rpartition(".")[2]
    return f"{reference}-{spec.key}.{ending}"


def _categories(entry: Entry) -> list[str]:
    statement = (
        select(CompetitionCategory.label)
        .join(EntryCategory, EntryCategory.category_id == CompetitionCategory.id)
        .where(EntryCategory.entry_id == entry.id)
        .order_by(CompetitionCategory.position)
    )
    return list(db.session.scalars(statement))


def _members(entry: Entry, blind: frozenset[str]) -> list[ShownMember]:
    statement = (
        select(EntryMember)
        .where(EntryMember.entry_id == entry.id)
        .options(joinedload(EntryMember.economy))
        .order_by(EntryMember.position)
    )
    return [
        ShownMember(
            each.name,
            each.role,
            "" if "organisation" in blind else each.organisation_name,
            each.economy.short_name if each.economy and "economy" not in blind else "",
        )
        for each in db.session.scalars(statement)
    ]
