"""The list of entries: filter, search, sort, choose."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from gtn_events.core import clock
from gtn_events.core.listing import Listing
from gtn_events.core.pages import paginate
from gtn_events.core.permissions import Permission, requires
from gtn_events.eligibility.domain.exceptions import unmet

from ...domain.entry_findings import findings_of_many
from ...enums import Endorsement, EntryState
from ...models import Competition, Entry
from ...queries.entries import (
    ListNames,
    ListRow,
    categories_of,
    counts_of,
    has_entries,
    list_names,
    overrides_of,
    read_listing,
    rows_of,
    total_of,
)
from .blueprint import blueprint


@blueprint.get("/entries")
@requires(Permission.COMPETITION_ENTRIES_SEE)
def entry_list(competition: Competition) -> ResponseReturnValue:
    """Show one page of the list as the address asks for it."""
    names = list_names(competition)
    listing = read_listing(request.path, request.args, names)
    counts = counts_of(competition, listing)
    page = paginate(rows_of(competition, listing), listing, tie=Entry.id, total=total_of(listing, counts))
    rows = [ListRow(*item) for item in page.items]
    ids = [row.id for row in rows]
    findings, overrides = findings_of_many(competition, rows), overrides_of(ids)
    return render_template(
        "competition/manage/entries.html",
        competition=competition,
        listing=listing,
        names=names,
        page=page,
        rows=rows,
        row_categories=categories_of(ids),
        broken={each: unmet(findings[each], overrides[each]) for each in ids},
        counts=counts,
        total=sum(counts.values()),
        ever=bool(counts) or has_entries(competition),
        endorsements={each.value: each.label for each in Endorsement} if competition.entry_path.asks_economies else {},
        now=clock.now(),
    )


def words_of_listing(listing: Listing, names: ListNames) -> list[str]:
    """Return what narrows the list, as a person would say it."""
    words = [f"“{listing.search}”"] if listing.search else []
    words += [EntryState(state).label for state in listing.chosen("state")]
    words += [Endorsement(each).label for each in listing.chosen("endorsement")]
    words += [names.categories[int(each)] for each in listing.chosen("category")]
    words += [names.economies[code] for code in listing.chosen("economy")]
    return words
