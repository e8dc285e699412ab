"""The offers of a call: how they stand, the places host by host, who waits, the export."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import begin_long_read, db
from gtn_events.core.exports import csv_response
from gtn_events.core.journal import record
from gtn_events.core.pages import paginate
from gtn_events.core.permissions import Permission, requires

from ...domain.match_runs import match_gaps
from ...enums import OfferState
from ...models import Call, Offer
from ...queries.match import published_run, running_match, runs_of
from ...queries.offer_list import (
    HEADERS,
    applications_without_place,
    counts_of_offers,
    offer_rows,
    offers_listed,
    offers_to_remind,
    read_offer_listing,
)
from ...queries.offers import counts_by_state
from ...queries.places import places_of
from ...queries.waiting import waiting_lists
from .blueprint import blueprint


@blueprint.get("/offers")
@requires(Permission.CALL_MATCH)
def offers(call: Call) -> ResponseReturnValue:
    """Show one page of the offers, the places of each host and its waiting list."""
    listing = read_offer_listing(request.path, request.args)
    counts = counts_of_offers(call, listing)
    chosen = [OfferState(each) for each in listing.chosen("state")]
    total = sum(count for state, count in counts.items() if not chosen or state in chosen)
    places = places_of(call)
    waiting = waiting_lists([each.intake.id for each in places])
    run = published_run(call)
    newest = next(iter(runs_of(call)), None)
    return render_template(
        "incubation/manage/offers.html",
        call=call,
        run=run,
        listing=listing,
        counts=counts,
        all_counts=counts_by_state(call.id),
        page=paginate(offers_listed(call, listing), listing, tie=Offer.id, total=total),
        places=places,
        free=sum(each.free for each in places),
        waiting=waiting,
        waits=len({one.application.id for those in waiting.values() for one in those}),
        wanted=[each for each in places if each.free and waiting[each.intake.id]],
        may_give=bool(applications_without_place(call)),
        to_remind=len(offers_to_remind(call)),
        may_match=run is not None and not match_gaps(call, now=clock.now()),
        preview=newest if newest is not run else None,
        job=running_match(call),
        now=clock.now(),
    )


@blueprint.post("/offers/export")
@requires(Permission.CALL_MATCH)
def offers_export(call: Call) -> ResponseReturnValue:
    """Send all offers as a CSV file; each export is written to the journal."""
    changes = {"rows": (None, sum(counts_by_state(call.id).values()))}
    record("offers exported", call, actor=current_account(), now=clock.now(), scope=call.scope, changes=changes)
    db.session.commit()
    begin_long_read()
    return csv_response(f"{call.slug}-offers.csv", HEADERS, offer_rows(call))
