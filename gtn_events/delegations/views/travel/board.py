"""People against papers, the ledger, and its files."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from gtn_events.core.economies import economies_in_order
from gtn_events.core.exports import csv_response, xlsx_response
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.text import clean_text, fold
from gtn_events.forum.models import Forum

from ...models import Traveller, TravelSettings
from ...queries.travel import paper_states, travel_settings, travellers_of
from ...travel_enums import PaperKind, PaperState, TravellerState
from ...travel_ledger import HEADERS, ledger, ledger_cells, totals
from .blueprint import blueprint


@blueprint.get("")
@requires(Permission.FORUM_TRAVEL_SEE)
def board(forum: Forum) -> ResponseReturnValue:
    """Show who is funded, and where each paper stands."""
    settings = travel_settings(forum)
    needed = settings.papers if settings else []
    economy, search, shown = (clean_text(request.args.get(name, "")[:80]) for name in ("economy", "q", "show"))
    travellers = travellers_of(forum, economy_code=economy, search=fold(search))
    states = {each.id: paper_states(each, needed) for each in travellers}
    if shown in set(PaperState):
        travellers = [each for each in travellers if _waits(each) and shown in states[each.id].values()]
    return render_template(
        "delegations/travel/board.html",
        forum=forum,
        settings=settings,
        travellers=travellers,
        states=states,
        kinds=[kind for kind in PaperKind if kind.value in needed],
        economies=economies_in_order(),
        chosen={"economy": economy, "q": search, "show": shown},
    )


@blueprint.get("/ledger")
@requires(Permission.FORUM_TRAVEL_SEE)
def ledger_page(forum: Forum) -> ResponseReturnValue:
    """Show planned, paid and the difference, for each person and economy."""
    settings = travel_settings(forum)
    rows = ledger(travellers_of(forum), settings)
    return render_template(
        "delegations/travel/ledger.html", forum=forum, settings=settings, rows=rows, totals=totals(rows)
    )


@blueprint.get("/ledger.csv")
@requires(Permission.FORUM_TRAVEL_SEE)
def ledger_csv(forum: Forum) -> Response:
    """Send the ledger as CSV."""
    travellers, settings = _loaded(forum)
    rows = list(ledger_cells(ledger(travellers, settings), settings))
    return csv_response(f"{forum.slug}-travel.csv", HEADERS, rows)


@blueprint.get("/ledger.xlsx")
@requires(Permission.FORUM_TRAVEL_SEE)
def ledger_xlsx(forum: Forum) -> Response:
    """Send the ledger as a workbook."""
    travellers, settings = _loaded(forum)
    return xlsx_response(f"{forum.slug}-travel.xlsx", HEADERS, ledger_cells(ledger(travellers, settings), settings))


def _loaded(forum: Forum) -> tuple[list[Traveller], TravelSettings | None]:
    return travellers_of(forum), travel_settings(forum)


def _waits(traveller: Traveller) -> bool:
    return traveller.state is TravellerState.FUNDED
