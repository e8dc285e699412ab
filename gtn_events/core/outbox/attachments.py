"""Attachments are kept as a reference and made when the mail leaves, so that they show the latest state."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from ..errors import DomainError


@dataclass(frozen=True)
class Attachment:
    """One finished attachment."""

    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True)
class AttachmentRef:
    """What to attach: a registered kind, and JSON-ready parameters for its provider."""

    kind: str
    params: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the form in which the outbox row keeps it."""
        return asdict(self)


class AttachmentFailed(DomainError):
    """An attachment could not be made; the mail stays and is tried again."""


Provider = Callable[[dict[str, Any]], Attachment]
_providers: dict[str, Provider] = {}


def register_attachment(kind: str, provider: Provider) -> None:
    """Say who makes attachments of a kind; the provider only reads from the database."""
    _providers[kind] = provider


def make_attachments(references: Iterable[dict[str, Any]]) -> list[Attachment]:
    """Return the finished attachments of a mail.

    Raises:
        AttachmentFailed: no provider is registered for a kind.
    """
    made = []
    for reference in references:
        provider = _providers.get(reference["kind"])
        if provider is None:
            raise AttachmentFailed(f"Nothing makes attachments of the kind {reference['kind']}.")
        made.append(provider(reference["params"]))
    return made
