"""The list of placements as a host and an economy see it: their own over all calls, page by page."""

from typing import Any

from flask import render_template, request
from sqlalchemy import ColumnElement, or_

from gtn_events.core import clock
from gtn_events.core.pages import paginate

from ..domain.placement_rows import rows_for
from ..models import Placement
from ..queries.placement_list import counts_of, has_placements, read_own_listing, rows_of, total_of

Sides = dict[str, ColumnElement[bool]]


def own_list(template: str, sides: Sides, **context: Any) -> str:  # Any: what the page needs beyond the list
    """Return one page of a list as the address asks for it.

    Args:
        sides: each condition on application, intake or host under which a placement stands in it, by the name that
            the address uses to show it alone.
    """
    listing = read_own_listing(request.path, request.args, sides=len(sides) > 1)
    chosen = [sides[name] for name in listing.chosen("side")] or sides.values()
    within = or_(*chosen)
    counts = counts_of(within, listing)
    page = paginate(rows_of(within, listing), listing, tie=Placement.id, total=total_of(listing, counts))
    return render_template(
        template,
        listing=listing,
        page=page,
        rows=rows_for(page.items, now=clock.now()),
        counts=counts,
        ever=bool(counts) or has_placements(or_(*sides.values())),
        **context,
    )
