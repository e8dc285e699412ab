"""The journal of the whole site, for administrators."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from ..journal import JournalEntry, shown_entries
from ..pages import Listing, paginate
from ..permissions import Permission, requires

SORTS = {"time": JournalEntry.id}

blueprint = Blueprint("core_journal", __name__, url_prefix="/admin")


@blueprint.get("/journal")
@requires(Permission.SITE_ADMINISTER)
def journal() -> ResponseReturnValue:
    """Show who did what, the newest first; the search looks at what was done."""
    listing = Listing.read(request.path, request.args, sorts=SORTS, default_sort="-time")
    page = paginate(select(JournalEntry).where(listing.searched(JournalEntry.action)), listing)
    return render_template("core/journal/list.html", page=page, listing=listing, entries=shown_entries(page.items))
