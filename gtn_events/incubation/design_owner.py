"""A call as the owner of the design of its certificates."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _

from gtn_events.certificates.domain import IssueRequest
from gtn_events.certificates.enums import CertificateKind
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission
from gtn_events.core.venue_time import day_at_venue
from gtn_events.designs.owners import DesignOwner

from .domain.placement_certificate import certificate_request
from .enums import PlacementState
from .models import Application, Call, Placement
from .queries.placements import with_ends

DESIGNERS = {CertificateKind.PLACEMENT.value: Permission.CALL_PLACEMENTS_MANAGE}


def call_with_designs(call_id: int) -> DesignOwner | None:
    """Return a call as the pages of designs show it, below its placements."""
    call = db.session.get(Call, call_id)
    if call is None:
        return None
    return DesignOwner(
        scope=call.scope,
        title=call.title,
        time_zone=call.time_zone,
        back=(_("Placements"), url_for("incubation_manage.placements", call=call)),
        due=lambda _kind: _due(call),
        frame=lambda: {"call": call, "section": "call-manage", "tab": "placements"},
    )


def _due(call: Call) -> Iterator[IssueRequest]:
    issued_on = day_at_venue(clock.now(), call.time_zone)
    statement = with_ends().where(
        Application.call_id == call.id, Placement.state.in_([PlacementState.RUNNING, PlacementState.COMPLETED])
    )
    for placement in db.session.scalars(statement.order_by(Placement.id)):
        yield certificate_request(placement, issued_on=issued_on)
