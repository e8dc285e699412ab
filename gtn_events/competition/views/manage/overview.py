"""The organiser's first page: what came in, from where, what waits."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.core import clock
from gtn_events.core.permissions import Permission, may, requires
from gtn_events.core.plots import stacked_bars_svg

from ...domain.competitions import what_is_missing
from ...enums import CompetitionState, RoundState
from ...models import Competition, Round
from ...queries.figures import (
    counts_by_state,
    drafts_under_way,
    entries_by_category,
    entries_by_economy,
    oldest_waiting_at,
    waiting_count,
)
from ...queries.progress import rounds_in_order, short_of_judges
from .blueprint import blueprint


@blueprint.context_processor
def _tab_counts() -> dict[str, Any]:  # Any: what a template takes
    """Give the tab row how many entries wait for a decision."""
    competition = (request.view_args or {}).get("competition")
    if not isinstance(competition, Competition):
        return {}
    return {"tab_counts": {"entries": waiting_count(competition)}}


@blueprint.get("/")
@requires(Permission.COMPETITION_SEE)
def overview(competition: Competition) -> ResponseReturnValue:
    """Show the figures of the call; the plot has a table beside it."""
    economies = entries_by_economy(competition)
    return render_template(
        "competition/manage/overview.html",
        competition=competition,
        now=clock.now(),
        counts=counts_by_state(competition),
        drafts=drafts_under_way(competition),
        oldest_at=oldest_waiting_at(competition),
        missing=what_is_missing(competition) if competition.state is CompetitionState.DRAFT else [],
        economies=economies,
        economies_plot=stacked_bars_svg(
            [(row.code, row.name, (row.admitted, row.waiting)) for row in economies],
            series=(_("Admitted"), _("To decide")),
            title=_(
                "Entries in protocol order of economies: %(admitted)s admitted, %(waiting)s to decide.",
                admitted=sum(row.admitted for row in economies),
                waiting=sum(row.waiting for row in economies),
            ),
        ),
        categories=entries_by_category(competition),
        lacking=_lacking_judges(competition),
    )


def _lacking_judges(competition: Competition) -> list[tuple[Round, int]]:
    """Return the open rounds with how many of their entries lack a judge, for whoever can do something about it."""
    if not may(Permission.COMPETITION_JUDGES_MANAGE, competition):
        return []
    rounds = [each for each in rounds_in_order(competition) if each.state is RoundState.OPEN]
    return [(each, short) for each in rounds if (short := short_of_judges(each))]
