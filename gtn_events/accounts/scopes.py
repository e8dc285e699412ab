"""What a role is held for, as people call it; packages above register how their things are called."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from gtn_events.core.economies import economies_in_order
from gtn_events.core.permissions import Scope


@dataclass(frozen=True)
class NamedScope:
    """The name of a thing, and the page that shows it (empty where there is none) with the values of its address."""

    name: str
    endpoint: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The address of its page, for a page; a mail or a job, which needs the name alone, has no request."""
        return url_for(self.endpoint, **self.values) if self.endpoint else ""


ScopeNamer = Callable[[Collection[int]], Mapping[int, NamedScope]]


def register_scope_names(kind: str, namer: ScopeNamer) -> None:
    """Say how things of a kind are called: a function from ids to names."""
    _namers[kind] = namer


def named_scopes(scopes: Iterable[Scope]) -> dict[Scope, NamedScope]:
    """Return every scope with its name, one question to the database for each kind."""
    ids: dict[str, set[int]] = {}
    for scope in scopes:
        ids.setdefault(scope.kind, set()).add(scope.id)
    return {
        Scope(kind, scope_id): name
        for kind, wanted in ids.items()
        for scope_id, name in _names_in(kind, wanted).items()
    }


def _names_in(kind: str, ids: set[int]) -> dict[int, NamedScope]:
    numbered = {each: NamedScope(_("One %(kind)s, number %(number)d", kind=kind, number=each)) for each in ids}
    return {**numbered, **(_namers[kind](ids) if kind in _namers else {})}


def _site(ids: Collection[int]) -> dict[int, NamedScope]:
    return dict.fromkeys(ids, NamedScope(_("The whole site")))


def _economies(ranks: Collection[int]) -> dict[int, NamedScope]:
    return {each.rank: NamedScope(each.short_name) for each in economies_in_order() if each.rank in ranks}


_namers: dict[str, ScopeNamer] = {"site": _site, "economy": _economies}
