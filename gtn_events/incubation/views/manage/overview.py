"""The organiser's first page: where the call stands, what hosts give, what to do next."""

from flask import render_template
from flask.typing import ResponseReturnValue

from gtn_events.core import clock
from gtn_events.core.permissions import Permission, requires

from ...domain.call_state import what_is_missing
from ...domain.call_window import timeline_of, window_of
from ...domain.placement_rows import ids_that_go
from ...enums import CallState
from ...models import Call
from ...queries.calls import Places, counts_by_state, drafts_under_way, places_by_call, rankings_sent
from ...queries.placement_list import LATE
from .blueprint import blueprint


@blueprint.get("/")
@requires(Permission.CALL_SEE)
def overview(call: Call) -> ResponseReturnValue:
    """Show the figures of the call and the next step."""
    now = clock.now()
    return render_template(
        "incubation/manage/overview.html",
        call=call,
        now=now,
        window=window_of(call, now=now),
        timeline=timeline_of(call, now=now),
        counts=counts_by_state(call),
        drafts=drafts_under_way(call),
        places=places_by_call().get(call.id, Places()),
        rankings=rankings_sent(call),
        late=len(ids_that_go(call, [LATE], now=now)),
        missing=what_is_missing(call) if call.state is CallState.DRAFT else [],
    )
