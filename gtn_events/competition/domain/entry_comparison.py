"""Two versions of an entry side by side: which words changed, and whether a file is the same one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gtn_events.core.word_differences import Piece, marked_words
from gtn_events.questionnaire.domain.questions import QuestionSpec
from gtn_events.questionnaire.enums import QuestionKind

from ..models import EntryVersion
from .entry_differences import sides_of


@dataclass(frozen=True)
class TextSides:
    """One thing of an entry in both versions, cut into pieces."""

    label: str
    before: Sequence[Piece]
    after: Sequence[Piece]
    changed: bool


@dataclass(frozen=True)
class StoredFile:
    """A file as a version keeps it."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class FileSides:
    """The file of one question in both versions; the same content is the same SHA-256, whatever its name."""

    label: str
    before: StoredFile | None
    after: StoredFile | None

    @property
    def same_content(self) -> bool:
        """True when both hold a file with the same bytes."""
        return self.before is not None and self.after is not None and self.before.sha256 == self.after.sha256


def text_sides(
    before: EntryVersion,
    after: EntryVersion,
    *,
    specs: Sequence[QuestionSpec],
    economies: Mapping[str, str],
    categories: Mapping[str, str],
) -> list[TextSides]:
    """Return all texts of two versions with what changed marked; what is empty in both is left out.

    Args:
        specs: the questions of both versions, for their labels and order.
        economies: code to name.
        categories: key to label.
    """
    texts = [spec for spec in specs if spec.kind is not QuestionKind.FILE]
    sides = sides_of(before, after, specs=texts, economies=economies, categories=categories)
    return [
        TextSides(each.label, *marked_words(each.before, each.after), changed=each.before != each.after)
        for each in sides
        if each.before or each.after
    ]


def file_sides(before: EntryVersion, after: EntryVersion, *, specs: Sequence[QuestionSpec]) -> list[FileSides]:
    """Return the files of two versions by their questions; a question without a file in both is left out."""
    old, new = before.content.get("answers", {}), after.content.get("answers", {})
    sides = [
        FileSides(spec.label, _file(old.get(spec.key)), _file(new.get(spec.key)))
        for spec in specs
        if spec.kind is QuestionKind.FILE
    ]
    return [each for each in sides if each.before or each.after]


def _file(value: Any) -> StoredFile | None:  # Any: a file as a version keeps it, or nothing
    if not isinstance(value, dict):
        return None
    return StoredFile(str(value.get("file", "")), int(value.get("size") or 0), str(value.get("sha256", "")))
