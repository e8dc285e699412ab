"""The desk: the economy's places, and its people in protocol order."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from gtn_events.core import clock
from gtn_events.core.pages import paginate
from gtn_events.core.permissions import Permission, requires
from gtn_events.forum.models import Registration
from gtn_events.forum.queries.standings import next_return, standings

from ..models import Delegation
from ..queries.people import Person, confirmed_by_gender, counts_by_state, read_listing, rows_of
from ..queries.substitutes import notes_of
from .blueprint import blueprint


@blueprint.get("")
@requires(Permission.DELEGATION_MANAGE)
def desk(delegation: Delegation) -> ResponseReturnValue:
    """Show the places, and one page of the list as the address asks for it."""
    places = standings(delegation.forum, delegation.code)
    categories = {each.category.id: each.category.label for each in places}
    listing = read_listing(request.path, request.args, categories)
    counts = counts_by_state(delegation, listing)
    chosen = listing.chosen("state")
    page = paginate(
        rows_of(delegation, listing),
        listing,
        tie=Registration.id,
        total=sum(count for state, count in counts.items() if not chosen or state in chosen),
    )
    people = [Person(*item) for item in page.items]
    return render_template(
        "delegations/desk.html",
        places=places,
        returns_at=next_return(places),
        categories=categories,
        listing=listing,
        counts=counts,
        total=sum(counts.values()),
        page=page,
        people=people,
        notes=notes_of(delegation, [each.id for each in people]),
        genders=confirmed_by_gender(delegation),
        now=clock.now(),
    )
