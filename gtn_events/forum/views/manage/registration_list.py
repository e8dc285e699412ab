"""The list of registrations: filter, search, sort, choose."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from gtn_events.core import clock
from gtn_events.core.listing import Listing
from gtn_events.core.pages import Page, paginate
from gtn_events.core.permissions import Permission, requires

from ...enums import Approval, ApprovalStage, RegistrationState
from ...models import Forum, Registration
from ...queries.registrations import (
    COLUMNS,
    USUAL_COLUMNS,
    ListNames,
    ListRow,
    counts_by_state,
    has_registrations,
    list_names,
    read_listing,
    rows_of,
    total_of,
)
from .blueprint import blueprint


@blueprint.get("/registrations")
@requires(Permission.FORUM_REGISTRATIONS_SEE)
def registration_list(forum: Forum) -> ResponseReturnValue:
    """Show one page of the list as the address asks for it."""
    names = list_names(forum)
    listing = read_listing(request.path, request.args, names)
    counts = counts_by_state(forum, listing)
    total = total_of(listing, counts)
    page = paginate(rows_of(forum, listing, total=total), listing, tie=Registration.id, total=total)
    return render_template(
        "forum/manage/registrations.html",
        forum=forum,
        listing=listing,
        names=names,
        page=page,
        rows=_rows(page),
        counts=counts,
        total=sum(counts.values()),
        columns=listing.chosen("column") or _usual_columns(forum),
        all_columns=COLUMNS,
        ever=bool(counts) or has_registrations(forum),
        now=clock.now(),
    )


def _usual_columns(forum: Forum) -> tuple[str, ...]:
    """Return what is shown unless somebody chooses: where economies are asked, whom a person waits for, too."""
    asks = any(category.approval is Approval.ECONOMY for category in forum.categories)
    return (*USUAL_COLUMNS, "stage") if asks else USUAL_COLUMNS


def _rows(page: Page[tuple[object, ...]]) -> list[ListRow]:
    return [ListRow(*item) for item in page.items]  # type: ignore[arg-type]  # the columns of ROW_COLUMNS, in order


def words_of_listing(listing: Listing, names: ListNames) -> list[str]:
    """Return what narrows the list, as a person would say it."""
    words = [f"“{listing.search}”"] if listing.search else []
    words += [RegistrationState(state).label for state in listing.chosen("state")]
    words += [names.categories[int(each)] for each in listing.chosen("category")]
    words += [ApprovalStage(stage).label for stage in listing.chosen("stage")]
    words += [label for code, label in names.represented if code in listing.chosen("economy")]
    return words
