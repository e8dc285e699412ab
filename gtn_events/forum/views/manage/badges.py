"""The list of badges, and the badge of one delegate."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from gtn_events.core.db import db
from gtn_events.core.journal import entries_about, shown_entries
from gtn_events.core.pages import paginate
from gtn_events.core.permissions import Permission, requires

from ...domain.badge_custody import MOVES
from ...models import Forum, Registration
from ...queries.badge_custody import handover_with
from ...queries.badges import BadgeRow, badge_counts, badge_of, badge_person, badge_rows, read_badge_listing
from ...queries.registrations import list_names
from .blueprint import blueprint

JOURNAL_SHOWN = 40


@blueprint.get("/badges")
@requires(Permission.FORUM_CHECK_IN)
def badges(forum: Forum) -> ResponseReturnValue:
    """Show who has a badge, where it is, and who lacks one."""
    names = list_names(forum)
    listing = read_badge_listing(request.path, request.args, names)
    page = paginate(badge_rows(forum, listing), listing, tie=Registration.id)
    counts = badge_counts(forum, listing)
    return render_template(
        "forum/manage/badges.html",
        forum=forum,
        listing=listing,
        names=names,
        page=page,
        rows=[BadgeRow(*item) for item in page.items],
        counts=counts,
        total=sum(counts.values()),
    )


@blueprint.get("/badges/<int:registration_id>")
@requires(Permission.FORUM_CHECK_IN)
def badge(forum: Forum, registration_id: int) -> ResponseReturnValue:
    """Show one badge: where it is, its prints, what happened to it."""
    registration = db.one_or_404(badge_person(forum, registration_id))
    found = badge_of(registration)
    history = [each for each in db.session.scalars(entries_about(registration)) if each.action.startswith("badge")]
    return render_template(
        "forum/manage/badge.html",
        forum=forum,
        registration=registration,
        badge=found,
        moves=MOVES[found.state] if found else (),
        handover=handover_with(found) if found else None,
        history=shown_entries(history[:JOURNAL_SHOWN]),
    )
