"""The template folders of certificates, as their ``template.toml`` describes them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gtn_events.core.templating import template_folder

from ..enums import CertificateKind, Orientation


@dataclass(frozen=True, kw_only=True)
class TemplateText:
    """A text that an organiser may put in other words; ``lines`` is how high its field in the editor is."""

    key: str
    label: str
    hint: str
    longest: int
    lines: int


@dataclass(frozen=True, kw_only=True)
class CertificateTemplate:
    """A folder with ``page.html``, ``style.css`` and ``template.toml``.

    ``words`` are its own texts by language, kind and key; those of a kind that has none stand under ``any``.
    """

    name: str
    label: str
    description: str
    kinds: tuple[CertificateKind, ...]
    orientations: tuple[Orientation, ...]
    texts: tuple[TemplateText, ...]
    logos: int
    signatures: int
    words: dict[str, dict[str, dict[str, str]]]

    def own_words(self, key: str, kind: CertificateKind, language: str) -> str:
        """Return the template's own text, in English where it has none in that language."""
        for tag in (language, "en"):
            for group in (kind.value, "any"):
                if key in (found := self.words.get(tag, {}).get(group, {})):
                    return found[key]
        return ""

    @property
    def languages(self) -> tuple[str, ...]:
        """The tags of the languages it has words in."""
        return tuple(self.words)


@cache
def templates() -> dict[str, CertificateTemplate]:
    """Return every template by its name."""
    folders = sorted((template_folder() / "pdf" / "certificates").glob("*/template.toml"))
    return {path.parent.name: _read(path) for path in folders}


def templates_for(kind: CertificateKind) -> list[CertificateTemplate]:
    """Return the templates that take a kind, the standard one first."""
    found = [each for each in templates().values() if kind in each.kinds]
    return sorted(found, key=lambda each: each.name != kind.template)


def _read(path: Path) -> CertificateTemplate:
    said: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    return CertificateTemplate(
        name=path.parent.name,
        label=said["label"],
        description=said["description"],
        kinds=tuple(CertificateKind(each) for each in said["kinds"]),
        orientations=tuple(Orientation(each) for each in said["orientations"]),
        texts=tuple(TemplateText(**each) for each in said["texts"]),
        logos=said["logos"],
        signatures=said["signatures"],
        words=said["words"],
    )
