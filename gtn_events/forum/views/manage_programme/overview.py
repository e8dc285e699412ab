"""The organiser's first page of the programme: sessions, rooms, tracks, import, booklet."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from gtn_events.core import clock
from gtn_events.core.listing import Listing
from gtn_events.core.pages import paginate
from gtn_events.core.permissions import Permission, requires

from ...conflict_words import short_name
from ...enums import Treatment
from ...models import Forum, ForumSession, Slot
from ...queries.programme_before_release import accepted_sessions
from ...queries.programme_conflicts import conflicts_of, treatments_of
from ...queries.programme_releases import public_version
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
    conflicts = conflicts_of(forum)
    page = paginate(session_rows(forum, listing.search), listing, tie=ForumSession.id)
    return render_template(
        "forum/manage/programme/overview.html",
        conflicts=conflicts,
        marks=conflicts.kinds_by_session(),
        graves={kind for kind, treatment in treatments_of(forum).items() if treatment is Treatment.BLOCK},
        short_name=short_name,
        forum=forum,
        listing=listing,
        page=page,
        counts=programme_counts(forum),
        unseen=accepted_sessions(forum) if public_version(forum, now=clock.now()) is None else 0,
        rooms=rooms_of(forum),
        tracks=tracks_of(forum),
    )
