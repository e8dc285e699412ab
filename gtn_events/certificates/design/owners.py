"""Whose certificates are designed: forums, competitions and calls, as the packages above describe them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gtn_events.core.permissions import Permission, Scope

from ..enums import CertificateKind

if TYPE_CHECKING:
    from ..domain import IssueRequest


@dataclass(frozen=True, kw_only=True)
class DesignOwner:
    """A forum, competition or call, as the pages of designs show it; in an address it reads as ``forum-12``.

    ``kinds`` are the certificates it issues, ``back`` the name and address of the page that they are issued on.
    ``due`` returns who is due a certificate of a kind. ``frame`` returns what the page's layout needs (tab row).
    """

    scope: Scope
    title: str
    time_zone: str
    kinds: tuple[CertificateKind, ...]
    back: tuple[str, str]
    due: "Callable[[CertificateKind], Iterable[IssueRequest]]"
    frame: Callable[[], Mapping[str, Any]] = dict  # Any: whatever a layout reads

    def __str__(self) -> str:
        return f"{self.scope.kind}-{self.scope.id}"


OwnerLoader = Callable[[int], DesignOwner | None]
_owners: dict[str, tuple[OwnerLoader, Permission]] = {}


def register_design_owner(scope_kind: str, loader: OwnerLoader, *, permission: Permission) -> None:
    """Say how an owner is found by its id, and what somebody has to hold on it to issue, and so to design."""
    _owners[scope_kind] = loader, permission


def load_design_owner(scope: Scope) -> DesignOwner | None:
    """Return the owner with that scope, None where there is none."""
    found = _owners.get(scope.kind)
    return found[0](scope.id) if found else None


def design_permission(scope_kind: str) -> Permission | None:
    """Return what somebody has to hold to design certificates of owners of a kind, None for a kind without any."""
    found = _owners.get(scope_kind)
    return found[1] if found else None


def owner_kinds() -> tuple[str, ...]:
    """Return the kinds of owners there are."""
    return tuple(_owners)
