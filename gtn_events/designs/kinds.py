"""The kinds of documents that can be designed, as the packages that make them describe them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from flask_babel import gettext as _
from markupsafe import Markup

from gtn_events.core.permissions import Scope

from .owners import DesignOwner
from .values import Design

Subject = Any
"""What one document is about: facts of a certificate, of a letter, the people of a list."""


@dataclass(frozen=True, kw_only=True)
class Example:
    """Somebody, or something, a preview can be made for; ``key`` tells them apart in an address."""

    key: str
    label: str
    name: str
    subject: Subject


class Examples(Protocol):
    """Where the previews of a kind come from; ``designs.people`` has it for documents with one name each."""

    def every(self, owner: DesignOwner) -> list[Example]:
        """Return whom a preview can show; never empty."""

    def one(self, owner: DesignOwner, key: str) -> Example:
        """Return the one of a key, the first for a key that nobody has; reads no more than that needs."""

    def invented(self) -> Example:
        """Return one that is true of nobody: the picture of a template, which is the same for everybody."""


def _event_signs() -> str:
    return _("Without a name here the contact person of the event signs.")


@dataclass(frozen=True, kw_only=True)
class DesignedKind:
    """A kind of document that organisers design.

    ``key`` is what tables and addresses hold, ``family`` the folder below ``templates/pdf`` with its templates, and
    ``standard`` the template used while nobody chose one. ``needed`` are the texts that cannot be empty. ``fields_of``
    says what a text may have in braces, ``field_values`` what stands for each field, of a subject in a language.
    ``draw`` returns the PDF of a preview. ``issued_by_version`` counts documents by the id of their version, None for
    the standard one. ``check`` raises ``DesignRefused`` for what only this kind forbids. ``unsigned`` says who signs
    where nobody is named, ``note`` what else an editor has to know.
    """

    key: str
    label: str
    family: str
    standard: str
    needed: tuple[str, ...]
    fields_of: Callable[[str], tuple[str, ...]]
    field_values: Callable[[Subject, str], Mapping[str, Markup]]
    examples: Examples
    draw: Callable[[Design, Subject], bytes]
    issued_by_version: Callable[[Scope], Mapping[int | None, int]]
    check: Callable[[Design], None] = lambda _design: None
    unsigned: Callable[[], str] = _event_signs
    note: Callable[[], str] = str

    def __str__(self) -> str:
        return self.key


_kinds: dict[str, DesignedKind] = {}


def register_designed_kind(kind: DesignedKind) -> None:
    """Make a kind of document one that can be designed, by those owners that name it."""
    _kinds[kind.key] = kind


def designed_kind(key: str) -> DesignedKind:
    """Return a kind by its key."""
    return _kinds[key]


def designed_kinds() -> tuple[DesignedKind, ...]:
    """Return every kind, in the order in which they were registered."""
    return tuple(_kinds.values())
