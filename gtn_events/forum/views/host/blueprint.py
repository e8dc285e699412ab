"""The blueprint of the hosts of a side event, which stands before the forum: their role is for it alone."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort

from gtn_events.core.db import db
from gtn_events.core.permissions import Scope

from ...models import Forum, SideEvent
from ...queries.side_events import side_event_of
from ..loading import load_forum

blueprint = Blueprint("forum_host", __name__, url_prefix="/forums/<forum>/side-events/<side_event>/host")
load_forum(blueprint)


@dataclass(frozen=True)
class HostedEvent:
    """The side event that an address names; in an address it reads as its slug."""

    row: SideEvent

    @property
    def scope(self) -> Scope:
        """What the role of its hosts is given for."""
        return self.row.host_scope

    def __str__(self) -> str:
        return self.row.slug


@blueprint.url_value_preprocessor
def _put_side_event_first(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Replace the slug by its row, before the forum: the guard looks at the first thing that roles are given for."""
    if not values or not isinstance(values.get("forum"), Forum):
        return
    row = db.session.scalar(side_event_of(values["forum"], values.pop("side_event")))
    if row is None:
        abort(404)
    others = dict(values)
    values.clear()
    values.update(side_event=HostedEvent(row), **others)
