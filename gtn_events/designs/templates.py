"""The template folders of documents, as their ``template.toml`` describes them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gtn_events.core.templating import template_folder

from .enums import Orientation
from .kinds import designed_kind

_Words = dict[str, dict[str, dict[str, str]]]


@dataclass(frozen=True, kw_only=True)
class TemplateText:
    """A text that an organiser may put in other words; ``lines`` is how high its field in the editor is."""

    key: str
    label: str
    hint: str
    longest: int
    lines: int


@dataclass(frozen=True, kw_only=True)
class TemplateRoom:
    """CSS pixels that a sheet has: for the width of a name or a prize, of a sentence, and the height of all of it."""

    name: int
    text: int
    height: int


@dataclass(frozen=True, kw_only=True)
class DesignTemplate:
    """A folder with ``page.html``, ``style.css`` and ``template.toml``.

    ``words`` are texts by language, kind and key, those of every template and its own; those of a kind that has none
    stand under ``any``. ``rooms`` are for templates whose text has to fit one sheet.
    """

    name: str
    label: str
    description: str
    kinds: tuple[str, ...]
    orientations: tuple[Orientation, ...]
    texts: tuple[TemplateText, ...]
    logos: int
    signatures: int
    rooms: dict[Orientation, TemplateRoom]
    words: _Words

    def own_words(self, key: str, kind: str, language: str) -> str:
        """Return the template's own text, in English where it has none in that language."""
        for tag in (language, "en"):
            for group in (kind, "any"):
                if key in (found := self.words.get(tag, {}).get(group, {})):
                    return found[key]
        return ""

    @property
    def languages(self) -> tuple[str, ...]:
        """The tags of the languages it has words in."""
        return tuple(self.words)


@cache
def templates(family: str) -> dict[str, DesignTemplate]:
    """Return every template of a family, a folder below ``templates/pdf``, by its name."""
    folder = template_folder() / "pdf" / family
    words = tomllib.loads((folder / "words.toml").read_text("utf-8"))
    return {path.parent.name: _read(path, words) for path in sorted(folder.glob("*/template.toml"))}


def templates_for(kind: str) -> list[DesignTemplate]:
    """Return the templates that take a kind, the standard one first."""
    designed = designed_kind(kind)
    found = [each for each in templates(designed.family).values() if kind in each.kinds]
    return sorted(found, key=lambda each: each.name != designed.standard)


def _read(path: Path, words: _Words) -> DesignTemplate:
    said: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))  # Any: as the file says it
    return DesignTemplate(
        name=path.parent.name,
        label=said["label"],
        description=said["description"],
        kinds=tuple(said["kinds"]),
        orientations=tuple(Orientation(each) for each in said["orientations"]),
        texts=tuple(TemplateText(**each) for each in said["texts"]),
        logos=said["logos"],
        signatures=said["signatures"],
        rooms={Orientation(side): TemplateRoom(**room) for side, room in said.get("rooms", {}).items()},
        words=_together(words, said.get("words", {})),
    )


def _together(shared: _Words, own: _Words) -> _Words:
    return {
        language: {
            group: shared.get(language, {}).get(group, {}) | own.get(language, {}).get(group, {})
            for group in {**shared.get(language, {}), **own.get(language, {})}
        }
        for language in {**shared, **own}
    }
