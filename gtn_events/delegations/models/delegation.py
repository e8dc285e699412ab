"""The people whom one economy sends to one forum; no row of its own."""

from dataclasses import dataclass
from typing import Any

from gtn_events.core.economies import Economy
from gtn_events.core.permissions import Scope
from gtn_events.forum.models import Forum


@dataclass(frozen=True)
class Delegation:
    """One economy at one forum; in an address it reads as the economy's code."""

    forum: Forum
    economy: Economy

    @property
    def scope(self) -> Scope:
        """Roles are held for the economy."""
        return self.economy.scope

    @property
    def code(self) -> str:
        """The economy's code, by which every query is narrowed."""
        return self.economy.code

    @property
    def address(self) -> dict[str, Any]:  # Any: as url_for wants its values
        """What the addresses of its pages are filled with."""
        return {"forum": self.forum.slug, "economy": self.code}

    def __str__(self) -> str:
        return self.code
