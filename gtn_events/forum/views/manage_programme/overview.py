"""The organiser's first page of the programme: sessions, rooms, tracks, import, booklet."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from gtn_events.core.listing import Listing
from gtn_events.core.pages import paginate
from gtn_events.core.permissions import Permission, requires

from ...models import Forum, ForumSession, Slot
from ...queries.programme_faults import faults_of
from ...queries.programme_rows import programme_counts, rooms_of, session_rows, tracks_of
from ..manage.blueprint import blueprint


@blueprint.get("/programme")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme(forum: Forum) -> ResponseReturnValue:
    """Show the sessions page by page, with the rooms and tracks beside them."""
    listing = Listing.read(
        request.path,
        request.args,
        sorts={"time": Slot.starts_at, "title": ForumSession.title},
        default_sort="time",
    )
    page = paginate(session_rows(forum, listing.search), listing, tie=ForumSession.id)
    return render_template(
        "forum/manage/programme/overview.html",
        faults=faults_of(forum),
        forum=forum,
        listing=listing,
        page=page,
        counts=programme_counts(forum),
        rooms=rooms_of(forum),
        tracks=tracks_of(forum),
    )
