"""Where a placement stands, and what is next."""

from flask.typing import ResponseReturnValue

from gtn_events.core.db import db
from gtn_events.core.journal import entries_about, shown_entries
from gtn_events.core.permissions import Permission, requires

from ...domain.agreements import current_version
from ...domain.placement_certificate import certificate_of
from ...domain.placement_tasks import SIDES, light_of, mid_term_missing, mid_term_on, planned_end, planned_start
from ...domain.placements import completion_gaps
from ...domain.service_hours import sums_of
from ...enums import PlacementState, ReportKind
from ...forms.placement import DayForm
from ...models import Call
from ...queries.placements import services_of
from .blueprint import blueprint
from .desk import STAFF, desk_for, page

JOURNAL_SHOWN = 30


@blueprint.get("/")
@requires(Permission.SIGNED_IN)
def overview(call: Call, placement_id: int) -> ResponseReturnValue:
    """Show what is next, the dates, the stays, and who is who."""
    desk = desk_for(call, placement_id)
    placement = desk.placement
    history = entries_about(placement, limit=JOURNAL_SHOWN)
    runs = placement.state is PlacementState.RUNNING
    return page(
        desk,
        "overview",
        tasks=desk.tasks(),
        version=current_version(placement),
        light=light_of(placement, today=desk.today),
        first=planned_start(placement),
        middle=mid_term_on(placement),
        middle_sent=all((ReportKind.MID_TERM, role) in desk.sent for role in SIDES),
        middle_missing=mid_term_missing(placement, desk.sent, today=desk.today),
        last=planned_end(placement),
        sums=sums_of(services_of(placement)),
        certificate=certificate_of(placement),
        gaps=completion_gaps(placement) if runs and desk.is_one_of(STAFF) else [],
        day_form=DayForm(data={"on": desk.today}),
        history=shown_entries(list(db.session.scalars(history))),
    )
