"""Whose documents are designed: forums, competitions and calls, as the packages above describe them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gtn_events.core.permissions import Permission, Scope


@dataclass(frozen=True, kw_only=True)
class DesignOwner:
    """A forum, competition or call, as the pages of designs show it; in an address it reads as ``forum-12``.

    ``back`` is the name and address of the page that its documents are made on. ``due`` returns who is due a document
    of a kind, for kinds of packages below the owner's. ``frame`` returns what the page's layout needs (tab row).
    """

    scope: Scope
    title: str
    time_zone: str
    back: tuple[str, str]
    due: Callable[[str], Iterable[Any]]  # Any: what a kind takes
    frame: Callable[[], Mapping[str, Any]] = dict  # Any: whatever a layout reads

    def __str__(self) -> str:
        return f"{self.scope.kind}-{self.scope.id}"


OwnerLoader = Callable[[int], DesignOwner | None]
_owners: dict[str, tuple[OwnerLoader, Mapping[str, Permission]]] = {}


def register_design_owner(scope_kind: str, loader: OwnerLoader, *, permissions: Mapping[str, Permission]) -> None:
    """Say how an owner is found by its id, which kinds of documents it has, and who may design each.

    Args:
        permissions: by the key of a kind, what somebody has to hold on the owner to make, and so to design, such a
            document; the pages show the kinds in this order.
    """
    _owners[scope_kind] = loader, permissions


def load_design_owner(scope: Scope) -> DesignOwner | None:
    """Return the owner with that scope, None where there is none."""
    found = _owners.get(scope.kind)
    return found[0](scope.id) if found else None


def design_permissions(scope_kind: str) -> Mapping[str, Permission]:
    """Return what somebody has to hold to design a document, by the key of each kind that such owners have."""
    found = _owners.get(scope_kind)
    return found[1] if found else {}


def owner_kinds() -> tuple[str, ...]:
    """Return the kinds of owners there are."""
    return tuple(_owners)
